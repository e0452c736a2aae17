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
    time.sleep(1)  # want `ASYNC251` "^`time.sleep\\(\\)` blocks the event loop; use `await asyncio.sleep\\(\\)`$"
    clock.sleep(1)  # want "`clock.sleep\\(\\)` \\(`time.sleep`\\) blocks the event loop"
    sleep(1)  # want "`sleep\\(\\)` \\(`time.sleep`\\)"
    snooze(0.5)  # want "`snooze\\(\\)` \\(`time.sleep`\\)"
    pause(1)  # want "time.sleep"
    nap = time.sleep
    nap(1)  # want "time.sleep"
    time.sleep(  # want "time.sleep"
        1  # a second
    )
    time.sleep(*[1])  # want "time.sleep"
    (time.sleep)(1)  # want "time.sleep"
    time.sleep(0)  # want "time.sleep"


async def expressions(n):
    x = time.sleep(1) or 5  # want "time.sleep"
    y = [time.sleep(i) for i in range(n)]  # want "time.sleep"
    z = {i: time.sleep(i) for i in range(n)}  # want "time.sleep"
    time.sleep(1) if n else None  # want "time.sleep"
    print(f"{time.sleep(1)} {'a'}")  # want "time.sleep"
    if (w := time.sleep(1)) is None:  # want "time.sleep"
        print(w)
    time.sleep(1), time.sleep(2)  # want "time.sleep" "time.sleep"
    await time.sleep(1)  # want "time.sleep"
    assert time.sleep(1) is None, time.sleep(2)  # want "time.sleep" "time.sleep"
    print(*[time.sleep(1)], key=time.sleep(2))  # want "time.sleep" "time.sleep"
    time.sleep(1).bit_length()  # want "time.sleep"
    return x, y, z, -time.sleep(1), not time.sleep(2)  # want "time.sleep" "time.sleep"


async def generator(n):
    while n:
        yield time.sleep(1)  # want "time.sleep"
        n -= 1
    any(time.sleep(i) for i in range(9))  # want "time.sleep"


async def statements(n):
    try:
        time.sleep(1)  # want "time.sleep"
    except OSError:
        time.sleep(2)  # want "time.sleep"
    finally:
        time.sleep(3)  # want "time.sleep"
    with open("x") as f, threading.Lock():
        time.sleep(4)  # want "time.sleep"
    for _ in range(n): time.sleep(5)  # want "time.sleep"
    match n:
        case 1 if not time.sleep(6):  # want "time.sleep"
            time.sleep(7)  # want "time.sleep"
    async with asyncio.timeout(1):
        time.sleep(8)  # want "time.sleep"
    async for _ in generator(3):
        time.sleep(9)  # want "time.sleep"


def outer():
    async def inner():
        time.sleep(1)  # want "time.sleep"

        def innermost():
            time.sleep(1)

            async def deepest(): time.sleep(1)  # want "time.sleep"

            return deepest

        return innermost

    return inner


class Service:
    wait = staticmethod(print)

    def __init__(self, rest=time.sleep):
        self.rest = time.sleep
        self.clock = time

    async def run(self):
        time.sleep(1)  # want "time.sleep"
        self.rest(1)  # want "time.sleep"
        self.clock.sleep(1)  # want "time.sleep"

    @staticmethod
    async def fixed():
        time.sleep(1)  # want "time.sleep"

    @classmethod
    async def of(cls):
        time.sleep(1)  # want "time.sleep"

    async def __aenter__(self):
        time.sleep(1)  # want "time.sleep"
        return self

    async def __aexit__(self, *exc):
        time.sleep(1)  # want "time.sleep"


@asynccontextmanager
async def lifespan(app):
    time.sleep(1)  # want "time.sleep"
    yield
    time.sleep(1)  # want "time.sleep"


# What the event loop calls is on it, although it cannot await.


def tick():
    time.sleep(1)  # want "time.sleep"


class Poller:
    def start(self):
        loop = asyncio.get_event_loop()
        loop.call_soon(tick)
        loop.call_later(1, self.poll)
        loop.call_at(1, lambda: time.sleep(1))  # want "time.sleep"
        loop.call_soon(functools.partial(self.other, 1))

    def poll(self):
        time.sleep(1)  # want "time.sleep"

    def other(self, n):
        time.sleep(n)  # want "time.sleep"

    def unrelated(self):
        time.sleep(1)


async def done():
    task = asyncio.create_task(plain())
    task.add_done_callback(lambda t: time.sleep(1))  # want "time.sleep"
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
    await asyncio.to_thread(print, time.sleep(1))  # want "time.sleep"


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
    time.sleep(1)  # noqa: F401  # want "time.sleep"


def handed_over(loop: asyncio.AbstractEventLoop):
    loop.call_later(1, time.sleep, 3)  # want "the event loop calls `time.sleep`, which blocks it"
    loop.call_soon(functools.partial(time.sleep, 1))  # want "blocks it"
    loop.call_soon(print, 1)
    loop.run_in_executor(None, time.sleep, 1)
