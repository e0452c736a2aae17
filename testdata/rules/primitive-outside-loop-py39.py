import asyncio
import threading
from asyncio import Event, Queue

import settings

lock = asyncio.Lock()  # want "`asyncio.Lock..` belongs to the event loop of the moment of the import before Python 3.10, not to the one that `asyncio.run..` starts: waiting fails with `RuntimeError`; make the `asyncio.Lock` in a coroutine"
queues = {"a": Queue(), "b": asyncio.PriorityQueue(5)}  # want "`Queue..`" "`asyncio.PriorityQueue.5.`"
thread_lock = threading.Lock()
told = asyncio.Lock(loop=settings.loop)


class Service:
    started = Event()  # want "`Event..`"

    def __init__(self, limit=asyncio.Semaphore(3)):  # want "Semaphore"
        self.limit = limit
        self.lock = asyncio.Lock()

    async def stop(self):
        self.stopped = asyncio.Event()


class Plain:
    pass


def make():
    return Service()


service = Service()  # want "`Service..` makes an `asyncio.Lock`, which belongs to the event loop of the moment of the import"
other = make()  # want "`make..` makes an `asyncio.Lock`"
plain = Plain()
factory = Service
lazy = lambda: asyncio.Lock()  # noqa: E731


async def main():
    local = asyncio.Lock()
    async with local:
        make()


if __name__ == "__main__":
    done = asyncio.Event()  # want "asyncio.Event"
    asyncio.run(main())
