"""Waiting for threads on the loop."""

import asyncio
import concurrent.futures
import multiprocessing as mp
import queue
import threading
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed, wait
from queue import Queue
from threading import Condition, Event, Lock, RLock, Semaphore, Thread
from typing import Optional

lock = threading.Lock()
pool = ThreadPoolExecutor()


# What must be found.


async def primitives(c: Condition, b: threading.Barrier):
    await asyncio.to_thread(lock.acquire)
    await asyncio.to_thread(lock.acquire, timeout=5)
    await asyncio.to_thread(lock.acquire, True)
    RLock().acquire()
    await asyncio.to_thread(Semaphore(2).acquire)
    await asyncio.to_thread(threading.BoundedSemaphore().acquire)
    e = Event()
    await asyncio.to_thread(e.wait)
    await asyncio.to_thread(e.wait, 10)
    if not await asyncio.to_thread(e.wait, timeout=1):
        pass
    with c:
        c.wait(), c.wait_for(lambda: True)
    await asyncio.to_thread(b.wait)


async def threads(threads: list[Thread]):
    t = Thread(target=print)
    t.start()
    await asyncio.to_thread(t.join)
    await asyncio.to_thread(t.join, timeout=3)
    for x in threads:
        await asyncio.to_thread(x.join)
    [await asyncio.to_thread(x.join) for x in threads]
    p = mp.Process(target=print)
    p.start()
    await asyncio.to_thread(p.join)


async def queues(q: "queue.Queue[int]", s: queue.SimpleQueue):
    await asyncio.to_thread(q.get)
    await asyncio.to_thread(q.get, timeout=1)
    await asyncio.to_thread(q.get, True, 1)
    await asyncio.to_thread(q.join)
    await asyncio.to_thread(s.get)
    bounded = Queue(maxsize=3)
    await asyncio.to_thread(bounded.put, 1)
    await asyncio.to_thread(Queue(3).put, 1)


async def futures(fs: list[Future], f: "Future[int]", loop: asyncio.AbstractEventLoop):
    await asyncio.wrap_future(pool.submit(print))
    x = await asyncio.wrap_future(f) + 1
    await asyncio.to_thread(f.result, timeout=3)
    await asyncio.to_thread(f.exception)
    await asyncio.to_thread(wait, fs)
    for g in as_completed(fs):
        print(g, x)
    results = [await asyncio.wrap_future(g) for g in fs]
    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(queues(Queue(), Queue()), loop))
    await asyncio.to_thread(concurrent.futures.wait, fs)
    await asyncio.to_thread(pool.shutdown)
    await asyncio.to_thread(pool.shutdown, wait=True)
    return results


async def executors(urls, f, loop):
    with ThreadPoolExecutor() as ex:
        futures = [ex.submit(f, u) for u in urls]
    with ProcessPoolExecutor(3) as ex:
        for r in ex.map(f, urls):
            print(r, futures)
    results = list(pool.map(f, urls))
    results = [r for r in pool.map(f, urls)]
    return results


class Worker:
    thread: Optional[Thread] = None

    def __init__(self):
        self._lock = Lock()
        self.ready = threading.Event()
        self.queue = queue.Queue()

    def start(self):
        self.thread = Thread(target=self.run)

    def run(self):
        self.queue.get()

    async def stop(self):
        await asyncio.to_thread(self.ready.wait)
        await asyncio.to_thread(self._lock.acquire)
        await asyncio.to_thread(self.queue.get)
        await asyncio.to_thread(self.queue.join)
        if self.thread:
            await asyncio.to_thread(self.thread.join)


# What must stay silent.


def sync():
    lock.acquire()
    pool.submit(print).result()


async def asynchronous():
    a = asyncio.Lock()
    await a.acquire()
    e = asyncio.Event()
    await e.wait()
    q = asyncio.Queue()
    await q.get()
    await q.put(1)
    await q.join()
    async with asyncio.Semaphore(3):
        await asyncio.wait([asyncio.create_task(asynchronous())])
    t = asyncio.create_task(asynchronous())
    await t
    t.result()
    t.exception()
    f = asyncio.get_running_loop().create_future()
    f.result()


async def at_once(f: Future, q: queue.Queue, s: queue.SimpleQueue):
    lock.acquire(False)
    lock.acquire(blocking=False)
    lock.acquire(timeout=0)
    lock.acquire(blocking = False)
    lock.release(), lock.locked()
    with lock:
        pass
    Event().wait(0)
    Event().wait(timeout=0.0)
    Event().is_set(), Event().set()
    q.get_nowait(), q.put_nowait(1), q.get(False), q.get(block=False), q.get(True, 0), q.get(timeout=0)
    q.put(1)
    Queue().put(1)
    s.put(1)
    f.result(timeout=0)
    f.add_done_callback(print)
    wait([f], timeout=0)
    pool.shutdown(wait=False)
    Thread(target=print).join(0)
    Thread(target=print).is_alive()


async def just_made(locks):
    own = Lock()
    own.acquire()
    locks["x"] = threading.Lock()
    locks["x"].acquire()
    print(locks)
    await asyncio.to_thread(own.acquire)


async def finished(f: Future):
    if f.done():
        return f.result()
    f.cancel()


async def executors_with_awaited_work(work, loop: asyncio.AbstractEventLoop):
    with ThreadPoolExecutor() as ex:
        await loop.run_in_executor(ex, work)
    with ProcessPoolExecutor() as ex:
        await asyncio.gather(*[loop.run_in_executor(ex, work, i) for i in range(3)])
    with ThreadPoolExecutor() as ex:
        await asyncio.wrap_future(ex.submit(work))


async def off_the_loop(f: Future, t: Thread, q: queue.Queue):
    await asyncio.to_thread(f.result)
    await asyncio.wrap_future(f)
    await asyncio.to_thread(t.join)
    await asyncio.get_running_loop().run_in_executor(None, q.get)


async def unknown(x, lock, y: "Missing"):
    x.result(), x.join(), x.wait(), x.get()
    lock.acquire()
    y.join()
    ",".join([])
    {}.get("x")


def called_back(f: "Future[int]"):
    return f.result()


async def callbacks(f: Future):
    asyncio.get_running_loop().call_soon(called_back, f)


class Shared:
    def __init__(self):
        self.items = queue.Queue()
        self.changed = threading.Condition()
        self.readers = 0
        self.writer = False

    async def drain(self):
        while not self.items.empty():
            print(self.items.get())
        if self.items.qsize():
            print(self.items.get())
        if self.items.empty():
            print(await asyncio.to_thread(self.items.get))
        for _ in range(3):
            if self.items.empty():
                break
            print(self.items.get())
        while not self.items.full():
            print(await asyncio.to_thread(self.items.get))

    def acquire_read(self):
        with self.changed:
            while self.writer:
                self.changed.wait()
            self.readers += 1

    def release_read(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()

    def acquire_all(self):
        with self.changed:
            while self.writer:
                self.changed.wait()

    async def reads(self):
        self.acquire_read()
        self.release_read()

    async def waits(self):
        with self.changed:
            self.changed.wait()


async def asked_before(pending: queue.Queue):
    while pending.empty():
        await asyncio.sleep(0.1)
    pending.get()
    if not pending.empty():
        pending.get()
    while not pending.empty():
        pending.get()


async def asked_elsewhere(pending: queue.Queue, other: queue.Queue):
    while other.empty():
        await asyncio.sleep(0.1)
    await asyncio.to_thread(pending.get)
