# target 3.9
# python 3.11
import asyncio
import contextlib
import inspect
import sys
import unittest
from asyncio import Runner as AsyncRunner  # want "`asyncio.Runner` is new in Python 3.11, but the project supports 3.9; use `asyncio.run`, or raise `requires-python`"
from asyncio import TaskGroup, sleep  # want "`asyncio.TaskGroup` is new in Python 3.11"
from contextlib import aclosing, nullcontext  # want "`contextlib.aclosing` is new in Python 3.10"


async def work():
    await sleep(1)


async def main(numbers):
    async with asyncio.TaskGroup() as group:  # want "`asyncio.TaskGroup` is new in Python 3.11, but the project supports 3.9"
        group.create_task(work())
    async with TaskGroup() as group:  # reported where it is imported
        group.create_task(work())
    async with asyncio.timeout(1):  # want "`asyncio.timeout` is new in Python 3.11"
        await work()
    barrier = asyncio.Barrier(2)  # want "`asyncio.Barrier` is new in Python 3.11"
    queue: asyncio.Queue[int] = asyncio.Queue()
    queue.shutdown()
    await asyncio.to_thread(print)
    task = asyncio.create_task(work(), name="a")
    later = asyncio.create_task(work(), context=None)  # want "`context=` of `asyncio.create_task` is new in Python 3.11, but the project supports 3.9; leave it out"
    eager = asyncio.create_task(work(), name="b", eager_start=True)  # want "`eager_start=` of `asyncio.create_task` is new in Python 3.14"
    task.uncancel()
    later.cancel(msg="x")
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)  # want "`asyncio.eager_task_factory` is new in Python 3.12"
    print(barrier, eager, asyncio.taskgroups)
    iterator = aiter(numbers)  # want "`aiter` is new in Python 3.10"
    await anext(iterator)  # want "`anext` is new in Python 3.10"
    inspect.markcoroutinefunction(main)  # want "`inspect.markcoroutinefunction` is new in Python 3.12"
    async with nullcontext():  # want "`async with contextlib.nullcontext` is new in Python 3.10"
        pass
    async with contextlib.aclosing(numbers):  # want "`contextlib.aclosing` is new in Python 3.10"
        pass
    async for done in asyncio.as_completed([work()]):  # want "`async for asyncio.as_completed` is new in Python 3.13"
        await done
    for done in asyncio.as_completed([work()]):
        await done
    with nullcontext():
        pass


def grouped():
    try:
        asyncio.run(main([]), loop_factory=asyncio.SelectorEventLoop)  # want "`loop_factory=` of `asyncio.run` is new in Python 3.12"
    except* ValueError:  # want "`except\\*` is new in Python 3.11"
        pass
    raise ExceptionGroup("several", [ValueError()])  # want "`ExceptionGroup` is new in Python 3.11"


class Test(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        await self.enterAsyncContext(nullcontext())

    @unittest.skipIf(sys.version_info < (3, 11), "needs 3.11")
    async def test_timeout(self):
        async with asyncio.timeout(1):
            pass


def annotated(group: asyncio.TaskGroup):  # want "`asyncio.TaskGroup` is new in Python 3.11"
    inner: asyncio.Barrier = group


# What follows is silent.


async def guarded(timeout):
    if sys.version_info >= (3, 11):
        async with asyncio.timeout(timeout):
            await work()
    else:
        await asyncio.wait_for(work(), timeout)
    if hasattr(asyncio, "TaskGroup"):
        async with asyncio.TaskGroup() as group:
            group.create_task(work())
    elif timeout:
        asyncio.Runner()
    name = asyncio.timeout if sys.version_info >= (3, 11) else None
    if timeout and sys.version_info[:2] < (3, 11):
        return name
    return asyncio.Barrier(2)


try:
    from asyncio import timeout
except ImportError:
    from async_timeout import timeout

if sys.version_info >= (3, 11):
    from asyncio import Barrier, timeout_at

PY311 = sys.version_info >= (3, 11)
if PY311:
    group = asyncio.TaskGroup()


@unittest.skipUnless(PY311, "needs Python 3.11")
def test_runner():
    with asyncio.Runner() as runner:
        runner.run(work())


def fallback(app):
    try:
        return asyncio.TaskGroup()
    except AttributeError:
        pass
    with contextlib.suppress(AttributeError):
        asyncio.Barrier(1)
    app.TaskGroup()
    app.asyncio.timeout(1)
    app.queue.shutdown()
    app.create_task(work(), eager_start=True)


def shadow(anext, timeout):
    return anext(timeout)


class Own:
    def shutdown(self, context=None):
        self.shutdown(context=1)
