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

    work()
    # a comment stays
    work(
        1,
    )


    text = """
        this text
    is not moved
"""
    work(text)
    work()

    work()

    work()
    with trio.CancelScope() as scope:
        work(scope)

    pass

    for x in work():
        if x:
            continue
        work(x)

    work()

    # first of all
    work()


    work()
    work()

    work()

    work()

    work()


async def several_items():
    with open("x") as f:
        work(f)
    with open("x") as f:
        work(f)
    with (
        open("x") as f,
    ):
        work(f)
    with trio.fail_after(3):
        work()
    async with fetch():
        work()
    async with asyncio.timeout(5), fetch():
        work()
    with contextlib.suppress(ValueError):
        work()
    with trio.move_on_after(5), open(await fetch()):
        work()

    work()


async def nested():
    with trio.move_on_after(5):
        with trio.fail_after(3):
            await fetch()

    async with trio.open_nursery():
        work()
    with trio.move_on_after(5):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(fetch)
    async with asyncio.timeout(5):
        async with asyncio.TaskGroup() as group:
            group.create_task(fetch())


    async def inner():
        await fetch()


    work(lambda: (yield))

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

        work()

        work()
        with trio.CancelScope() as self.scope:
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
