import contextlib

import trio


def work(*args): ...


async def fetch(*args):
    await trio.sleep(1)


async def never():
    while True:  # want "the loop may go round without a checkpoint, and then nothing else runs"
        work()


async def sometimes(x):
    while True:  # want "may go round"
        if x:
            await fetch()


async def maybe_empty(x):
    while 1:  # want "may go round"
        for y in x:
            await fetch(y)


async def handled():
    while True:  # want "may go round"
        try:
            await fetch()
        except ValueError:
            pass


async def suppressed():
    while True:  # want "may go round"
        with contextlib.suppress(ValueError):
            await fetch()


async def goes_on(x):
    while True:  # want "may go round"
        if x:
            continue
        await fetch()


async def empty_nursery():
    while True:  # want "may go round"
        async with trio.open_nursery():
            work()


async def returns(x):
    while True:  # want "may go round"
        if work():
            return


async def inner(x):
    while True:
        await fetch()
        while True:  # want "may go round"
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
