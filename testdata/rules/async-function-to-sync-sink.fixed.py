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
        loop.call_soon(lambda: asyncio.create_task(self.run()))
        loop.call_soon(lambda: asyncio.create_task(self.run(1, 2)))
        loop.call_soon(plain, 1)
        loop.call_later(1, lambda: asyncio.create_task(work()))
        loop.call_soon(lambda: asyncio.create_task(work()))
        loop.call_soon(lambda: asyncio.create_task(work()))
        loop.call_soon(lambda: plain())
        loop.call_soon(starts)
        loop.call_soon(lambda: asyncio.create_task(work()))
        loop.call_soon(functools.partial(work, 1))
        loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.create_task(self.run()))
        loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.ensure_future(self.run()))
        task = asyncio.create_task(work())
        task.add_done_callback(lambda task: asyncio.create_task(work(task)))
        task.add_done_callback(lambda t: asyncio.create_task(work(t)))
        task.add_done_callback(plain)


async def offloads(loop: asyncio.AbstractEventLoop, pool: ThreadPoolExecutor, unknown):
    await work(1)
    await asyncio.to_thread(plain, 1)
    await asyncio.to_thread(unknown, 1)
    await asyncio.to_thread(asyncio.run, work())
    await work(2)
    await loop.run_in_executor(None, plain, 2)
    pool.submit(work)
    pool.submit(work())
    pool.submit(asyncio.run, work())
    threading.Thread(target=lambda: asyncio.run(work()))
    threading.Thread(target=plain)
    threading.Thread(target=lambda: asyncio.run(work()))
    threading.Timer(1, work)
    asyncio.run_coroutine_threadsafe(work(), loop)


def sync(xs):
    sorted(xs, key=work)
    sorted(xs, key=plain)
    xs = [1]
    xs.sort(key=work)
    max(xs, key=work)
    list(filter(work, xs))
    map(work, xs)
    return asyncio.gather(*map(work, xs))


atexit.register(work)
atexit.register(plain)
signal.signal(signal.SIGTERM, work)
