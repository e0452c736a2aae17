"""time.sleep, however it is reached."""

import asyncio
import functools
import threading
import time
import time as clock
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from time import sleep
from time import sleep as snooze
from typing import TYPE_CHECKING
from unittest import mock

pause = time.sleep
executor = ThreadPoolExecutor()


# What must be found.


async def plain():
    await asyncio.sleep(1)
    await asyncio.sleep(1)
    await asyncio.sleep(1)
    await asyncio.sleep(0.5)
    await asyncio.sleep(1)
    nap = time.sleep
    await asyncio.sleep(1)
    await asyncio.sleep(
        1  # a second
    )
    await asyncio.sleep(*[1])
    await asyncio.sleep(1)
    await asyncio.sleep(0)


async def expressions(n):
    x = await asyncio.sleep(1) or 5
    y = [await asyncio.sleep(i) for i in range(n)]
    z = {i: await asyncio.sleep(i) for i in range(n)}
    await asyncio.sleep(1) if n else None
    print(f"{await asyncio.sleep(1)} {'a'}")
    if (w := await asyncio.sleep(1)) is None:
        print(w)
    await asyncio.sleep(1), await asyncio.sleep(2)
    await asyncio.sleep(1)
    assert await asyncio.sleep(1) is None, await asyncio.sleep(2)
    print(*[await asyncio.sleep(1)], key=await asyncio.sleep(2))
    (await asyncio.sleep(1)).bit_length()
    return x, y, z, -await asyncio.sleep(1), not await asyncio.sleep(2)


async def generator(n):
    while n:
        yield await asyncio.sleep(1)
        n -= 1
    any(time.sleep(i) for i in range(9))


async def statements(n):
    try:
        await asyncio.sleep(1)
    except OSError:
        await asyncio.sleep(2)
    finally:
        await asyncio.sleep(3)
    with open("x") as f, threading.Lock():
        await asyncio.sleep(4)
    for _ in range(n): await asyncio.sleep(5)
    match n:
        case 1 if not await asyncio.sleep(6):
            await asyncio.sleep(7)
    async with asyncio.timeout(1):
        await asyncio.sleep(8)
    async for _ in generator(3):
        await asyncio.sleep(9)


def outer():
    async def inner():
        await asyncio.sleep(1)

        def innermost():
            time.sleep(1)

            async def deepest(): await asyncio.sleep(1)

            return deepest

        return innermost

    return inner


class Service:
    wait = staticmethod(print)

    def __init__(self, rest=time.sleep):
        self.rest = time.sleep
        self.clock = time

    async def run(self):
        await asyncio.sleep(1)
        await asyncio.sleep(1)
        await asyncio.sleep(1)

    @staticmethod
    async def fixed():
        await asyncio.sleep(1)

    @classmethod
    async def of(cls):
        await asyncio.sleep(1)

    async def __aenter__(self):
        await asyncio.sleep(1)
        return self

    async def __aexit__(self, *exc):
        await asyncio.sleep(1)


@asynccontextmanager
async def lifespan(app):
    await asyncio.sleep(1)
    yield
    await asyncio.sleep(1)


# What the event loop calls is on it, although it cannot await.


def tick():
    time.sleep(1)


class Poller:
    def start(self):
        loop = asyncio.get_event_loop()
        loop.call_soon(tick)
        loop.call_later(1, self.poll)
        loop.call_at(1, lambda: time.sleep(1))
        loop.call_soon(functools.partial(self.other, 1))

    def poll(self):
        time.sleep(1)

    def other(self, n):
        time.sleep(n)

    def unrelated(self):
        time.sleep(1)


async def done():
    task = asyncio.create_task(plain())
    task.add_done_callback(lambda t: time.sleep(1))
    await task


# What must stay silent.


def sync():
    time.sleep(1)


lambda: time.sleep(1)
time.sleep(1)


async def off_the_loop(loop: asyncio.AbstractEventLoop):
    await asyncio.to_thread(time.sleep, 1)
    await asyncio.to_thread(lambda: time.sleep(1))
    await loop.run_in_executor(None, time.sleep, 1)
    await loop.run_in_executor(None, functools.partial(time.sleep, 1))
    executor.submit(time.sleep, 1)
    threading.Thread(target=time.sleep, args=(1,)).start()
    threading.Timer(1, lambda: time.sleep(1)).start()

    def work():
        time.sleep(1)

    class Work:
        time.sleep(1)

        def run(self):
            time.sleep(1)

    await asyncio.to_thread(work)
    return Work, time.sleep


async def the_arguments_are_on_the_loop():
    await asyncio.to_thread(print, await asyncio.sleep(1))


async def shadowed(sleep, time):
    sleep(1)
    time.sleep(1)


async def rebound():
    def sleep(n): ...

    sleep(1)
    snooze = asyncio.sleep
    await snooze(1)
    await asyncio.sleep(1)


async def maybe(flag, own):
    nap = time.sleep if flag else own
    nap(1)


async def mocked():
    with mock.patch("time.sleep") as fake:
        fake(1)
    clock = mock.Mock()
    clock.sleep(1)


async def unreachable(n):
    if TYPE_CHECKING:
        time.sleep(1)
    if False:
        time.sleep(1)
    while True:
        await asyncio.sleep(n)
    time.sleep(1)


async def after_return():
    return 1
    time.sleep(1)


async def default(n=time.sleep(1)):
    return n


@functools.wraps(time.sleep(1))
async def decorated(): ...


async def suppressed():
    time.sleep(1)  # noqa: ASYNC251
    time.sleep(1)  # noqa
    time.sleep(1)  # ruff: ignore[ASYNC251]
    await asyncio.sleep(1)  # noqa: F401


def handed_over(loop: asyncio.AbstractEventLoop):
    loop.call_later(1, time.sleep, 3)
    loop.call_soon(functools.partial(time.sleep, 1))
    loop.call_soon(print, 1)
    loop.run_in_executor(None, time.sleep, 1)
