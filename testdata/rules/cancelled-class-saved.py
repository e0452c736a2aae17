import asyncio

import anyio
import anyio as a
from anyio import get_cancelled_exc_class

Cancelled = anyio.get_cancelled_exc_class()  # want "is called where no event loop may run yet"
Annotated: type = a.get_cancelled_exc_class()  # want "where no event loop may run"
Both = (get_cancelled_exc_class(), ValueError)  # want "where no event loop may run"


class Worker:
    cancelled = anyio.get_cancelled_exc_class()  # want "where no event loop may run"

    def __init__(self):
        self.cancelled = anyio.get_cancelled_exc_class()  # want "where no event loop may run"

    async def run(self, make, error=anyio.get_cancelled_exc_class()):  # want "where no event loop may run"
        cancelled = anyio.get_cancelled_exc_class()  # want "is hard to recognise under another name"
        if (also := get_cancelled_exc_class()):  # want "is hard to recognise"
            print(also)
        try:
            await anyio.sleep(1)
        except anyio.get_cancelled_exc_class():
            raise
        except (anyio.get_cancelled_exc_class(), cancelled):
            raise
        print(anyio.get_cancelled_exc_class())
        other = make.get_cancelled_exc_class()
        other = asyncio.CancelledError
        get = anyio.get_cancelled_exc_class
        return other, get, isinstance(error, get_cancelled_exc_class())
