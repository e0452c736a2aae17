import asyncio
import asyncio as aio
import asyncore  # want "`asyncore` is gone since Python 3.12; use `asyncio`"
import functools
import sys
import warnings

import nest_asyncio
import uvloop
from asyncio import DefaultEventLoopPolicy  # want "`asyncio.DefaultEventLoopPolicy` is deprecated since Python 3.14 and will be removed in 3.16"
from asyncio import Lock
from asyncio import coroutine as generator_coroutine  # want "`asyncio.coroutine` was removed in Python 3.11; use `async def`"
from asyncio import gather, iscoroutinefunction, sleep  # want "deprecated since Python 3.14 and will be removed in 3.16; use `inspect.iscoroutinefunction`"
from asyncio.coroutines import iscoroutinefunction as is_async  # want "`asyncio.coroutines.iscoroutinefunction` is deprecated"

nest_asyncio.apply()  # want "`nest_asyncio.apply` breaks `asyncio.current_task` and timeouts on Python 3.14"
uvloop.install()  # want "`uvloop.install` is deprecated since Python 3.12; use `uvloop.run`"

loop = asyncio.new_event_loop()
lock = asyncio.Lock(loop=loop)  # want "`loop=` of `asyncio.Lock` was removed in Python 3.10; drop it"
queue = asyncio.Queue(maxsize=10, loop=loop)  # want "was removed in Python 3.10"
other = aio.Event(
    loop=loop,  # want "`loop=` of `asyncio.Event`"
)
condition = asyncio.Condition(
    lock,
    # the loop that runs
    loop=loop,  # want "`loop=` of `asyncio.Condition`"
)
asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())  # want "`asyncio.set_event_loop_policy` is deprecated since Python 3.14"
asyncio.set_event_loop_policy(None)  # want "set_event_loop_policy"
policy = asyncio.get_event_loop_policy()  # want "give `asyncio.Runner` a `loop_factory` instead"


class Policy(asyncio.DefaultEventLoopPolicy):  # want "`asyncio.DefaultEventLoopPolicy` is deprecated"
    pass


class Bounded(asyncio.Queue):
    def __init__(self, loop=None):
        super().__init__(10, loop=loop)  # want "`loop=` of `asyncio.Queue`"


async def work(*, timeout=1):
    await asyncio.sleep(1, loop=loop)  # want "`loop=` of `asyncio.sleep`"
    await sleep(1, loop=loop, result=2)  # want "`loop=` of `asyncio.sleep`"
    await asyncio.wait_for(asyncio.gather(sleep(1), loop=loop), timeout, loop=loop)  # want "asyncio.gather" "asyncio.wait_for"
    await gather(sleep(1), sleep(2), loop=loop)  # want "asyncio.gather"
    reader, writer = await asyncio.open_connection("localhost", 80, loop=loop)  # want "asyncio.open_connection"
    await asyncio.create_subprocess_exec("ls", loop=loop)  # want "asyncio.create_subprocess_exec"
    for task in asyncio.Task.all_tasks():  # want "`asyncio.Task.all_tasks` was removed in Python 3.9; use `asyncio.all_tasks`"
        task.cancel()
    me = asyncio.Task.current_task(loop=loop)  # want "use `asyncio.current_task`"
    watcher = asyncio.get_child_watcher()  # want "`asyncio.get_child_watcher` is gone since Python 3.14; drop it"
    asyncio.set_child_watcher(asyncio.ThreadedChildWatcher())  # want "set_child_watcher"
    asyncio.SafeChildWatcher().attach_loop(loop)  # want "`asyncio.SafeChildWatcher` is gone since Python 3.14"
    await asyncio.get_running_loop().create_datagram_endpoint(None, reuse_address=True)  # want "`reuse_address=` of `asyncio.AbstractEventLoop.create_datagram_endpoint` was removed in Python 3.11"


@asyncio.coroutine  # want "`asyncio.coroutine` was removed in Python 3.11; use `async def`"
def old(delay):
    yield from asyncio.sleep(delay)
    result = (yield from sleep(1)) or 2
    return result


@functools.lru_cache
@asyncio.coroutine  # want "use `async def`"
def cached():
    return 1


@asyncio.coroutine  # want "use `async def`"
# about it
def commented():
    return 1


class Client:
    @asyncio.coroutine  # want "use `async def`"
    def fetch(self):
        return (yield from work())

    @asyncio.coroutine  # want "use `async def`"
    def stream(self):
        yield 1  # no fix: it is a generator, too


check = asyncio.iscoroutinefunction  # want "use `inspect.iscoroutinefunction`"
kinds = [f for f in [work, old] if aio.iscoroutinefunction(f)]  # want "use `inspect.iscoroutinefunction`"


async def skip_unsupported(player):
    if player.has_next:
        await asyncio.sleep(1, loop=player.loop)  # want "`loop=` of `asyncio.sleep`"


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
