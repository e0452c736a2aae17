import asyncio

import api

jobs = set()  # others may gather them
_own = set()


async def load() -> None:
    await api.load()


async def start() -> None:
    jobs.add(asyncio.create_task(load()))
    _own.add(asyncio.create_task(load()))  # want "the tasks in `_own`"
