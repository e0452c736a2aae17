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
        await asyncio.wait([asyncio.create_task(self.get(n)) for n in ns])
        await asyncio.wait({asyncio.create_task(self.get(1)), asyncio.create_task(self.get(2))})
        await asyncio.wait((asyncio.create_task(self.get(1)),), timeout=5)
        await asyncio.wait(fs=[asyncio.create_task(self.get(1))])

    def run(self):
        self.loop.run_until_complete(asyncio.wait([self.loop.create_task(self.get(1)), self.loop.create_task(self.get(2))]))


async def displays(other, task, ns):
    await wait_all([asyncio.create_task(fetch()), task, asyncio.create_task(fetch(2))])
    await asyncio.wait([asyncio.create_task(fetch(n)) async for n in ns])
    await asyncio.wait(asyncio.create_task(fetch(n)) for n in ns)
    await asyncio.wait({asyncio.create_task(fetch(n)) for n in ns if n})
    done, pending = await asyncio.wait(
        [
            asyncio.create_task(fetch(1)),
            asyncio.create_task(fetch(2)),  # the second
            # the third
            asyncio.create_task(fetch(3)),
        ],
        timeout=3,
    )
    await asyncio.wait([asyncio.create_task(fetch())])
    await asyncio.wait([asyncio.create_task(coro := fetch())])
    await asyncio.wait([asyncio.create_task(coro) for coro in map(fetch, ns)])


async def lists(ns, other):
    coros = [fetch(n) for n in ns]
    await asyncio.wait([asyncio.create_task(coro) for coro in coros])
    filled = []
    for n in ns:
        filled.append(fetch(n))
    if len(filled) > 0:
        await asyncio.wait([asyncio.create_task(coro) for coro in filled], timeout=2)
    extended = []
    extended.extend(fetch(n) for n in ns)
    await asyncio.wait([*[asyncio.create_task(coro) for coro in extended], start()])
    some = set()
    some.add(fetch())
    await asyncio.wait([asyncio.create_task(coro) for coro in some])
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
    loop.run_until_complete(asyncio.wait([loop.create_task(fetch()), loop.create_task(fetch())]))
    asyncio.run(asyncio.wait([fetch()]))


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
