import asyncio
import contextlib
from asyncio import timeout as limit

import anyio
import async_timeout
import trio
from anyio import fail_after as fa


def work(*args):
    return args


async def fetch(*args):
    await asyncio.sleep(1)


async def plain():
    with trio.move_on_after(5):  # want "`trio.move_on_after\\(\\)` has nothing to cancel: nothing in it awaits"
        work()
        # a comment stays
        work(
            1,
        )

    with trio.fail_after(5):  # want "`trio.fail_after\\(\\)`"
        text = """
        this text
    is not moved
"""
        work(text)
    with trio.move_on_at(5): work()  # want "trio.move_on_at"
    with trio.fail_at(trio.current_time() + 5):  # want "trio.fail_at"
        work()
    with trio.CancelScope(deadline=5):  # want "trio.CancelScope"
        work()
    with trio.CancelScope() as scope:  # want "trio.CancelScope"
        work(scope)
    with anyio.move_on_after(5):  # want "anyio.move_on_after"
        pass
    with anyio.fail_after(5):  # want "anyio.fail_after"
        for x in work():
            if x:
                continue
            work(x)
    with anyio.CancelScope(shield=True):  # want "anyio.CancelScope"
        work()
    async with asyncio.timeout(5):  # want "asyncio.timeout"
        # first of all
        work()
    async with asyncio.timeout_at(5) as unused:  # want "asyncio.timeout_at"

        work()
        work()
    async with limit(None):  # want "limit"
        work()
    async with async_timeout.timeout(5):  # want "async_timeout.timeout"
        work()
    with fa(float("inf")):  # want "fa"
        work()


async def several_items():
    with fa(3), open("x") as f:  # want "fa"
        work(f)
    with open("x") as f, fa(3):  # want "fa"
        work(f)
    with (
        open("x") as f,
        trio.fail_after(3) as unused,  # want "trio.fail_after"
    ):
        work(f)
    with trio.move_on_after(5), trio.fail_after(3):  # want "trio.fail_after" "trio.move_on_after"
        work()
    async with fetch(), asyncio.timeout(5):  # want "asyncio.timeout"
        work()
    async with asyncio.timeout(5), fetch():
        work()
    with contextlib.suppress(ValueError), trio.move_on_after(5):  # want "trio.move_on_after"
        work()
    with trio.move_on_after(5), open(await fetch()):
        work()
    with trio.move_on_after(await fetch()):  # want "trio.move_on_after"
        work()


async def nested():
    with trio.move_on_after(5):
        with trio.fail_after(3):
            await fetch()
    with trio.move_on_after(5):  # want "trio.move_on_after"
        async with trio.open_nursery():
            work()
    with trio.move_on_after(5):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(fetch)
    async with asyncio.timeout(5):
        async with asyncio.TaskGroup() as group:
            group.create_task(fetch())
    with trio.move_on_after(5):  # want "trio.move_on_after"

        async def inner():
            await fetch()

    with trio.move_on_after(5):  # want "trio.move_on_after"
        work(lambda: (yield))
    with trio.move_on_after(5):  # want "trio.move_on_after"
        x = (y async for y in work())
    with trio.move_on_after(5):
        x = (y for y in await fetch())
    return x


async def with_checkpoints():
    with trio.move_on_after(5):
        await fetch()
    with trio.move_on_after(5):
        async for x in fetch():
            work(x)
    with trio.move_on_after(5):
        async with fetch():
            work()
    with trio.move_on_after(5):
        x = [y async for y in work()]
    with trio.move_on_after(5):
        x = [await y for y in work()]
    with trio.move_on_after(5):
        if x:
            return await fetch()
        work()
    with trio.move_on_after(5):
        with contextlib.suppress(ValueError):
            work(await fetch())


async def yields():
    with trio.move_on_after(5):
        yield 1
    with trio.move_on_after(5):
        x = yield
        work(x)


async def in_a_greenlet(greenback):
    with trio.move_on_after(5):
        greenback.await_(fetch())


class Kept:
    def __init__(self):
        self.scope = trio.CancelScope()
        self.group = anyio.create_task_group()

    def make(self):
        return anyio.move_on_after(3)

    async def run(self):
        with self.scope:  # want "`self.scope` has nothing to cancel"
            work()
        with self.make():  # want "`self.make\\(\\)` has nothing to cancel"
            work()
        with trio.CancelScope() as self.scope:  # want "trio.CancelScope"
            work()
        with trio.move_on_after(5):
            async with self.group:
                work()


def not_a_coroutine():
    with trio.CancelScope() as scope:
        work(scope)


async def others(session, timeout, move_on_after):
    with move_on_after(5):
        work()
    async with timeout(5):
        work()
    with session.CancelScope():
        work()
    async with asyncio.TaskGroup():
        work()
    with contextlib.ExitStack() as stack:
        stack.enter_context(trio.move_on_after(5))
        work()
        await fetch()


async def as_tests_do():
    async with asyncio.timeout(0.1):
        raise ValueError


async def dead():
    return
    with trio.move_on_after(5):
        work()
