import asyncio
import contextlib

import anyio
import trio


def work(*args): ...


async def fetch(*args):
    await trio.sleep(1)


async def sometimes(x):
    with trio.move_on_after(5):
        for y in x:
            await fetch(y)
        await asyncio.sleep(0)
    with anyio.fail_after(5):
        while x:
            await fetch()
        await asyncio.sleep(0)
    with trio.CancelScope() as scope:
        if x:
            await fetch(scope)
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        x = x or await fetch()
        await asyncio.sleep(0)
    with trio.move_on_after(5):
        try:
            await fetch()
        except ValueError:
            pass
        await asyncio.sleep(0)
    with trio.move_on_after(5):
        with contextlib.suppress(ValueError):
            await fetch()
        await asyncio.sleep(0)
    for y in x:
        with trio.move_on_after(5):
            if y:
                await fetch()
            work(y)
            await asyncio.sleep(0)


async def yields(x):
    with trio.move_on_after(5):
        if x:
            yield 1
        await asyncio.sleep(0)


async def always(x):
    with trio.move_on_after(5):
        await fetch()
    with trio.move_on_after(5):
        if x:
            await fetch()
        else:
            await fetch()
    with trio.move_on_after(5):
        if x:
            return
        await fetch()
    for y in x:
        with trio.move_on_after(5):
            if y:
                continue
            await fetch()
        with trio.move_on_after(5):
            if y:
                raise ValueError
            await fetch()
    with trio.move_on_after(5):
        while True:
            await fetch()


async def once():
    with trio.move_on_after(5):
        for y in range(3):
            await fetch(y)
    with trio.move_on_after(5):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(fetch)
    with trio.move_on_after(5):
        async with fetch():
            work()


async def shielded(x):
    with anyio.CancelScope(shield=True):
        if x:
            await fetch()
    with anyio.CancelScope(shield=True, deadline=x):
        if x:
            await fetch()
        await asyncio.sleep(0)
    with trio.fail_after(5, shield=True):
        if x:
            await fetch()
        await asyncio.sleep(0)
    with anyio.CancelScope(shield=True) as scope:
        if x:
            await fetch(scope)
        await asyncio.sleep(0)


async def not_at_all():
    with trio.move_on_after(5):
        work()


async def after(x):
    with open(x) as f:
        if f:
            await fetch()
    async with asyncio.TaskGroup():
        if x:
            await fetch()
