import asyncio
import atexit
import functools
import signal
import threading
from concurrent.futures import ThreadPoolExecutor


async def work(*args):
    pass


def plain(*args):
    pass


def starts(*args):
    return asyncio.create_task(work())


async def agen():
    yield 1


class Service:
    async def run(self): ...

    async def start(self, loop: asyncio.AbstractEventLoop):
        loop.call_soon(self.run)  # want "`self.run` is a coroutine function: `loop.call_soon..` calls it as a plain function"
        loop.call_soon(self.run, 1, 2)  # want "`self.run`"
        loop.call_soon(plain, 1)
        loop.call_later(1, work)  # want "`work` is a coroutine function"
        loop.call_soon(work())  # want "`work..` is a coroutine, but"
        loop.call_soon(lambda: work())  # want "the lambda gives the coroutine `work..`"
        loop.call_soon(lambda: plain())
        loop.call_soon(starts)
        loop.call_soon(lambda: asyncio.create_task(work()))
        loop.call_soon(functools.partial(work, 1))  # want "coroutine function"
        loop.add_signal_handler(signal.SIGTERM, self.run)  # want "`self.run`"
        loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.ensure_future(self.run()))
        task = asyncio.create_task(work())
        task.add_done_callback(work)  # want "`work` is a coroutine function"
        task.add_done_callback(lambda t: work(t))  # want "the lambda gives"
        task.add_done_callback(plain)


async def offloads(loop: asyncio.AbstractEventLoop, pool: ThreadPoolExecutor, unknown):
    await asyncio.to_thread(work, 1)  # want "`work` is a coroutine function: `asyncio.to_thread..` calls it in a thread"
    await asyncio.to_thread(plain, 1)
    await asyncio.to_thread(unknown, 1)
    await asyncio.to_thread(asyncio.run, work())
    await loop.run_in_executor(None, work, 2)  # want "`work` is a coroutine function"
    await loop.run_in_executor(None, plain, 2)
    pool.submit(work)  # want "`work` is a coroutine function"
    pool.submit(work())  # want "`work..` is a coroutine, but"
    pool.submit(asyncio.run, work())
    threading.Thread(target=work)  # want "`work` is a coroutine function"
    threading.Thread(target=plain)
    threading.Thread(target=lambda: asyncio.run(work()))
    threading.Timer(1, work)  # want "coroutine function"
    asyncio.run_coroutine_threadsafe(work(), loop)


def sync(xs):
    sorted(xs, key=work)  # want "`work` is a coroutine function"
    sorted(xs, key=plain)
    xs = [1]
    xs.sort(key=work)  # want "`work` is a coroutine function"
    max(xs, key=work)  # want "coroutine function"
    list(filter(work, xs))  # want "coroutine function"
    map(work, xs)
    return asyncio.gather(*map(work, xs))


atexit.register(work)  # want "`work` is a coroutine function"
atexit.register(plain)
signal.signal(signal.SIGTERM, work)  # want "`work` is a coroutine function"
