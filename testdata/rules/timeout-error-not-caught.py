import asyncio
import builtins
import concurrent.futures
import contextlib
import sys
from contextlib import suppress

import anyio
import async_timeout
from async_timeout import timeout


async def step():
    await asyncio.sleep(1)


async def plain():
    try:
        await asyncio.wait_for(step(), 1)
    except TimeoutError:  # want `AIO404` "`asyncio.wait_for\\(\\)` raises `asyncio.TimeoutError`, which `TimeoutError` does not catch before Python 3.11; catch `asyncio.TimeoutError`"
        print("late")


async def in_a_tuple():
    try:
        print(await asyncio.wait_for(step(), 1))
    except (OSError, TimeoutError) as e:  # want "does not catch"
        print(e)
    except ValueError:
        pass


async def of_the_backport():
    try:
        async with async_timeout.timeout(1):
            await step()
    except TimeoutError:  # want "`async_timeout.timeout\\(\\)` raises"
        pass
    try:
        async with timeout(1) as t, t.x:
            await step()
    except TimeoutError:  # want "`timeout\\(\\)` raises"
        pass


async def of_futures():
    try:
        await asyncio.wait_for(step(), 1)
    except concurrent.futures.TimeoutError:  # want "which `concurrent.futures.TimeoutError` does not catch"
        pass
    try:
        await asyncio.wait_for(step(), 1)
    except builtins.TimeoutError:  # want "which `builtins.TimeoutError` does not catch"
        pass


async def suppressed():
    with suppress(TimeoutError):  # want "does not catch"
        await asyncio.wait_for(step(), 1)
    with contextlib.suppress(KeyError, TimeoutError) as x, x:  # want "does not catch"
        while True:
            await asyncio.wait_for(step(), 1)


async def another_is_caught_within():
    try:
        try:
            await asyncio.wait_for(step(), 1)
        except KeyError:
            pass
        with open("x"):
            pass
    except TimeoutError:  # want "does not catch"
        pass


async def not_reached_by_others():
    try:
        await asyncio.wait_for(step(), 1)
    except TimeoutError:  # want "does not catch"
        pass
    except Exception:
        print("never about the timeout")


# What is right.


async def own():
    try:
        await asyncio.wait_for(step(), 1)
    except asyncio.TimeoutError:
        pass
    try:
        await asyncio.wait_for(step(), 1)
    except (TimeoutError, asyncio.TimeoutError):
        pass
    try:
        await asyncio.wait_for(step(), 1)
    except TimeoutError:
        pass
    except asyncio.TimeoutError:
        pass
    with suppress(TimeoutError, asyncio.TimeoutError):
        await asyncio.wait_for(step(), 1)
    with suppress(TimeoutError, Exception):
        await asyncio.wait_for(step(), 1)


async def imported():
    from asyncio import TimeoutError

    try:
        await asyncio.wait_for(step(), 1)
    except TimeoutError:
        pass


async def of_others(sock):
    try:
        sock.connect()
        await step()
    except TimeoutError:
        pass
    try:
        with anyio.fail_after(1):
            await step()
    except TimeoutError:
        pass
    try:
        await sock.wait_for(1)
        async with sock.timeout(1):
            pass
    except TimeoutError:
        pass
    try:
        async_timeout.timeout(1)
        asyncio.create_task(asyncio.wait_for(step(), 1))
    except TimeoutError:
        pass
    with sock.suppress(TimeoutError):
        await asyncio.wait_for(step(), 1)


async def caught_within():
    try:
        try:
            await asyncio.wait_for(step(), 1)
        except asyncio.TimeoutError:
            pass
        try:
            await asyncio.wait_for(step(), 1)
        except Exception:
            pass
        try:
            await asyncio.wait_for(step(), 1)
        except:
            raise
        step.connect()
    except TimeoutError:
        pass


async def defined_only(run):
    try:

        async def later():
            await asyncio.wait_for(step(), 1)

        run(later, lambda: asyncio.wait_for(step(), 1))
    except TimeoutError:
        pass


async def by_version():
    if sys.version_info >= (3, 11):
        try:
            await asyncio.wait_for(step(), 1)
        except TimeoutError:
            pass
