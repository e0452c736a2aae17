import inspect
import asyncio
import asyncio as aio
import asyncore
import functools
import sys
import warnings

import nest_asyncio
import uvloop
from asyncio import DefaultEventLoopPolicy
from asyncio import Lock
from asyncio import coroutine as generator_coroutine
from asyncio import gather, sleep
from inspect import iscoroutinefunction
from inspect import iscoroutinefunction as is_async

nest_asyncio.apply()
uvloop.install()

loop = asyncio.new_event_loop()
lock = asyncio.Lock()
queue = asyncio.Queue(maxsize=10)
other = aio.Event(
    loop=loop,
)
condition = asyncio.Condition(
    lock,
    # the loop that runs
    loop=loop,
)
asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
asyncio.set_event_loop_policy(None)
policy = asyncio.get_event_loop_policy()


class Policy(asyncio.DefaultEventLoopPolicy):
    pass


class Bounded(asyncio.Queue):
    def __init__(self, loop=None):
        super().__init__(10)


async def work(*, timeout=1):
    await asyncio.sleep(1)
    await sleep(1, result=2)
    await asyncio.wait_for(asyncio.gather(sleep(1)), timeout)
    await gather(sleep(1), sleep(2))
    reader, writer = await asyncio.open_connection("localhost", 80)
    await asyncio.create_subprocess_exec("ls")
    for task in aio.all_tasks():
        task.cancel()
    me = aio.current_task(loop=loop)
    watcher = asyncio.get_child_watcher()
    asyncio.set_child_watcher(asyncio.ThreadedChildWatcher())
    asyncio.SafeChildWatcher().attach_loop(loop)
    await asyncio.get_running_loop().create_datagram_endpoint(None)


async def old(delay):
    await asyncio.sleep(delay)
    result = (await sleep(1)) or 2
    return result


@functools.lru_cache
async def cached():
    return 1


@asyncio.coroutine
# about it
def commented():
    return 1


class Client:
    async def fetch(self):
        return (await work())

    @asyncio.coroutine
    def stream(self):
        yield 1  # no fix: it is a generator, too


check = inspect.iscoroutinefunction
kinds = [f for f in [work, old] if inspect.iscoroutinefunction(f)]


async def skip_unsupported(player):
    if player.has_next:
        await asyncio.sleep(1)


# What follows is silent.


async def fine(app, server):
    asyncio.ensure_future(work(), loop=loop)
    asyncio.Future(loop=loop)
    asyncio.Task(work(), loop=loop)
    asyncio.StreamReader(loop=loop)
    asyncio.wrap_future(server, loop=loop)
    asyncio.run_coroutine_threadsafe(work(), loop=loop)
    await asyncio.to_thread(app.run, loop=loop)
    functools.partial(app.sleep, loop=loop)
    app.Task.all_tasks()
    app.iscoroutinefunction(work)
    app.set_event_loop_policy(None)
    asyncio.all_tasks(loop=loop)
    asyncio.current_task()


def guarded():
    if sys.version_info < (3, 10):
        return asyncio.Lock(loop=loop)
    if hasattr(asyncio, "get_child_watcher"):
        asyncio.get_child_watcher().attach_loop(loop)
    try:
        return asyncio.Task.all_tasks(loop)
    except AttributeError:
        return asyncio.all_tasks(loop)


try:
    all_tasks = asyncio.all_tasks
except AttributeError:
    all_tasks = asyncio.Task.all_tasks

try:
    from asyncio import coroutine
except ImportError:
    coroutine = None

if sys.version_info < (3, 14) and sys.platform == "win32":
    asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())


def sleep_py38():
    return asyncio.sleep(1, loop=loop)


if HAS_LOOP_ARGUMENT := sys.version_info < (3, 10):
    asyncio.sleep(1, loop=loop)

if HAS_LOOP_ARGUMENT:
    asyncio.sleep(1, loop=loop)


def early():
    if sys.version_info >= (3, 12):
        return None
    uvloop.install()
    return asyncio.get_event_loop_policy()


def quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return asyncio.get_event_loop_policy()


def dead():
    return 1
    asyncio.get_event_loop_policy()


def patch():
    asyncio.iscoroutinefunction = functools.partial(isinstance, int)
    del asyncio.coroutine


class Local:
    def coroutine(self, loop=None):
        return self.coroutine(loop=loop)

    @staticmethod
    def iscoroutinefunction(f):
        return Local.iscoroutinefunction(f)
