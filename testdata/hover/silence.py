"""Where there is something to say, and where a name only looks like it."""
from __future__ import annotations

from asyncio import *
from typing import TYPE_CHECKING

import asyncio

try:
    from asyncio import timeout  # hover: asyncio.timeout
except ImportError:
    from async_timeout import timeout

if TYPE_CHECKING:
    from asyncio import Queue as Jobs  # hover: asyncio.Queue asyncio.Queue

try:
    from asyncio import to_thread  # hover: asyncio.to_thread
except ImportError:
    async def to_thread(func, *args):
        return func(*args)

from .queues import Queue
from . import asyncio as own_asyncio


async def starred(jobs: Jobs):  # hover: asyncio.Queue
    await gather(jobs.get())  # hover: asyncio.gather asyncio.Queue.get
    async with timeout(3):  # hover: asyncio.timeout
        await sleep(1)  # hover: asyncio.sleep
    await to_thread(print)  # either ours or theirs
    own_asyncio.gather()
    Queue().get()


class Lock:
    def acquire(self): ...


class Event(asyncio.Event):  # hover: asyncio.Event
    def set(self):
        super().set()  # hover: asyncio.Event.set


class Registry:
    wait = asyncio.wait  # hover: asyncio.wait
    Task = None

    def __init__(self, loop, queue=None):
        self.loop = loop
        self.queue = queue
        self.lock = Lock()
        self.event = Event()

    async def run(self, task: asyncio.Task | None, name):  # hover: asyncio.Task
        self.lock.acquire()
        self.event.set()
        await self.event.wait()  # hover: asyncio.Event.wait
        self.queue.get()
        self.loop.call_soon(print)
        self.wait
        if task is not None:
            task.cancel()  # hover: asyncio.Task.cancel
        getattr(asyncio, "gather")
        getattr(asyncio, name)
        async with self.lock:
            pass

    @property
    def gather(self):
        return self.gather

    sleep = staticmethod(lambda seconds: seconds)


def shadow(asyncio):
    asyncio.gather()
    sleep = print
    sleep(1)
    return [gather for gather in asyncio.all_tasks()]


# asyncio.gather in a comment
"asyncio.gather in a string"
f"asyncio.gather {asyncio.shield}"  # hover: asyncio.shield
asyncio.nothing
asyncio.gather.nothing  # hover: asyncio.gather
await_ = asyncio.Future.done  # hover: asyncio.Future asyncio.Future.done
(w := asyncio.wait)  # hover: asyncio.wait
lambda wait=asyncio.wait: wait  # hover: asyncio.wait
