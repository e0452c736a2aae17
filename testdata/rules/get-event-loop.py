import asyncio
import asyncio as aio
import sys
import threading
import warnings
from asyncio import get_event_loop
from asyncio import get_event_loop as current_loop

LOOP = asyncio.get_event_loop()  # want "at the top of the module, where no event loop is running"


class Client:
    shared = asyncio.get_event_loop()  # want "at the top of the module"

    def __init__(self, name):
        self.loop = asyncio.get_event_loop()  # want "raises `RuntimeError` since Python 3.14 where no event loop is running"

    async def send(self, data):
        loop = asyncio.get_event_loop()  # want "in a coroutine gives the loop that runs only because one does; say so with `asyncio.get_running_loop\\(\\)`"
        await loop.run_in_executor(None, print, data)
        await aio.get_event_loop().run_in_executor(None, lambda: data)  # want "in a coroutine"
        started = get_event_loop().time()  # want "in a coroutine"
        ended = current_loop().time()  # want "in a coroutine"
        return ended - started

    async def stream(self):
        for i in range(3):
            yield asyncio.get_event_loop().time() + i  # want "in a coroutine"

    def start(self):
        self.loop.call_soon(self.tick)

    def tick(self):
        loop = asyncio.get_event_loop()  # want "in a callback of the loop"
        loop.call_later(1, self.tick)


def default(loop=asyncio.get_event_loop()):  # want "at the top of the module"
    return loop


def future():
    return asyncio.get_event_loop().create_future()  # want "raises `RuntimeError`"


def spawn(coro):
    loop = asyncio.get_event_loop()  # want "raises `RuntimeError`"
    return loop.create_task(coro)


def fallback():
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.get_event_loop()  # want "raises `RuntimeError` since Python 3.14"


async def outer():
    def inner():
        return asyncio.get_event_loop()  # want "raises `RuntimeError`"

    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: asyncio.get_event_loop().stop())  # want "in a callback of the loop"

    def later():
        asyncio.get_event_loop().stop()  # want "in a callback of the loop"

    loop.call_later(1, later)
    await asyncio.sleep(1)
    return inner


# What follows is silent.


async def fine(app, loop):
    loop = asyncio.get_running_loop()
    app.get_event_loop()
    app.asyncio.get_event_loop().time()
    with warnings.catch_warnings():
        asyncio.get_event_loop()
    return loop


def guarded():
    try:
        return asyncio.get_event_loop()
    except RuntimeError:
        return None


def versions():
    if sys.version_info < (3, 10):
        return asyncio.get_event_loop()
    return asyncio.get_running_loop()


class Server:
    # Hints: mostly made where a loop is running.
    def __init__(self, loop=None, other=None):
        self.loop = loop or asyncio.get_event_loop()
        self.other = asyncio.get_event_loop() if other is None else other
        if loop is None:
            loop = asyncio.get_event_loop()
        self.third = loop


class Policy:
    def get_event_loop(self):
        return self.get_event_loop()


def dead():
    return threading.Lock()
    return asyncio.get_event_loop()
