import asyncio
import sys
from asyncio import create_task

import pytest


async def work():
    await asyncio.sleep(1)


TASK = asyncio.create_task(work())  # want "`asyncio.create_task\\(\\)` at the top of the module, where no event loop is running, raises `RuntimeError`; call it in a coroutine"
create_task(work()).add_done_callback(print)  # want "`asyncio.create_task\\(\\)` at the top of the module"
LOOP = asyncio.get_running_loop()  # want "`asyncio.get_running_loop\\(\\)` at the top of the module"
asyncio.all_tasks()  # want "`asyncio.all_tasks\\(\\)` at the top of the module"


class Service:
    loop = asyncio.get_running_loop()  # want "at the top of the module"

    def __init__(self, loop=asyncio.get_running_loop()):  # want "at the top of the module"
        self.task = asyncio.create_task(work())


def main():
    task = asyncio.create_task(work())  # want "`asyncio.create_task\\(\\)` raises `RuntimeError`: no event loop is running in `main`, which starts one itself"
    print(task)
    asyncio.run(work())


def main_with_loop():
    loop = asyncio.get_running_loop()  # want "raises `RuntimeError`: no event loop is running in `main_with_loop`"
    loop.run_until_complete(work())


def afterwards(verbose):
    with open("log") as log:
        asyncio.run(work())
    if verbose:
        return asyncio.create_task(work())  # want "no event loop is running in `afterwards`"
    return log


def helper():
    return asyncio.create_task(work())


def start():
    return helper()


service = Service()  # want "`Service\\(\\)` runs where no event loop is running, but `__init__` calls `asyncio.create_task\\(\\)`, which raises `RuntimeError`"

if __name__ == "__main__":
    asyncio.create_task(work())  # want "`asyncio.create_task\\(\\)` at the top of the module"
    start()  # want "`start\\(\\)` runs where no event loop is running, but `helper` calls `asyncio.create_task\\(\\)`"


# What follows is silent.

try:
    running = asyncio.get_running_loop()
except RuntimeError:
    running = None

asyncio.all_tasks(running)
asyncio.ensure_future(work())
later = lambda: asyncio.create_task(work())

if sys.version_info >= (3, 99):
    asyncio.create_task(work())


async def coroutine():
    task = asyncio.create_task(work())
    helper()
    Service()
    await task


def plain():
    return asyncio.create_task(work())


def either():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work())
    return asyncio.create_task(work())


def asks(running):
    if running:
        return asyncio.create_task(work())
    return asyncio.run(work())


def branches(running):
    if running:
        asyncio.create_task(work())
    else:
        asyncio.run(work())


def checks():
    if asyncio._get_running_loop() is not None:
        return asyncio.create_task(work())
    asyncio.run(work())
    return None


def nested():
    async def inner():
        await asyncio.create_task(work())

    def callback():
        asyncio.create_task(work())

    asyncio.run(inner())
    return callback


def test_fails():
    with pytest.raises(RuntimeError):
        asyncio.create_task(work())
    asyncio.run(work())


def on_loop(loop):
    loop.create_task(work())
    loop.run_until_complete(work())


def safe_start():
    if asyncio.get_event_loop().is_running():
        asyncio.create_task(work())


safe_start()


def runs_the_future():
    asyncio.run(asyncio.gather(work(), work()))  # want "`asyncio.gather..` is called before `asyncio.run..` starts the event loop"


def runs_a_coroutine():
    async def everything():
        return await asyncio.gather(work(), work())

    asyncio.run(everything())
    asyncio.run(asyncio.wait_for(work(), 1))


def expects_failure():
    with pytest.raises(ValueError):
        asyncio.run(asyncio.gather(work()))
