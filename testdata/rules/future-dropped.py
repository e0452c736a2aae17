import asyncio
import concurrent.futures
import functools
import queue
import threading
from asyncio import run_coroutine_threadsafe as post
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import log


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
        asyncio.run_coroutine_threadsafe(self.handle(message), self.loop)  # want "the future of `asyncio.run_coroutine_threadsafe..` is dropped, so an exception in `self.handle..` is never seen"
        asyncio.run_coroutine_threadsafe(  # want "never seen"
            # what came
            self.handle(
                message,
            ),
            self.loop,
        )  # the end
        asyncio.run_coroutine_threadsafe(self.contained(message), self.loop)
        asyncio.run_coroutine_threadsafe(self.queue.put(message), self.loop)
        asyncio.run_coroutine_threadsafe(self.done.wait(), self.loop)
        asyncio.run_coroutine_threadsafe(self.handle(message), self.loop).result()
        asyncio.run_coroutine_threadsafe(self.handle(message), self.loop).add_done_callback(log.failure)
        self.future = asyncio.run_coroutine_threadsafe(self.handle(message), self.loop)
        self.tasks.append(asyncio.run_coroutine_threadsafe(self.handle(message), self.loop))
        if self.executor:
            self.executor.submit(work, message)  # want "the future of `self.executor.submit..` is dropped, so an exception in `work` is never seen"

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
    post(store(), loop)  # want "an exception in `store..` is never seen"
    post(client.send("x"), loop)  # want "an exception in `client.send..` is never seen"
    _ = post(store(), loop)  # want "nothing reads `_`, the future of `post..`"
    unused = post(store(), loop)  # want "nothing reads `unused`"
    watched = post(store(), loop)
    watched.add_done_callback(log.failure)
    POOL.submit(work)  # want "never seen"
    POOL.submit(functools.partial(work, 1))  # want "never seen"
    POOL.submit(lambda: work(1))  # want "an exception in what it runs is never seen"
    POOL.submit(fn=work)  # want "never seen"
    POOL.submit(careful, "x")
    POOL.submit(hands_on, "x")
    POOL.submit(lambda: careful(1))
    POOL.submit(functools.partial(careful, 1))
    with ProcessPoolExecutor() as pool:
        for x in xs:
            pool.submit(work, x)  # want "never seen"
        futures = [pool.submit(work, x) for x in xs]
        for future in concurrent.futures.as_completed(futures):
            future.result()
        lost = []
        for x in xs:
            lost.append(pool.submit(work, x))  # want "nothing reads `lost`, which holds the future"
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
    loop.run_in_executor(None, work, "x")  # want "an exception in `work` is only logged, and late"
    asyncio.get_event_loop().run_in_executor(POOL, work)  # want "only logged"
    POOL.submit(work)  # want "never seen"
    unused = loop.run_in_executor(None, work)  # want "nothing reads `unused`"
    loop.run_in_executor(None, careful, "x")
    loop.run_in_executor(None, event.wait)
    loop.run_in_executor(None, q.put, 1)
    await loop.run_in_executor(None, work)
    await asyncio.gather(*[loop.run_in_executor(None, work, x) for x in xs])
    later = loop.run_in_executor(None, work)
    await later
    loop.call_soon(lambda: loop.run_in_executor(None, work))  # want "the lambda gives the future"


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
