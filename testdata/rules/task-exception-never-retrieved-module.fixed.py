import logging
import asyncio

import api

jobs = set()  # others may gather them
_own = set()


def log_failure(future):
    if not future.cancelled() and future.exception() is not None:
        logging.getLogger(__name__).error("A background task failed", exc_info=future.exception())


async def load() -> None:
    await api.load()


async def start() -> None:
    jobs.add(asyncio.create_task(load()))
    task = asyncio.create_task(load())
    task.add_done_callback(log_failure)
    _own.add(task)
