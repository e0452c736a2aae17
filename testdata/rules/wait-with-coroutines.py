import asyncio
from asyncio import wait as wait_all
from unittest import TestCase

import pytest
import trio


async def fetch(n=0) -> int:
    return n


def start(n=0) -> "asyncio.Task[int]":
    return asyncio.create_task(fetch(n))


class Client:
    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop

    async def get(self, n):
        pass

    async def all(self, ns):
        await asyncio.wait([self.get(n) for n in ns])  # want "the coroutine `self.get..` since Python 3.11"
        await asyncio.wait({self.get(1), self.get(2)})  # want "the coroutine `self.get..`"
        await asyncio.wait((self.get(1),), timeout=5)  # want "TypeError"
        await asyncio.wait(fs=[self.get(1)])  # want "TypeError"

    def run(self):
        self.loop.run_until_complete(asyncio.wait([self.get(1), self.get(2)]))  # want "TypeError"


async def displays(other, task, ns):
    await wait_all([fetch(), task, fetch(2)])  # want "the coroutine `fetch..`"
    await asyncio.wait([fetch(n) async for n in ns])  # want "TypeError"
    await asyncio.wait(fetch(n) for n in ns)  # want "TypeError"
    await asyncio.wait({fetch(n) for n in ns if n})  # want "TypeError"
    done, pending = await asyncio.wait(
        [  # want "TypeError"
            fetch(1),
            fetch(2),  # the second
            # the third
            fetch(3),
        ],
        timeout=3,
    )
    await asyncio.wait(fetch())  # want "TypeError"
    await asyncio.wait([coro := fetch()])  # want "TypeError"
    await asyncio.wait(map(fetch, ns))  # want "the coroutines in `map..`"


async def lists(ns, other):
    coros = [fetch(n) for n in ns]
    await asyncio.wait(coros)  # want "the coroutines in `coros`"
    filled = []
    for n in ns:
        filled.append(fetch(n))
    if len(filled) > 0:
        await asyncio.wait(filled, timeout=2)  # want "the coroutines in `filled`"
    extended = []
    extended.extend(fetch(n) for n in ns)
    await asyncio.wait([*extended, start()])  # want "the coroutines in `extended`"
    some = set()
    some.add(fetch())
    await asyncio.wait(some)  # want "the coroutines in `some`"
    tasks = [asyncio.create_task(c) for c in coros]
    await asyncio.wait(tasks)
    mixed = []
    mixed.append(fetch())
    mixed.append(other.fetch())
    await asyncio.wait(mixed)
    handed = []
    handed.append(fetch())
    other(handed)
    await asyncio.wait(handed)
    empty = []
    await asyncio.wait(empty)
    again = [fetch()]
    again = [asyncio.create_task(c) for c in again]
    await asyncio.wait(again)


async def tasks(ns, other, fs: set[asyncio.Task]):
    await asyncio.wait([asyncio.create_task(fetch()), start()])
    await asyncio.wait([asyncio.ensure_future(fetch(n)) for n in ns])
    await asyncio.wait({start(n) for n in ns})
    await asyncio.wait(fs)
    await asyncio.wait(ns)
    await asyncio.wait([other.get(n) for n in ns])
    await asyncio.wait([other(fetch(n)) for n in ns])
    await asyncio.wait(*ns)
    await asyncio.wait(map(start, ns))
    await asyncio.gather(fetch(), fetch())
    await asyncio.wait_for(fetch(), 1)
    await other.wait([fetch()])


def not_running():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(asyncio.wait([fetch(), loop.create_task(fetch())]))  # want "TypeError"
    asyncio.run(asyncio.wait([fetch()]))  # want "TypeError"


class Tests(TestCase):
    async def test_raises(self):
        with self.assertRaises(TypeError):
            await asyncio.wait([fetch()])
        with pytest.raises(TypeError, match="coroutines"):
            await asyncio.wait([fetch()])


async def not_ours(wait):
    await wait([fetch()])


async def gone():
    return
    await asyncio.wait([fetch()])
