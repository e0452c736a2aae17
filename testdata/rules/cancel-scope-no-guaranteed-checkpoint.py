import asyncio
import contextlib

import anyio
import trio


def work(*args): ...


async def fetch(*args):
    await trio.sleep(1)


async def sometimes(x):
    with trio.move_on_after(5):  # want "there is a way through `trio.move_on_after\\(\\)` on which nothing awaits"
        for y in x:
            await fetch(y)
    with anyio.fail_after(5):  # want "anyio.fail_after"
        while x:
            await fetch()
    with trio.CancelScope() as scope:  # want "trio.CancelScope"
        if x:
            await fetch(scope)
    async with asyncio.timeout(5):  # want "asyncio.timeout"
        x = x or await fetch()
    with trio.move_on_after(5):  # want "trio.move_on_after"
        try:
            await fetch()
        except ValueError:
            pass
    with trio.move_on_after(5):  # want "trio.move_on_after"
        with contextlib.suppress(ValueError):
            await fetch()
    for y in x:
        with trio.move_on_after(5):  # want "trio.move_on_after"
            if y:
                await fetch()
            work(y)


async def yields(x):
    with trio.move_on_after(5):  # want "trio.move_on_after"
        if x:
            yield 1


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
    with anyio.CancelScope(shield=True, deadline=x):  # want "anyio.CancelScope"
        if x:
            await fetch()
    with trio.fail_after(5, shield=True):  # want "trio.fail_after"
        if x:
            await fetch()
    with anyio.CancelScope(shield=True) as scope:  # want "anyio.CancelScope"
        if x:
            await fetch(scope)


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
