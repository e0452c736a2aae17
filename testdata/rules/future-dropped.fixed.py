import logging
import asyncio
import concurrent.futures
import functools
import queue
import threading
from asyncio import run_coroutine_threadsafe as post
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import log


def log_failure(future):
    if not future.cancelled() and future.exception() is not None:
        logging.getLogger(__name__).error("A background task failed", exc_info=future.exception())


async def store(message="") -> None:
    await asyncio.sleep(0.1)
    raise OSError(message)


async def quiet(message) -> None:
    try:
        await store(message)
    except Exception:
        log.error(message)


async def loops():
    while True:
        await asyncio.sleep(1)
        try:
            await store()
        except OSError:
            pass


async def delegates(event: asyncio.Event):
    await event.wait()
    await quiet("")


async def set_it(event):
    event.set()


def work(path=""):
    open(path).read()


def careful(path):
    log.info(path)
    try:
        work(path)
    except Exception:
        log.exception(path)


def hands_on(path):
    careful(path)


POOL = ThreadPoolExecutor()


class Client:
    def __init__(self, loop: asyncio.AbstractEventLoop, executor: concurrent.futures.Executor | None):
        self.loop = loop
        self.executor = executor
        self.queue: asyncio.Queue[str] = asyncio.Queue()
        self.done = asyncio.Event()
        self.tasks = []

    def on_message(self, message):
        future = asyncio.run_coroutine_threadsafe(self.handle(message), self.loop)
        future.add_done_callback(log_failure)
        future = asyncio.run_coroutine_threadsafe(
            # what came
            self.handle(
                message,
            ),
            self.loop,
        )  # the end
        future.add_done_callback(log_failure)
        asyncio.run_coroutine_threadsafe(self.contained(message), self.loop)
        asyncio.run_coroutine_threadsafe(self.queue.put(message), self.loop)
        asyncio.run_coroutine_threadsafe(self.done.wait(), self.loop)
        asyncio.run_coroutine_threadsafe(self.handle(message), self.loop).result()
        asyncio.run_coroutine_threadsafe(self.handle(message), self.loop).add_done_callback(log.failure)
        self.future = asyncio.run_coroutine_threadsafe(self.handle(message), self.loop)
        self.tasks.append(asyncio.run_coroutine_threadsafe(self.handle(message), self.loop))
        if self.executor:
            future = self.executor.submit(work, message)
            future.add_done_callback(log_failure)

    async def handle(self, message):
        await self.send(message)

    async def contained(self, message):
        try:
            await self.send(message)
        except Exception:
            log.exception("")

    async def send(self, message):
        await store(message)


def sync(loop: asyncio.AbstractEventLoop, client, xs):
    background_future = post(store(), loop)
    background_future.add_done_callback(log_failure)
    background_future = post(client.send("x"), loop)
    background_future.add_done_callback(log_failure)
    background_future = post(store(), loop)
    background_future.add_done_callback(log_failure)
    unused = post(store(), loop)
    unused.add_done_callback(log_failure)
    watched = post(store(), loop)
    watched.add_done_callback(log.failure)
    background_future = POOL.submit(work)
    background_future.add_done_callback(log_failure)
    background_future = POOL.submit(functools.partial(work, 1))
    background_future.add_done_callback(log_failure)
    background_future = POOL.submit(lambda: work(1))
    background_future.add_done_callback(log_failure)
    background_future = POOL.submit(fn=work)
    background_future.add_done_callback(log_failure)
    POOL.submit(careful, "x")
    POOL.submit(hands_on, "x")
    POOL.submit(lambda: careful(1))
    POOL.submit(functools.partial(careful, 1))
    with ProcessPoolExecutor() as pool:
        for x in xs:
            background_future = pool.submit(work, x)
            background_future.add_done_callback(log_failure)
        futures = [pool.submit(work, x) for x in xs]
        for future in concurrent.futures.as_completed(futures):
            future.result()
        lost = []
        for x in xs:
            lost.append(pool.submit(work, x))
        kept = []
        for x in xs:
            kept.append(pool.submit(work, x))
        [f.result() for f in kept]
        list(pool.map(work, xs))
    post(quiet("x"), loop)
    post(loops(), loop)
    post(delegates(asyncio.Event()), loop)
    post(set_it(asyncio.Event()), loop)
    return post(store(), loop)


async def on_loop(xs, event: threading.Event, q: queue.Queue):
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, work, "x")
    await asyncio.get_event_loop().run_in_executor(POOL, work)
    await asyncio.wrap_future(POOL.submit(work))
    unused = await loop.run_in_executor(None, work)
    loop.run_in_executor(None, careful, "x")
    loop.run_in_executor(None, event.wait)
    loop.run_in_executor(None, q.put, 1)
    await loop.run_in_executor(None, work)
    await asyncio.gather(*[loop.run_in_executor(None, work, x) for x in xs])
    later = loop.run_in_executor(None, work)
    await later
    loop.call_soon(lambda: loop.run_in_executor(None, work))


def not_ours(pool, loop, submit):
    pool.submit(work)
    loop.run_in_executor(None, work)
    submit(work)


class Own:
    def submit(self, fn):
        fn()

    def use(self):
        self.submit(work)


def gone(loop: asyncio.AbstractEventLoop):
    return
    post(store(), loop)
