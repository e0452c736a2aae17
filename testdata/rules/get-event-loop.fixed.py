import asyncio
import asyncio as aio
import sys
import threading
import warnings
from asyncio import get_event_loop
from asyncio import get_event_loop as current_loop

LOOP = asyncio.get_event_loop()


class Client:
    shared = asyncio.get_event_loop()

    def __init__(self, name):
        self.loop = aio.get_running_loop()

    async def send(self, data):
        loop = aio.get_running_loop()
        await loop.run_in_executor(None, print, data)
        await aio.get_running_loop().run_in_executor(None, lambda: data)
        started = aio.get_running_loop().time()
        ended = aio.get_running_loop().time()
        return ended - started

    async def stream(self):
        for i in range(3):
            yield aio.get_running_loop().time() + i

    def start(self):
        self.loop.call_soon(self.tick)

    def tick(self):
        loop = aio.get_running_loop()
        loop.call_later(1, self.tick)


def default(loop=asyncio.get_event_loop()):
    return loop


def future():
    return aio.get_running_loop().create_future()


def spawn(coro):
    loop = aio.get_running_loop()
    return loop.create_task(coro)


def fallback():
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return aio.get_running_loop()


async def outer():
    def inner():
        return aio.get_running_loop()

    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: aio.get_running_loop().stop())

    def later():
        aio.get_running_loop().stop()

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
