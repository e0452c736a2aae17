import contextlib

import trio


def work(*args): ...


async def fetch(*args):
    await trio.sleep(1)


async def never():
    while True:
        await trio.lowlevel.checkpoint()
        work()


async def sometimes(x):
    while True:
        await trio.lowlevel.checkpoint()
        if x:
            await fetch()


async def maybe_empty(x):
    while 1:
        await trio.lowlevel.checkpoint()
        for y in x:
            await fetch(y)


async def handled():
    while True:
        await trio.lowlevel.checkpoint()
        try:
            await fetch()
        except ValueError:
            pass


async def suppressed():
    while True:
        await trio.lowlevel.checkpoint()
        with contextlib.suppress(ValueError):
            await fetch()


async def goes_on(x):
    while True:
        await trio.lowlevel.checkpoint()
        if x:
            continue
        await fetch()


async def empty_nursery():
    while True:
        await trio.lowlevel.checkpoint()
        async with trio.open_nursery():
            work()


async def returns(x):
    while True:
        await trio.lowlevel.checkpoint()
        if work():
            return


async def inner(x):
    while True:
        await fetch()
        while True:
            await trio.lowlevel.checkpoint()
            work()


async def always(x):
    while True:
        await fetch()
        if x:
            continue
        work()


async def ends(x):
    while True:
        if x:
            break
        work()


async def raises():
    while True:
        raise ValueError


async def yields():
    while True:
        yield


async def once():
    while True:
        for x in (1, 2):
            await fetch(x)


async def condition(x):
    while x:
        work()


def plain():
    while True:
        work()


async def defines():
    def inner():
        while True:
            work()

    await fetch(inner)
