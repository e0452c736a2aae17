import asyncio
import multiprocessing
import threading
from contextlib import nullcontext
from threading import Condition, Lock, RLock
from typing import TYPE_CHECKING, Optional

LOCK = Lock()
table_lock = asyncio.Lock()
processes = multiprocessing.Lock()
tasks_lock = asyncio.Lock()


async def work(n=0):
    return n


async def module_locks(items):
    with LOCK:
        await work()
    async with table_lock:
        items.append(await work())
    with processes:
        async for x in items:
            print(x)
    with LOCK:
        async with tasks_lock:
            pass
    with LOCK:
        return [await work(i) for i in items]
    with LOCK:
        print("only for a moment")
    await work()
    async with tasks_lock:
        await work()


class Store:
    changed = Condition()

    def __init__(self, guard: threading.Lock, other, maybe: Optional[Lock] = None) -> None:
        self._lock = threading.Lock()
        self.guard = guard
        self.other = other
        self.maybe = maybe
        self.slots = threading.BoundedSemaphore(3)
        self.data = {}

    async def save(self, key):
        with self._lock:
            if key:
                self.data[key] = await work(key)
        with self.guard:
            try:
                pass
            finally:
                await work()
        with self.maybe:
            await work()
        with self.slots:
            await work()
        with self.changed:
            await work()
        with open(key) as f, self._lock:
            await work(f.read())
        with (self._lock, nullcontext()):
            await work()
        with self._lock as held:
            await work(held)

    async def look(self, key):
        with self._lock:
            value = self.data[key]
        await work(value)
        with self._lock:

            async def later():
                await work()

            self.data[key] = later
        with self._lock:
            self.data = {k: (lambda: work(k)) for k in self.data}
        with self.other:
            await work()
        with unknown.lock:
            await work()

    def plain(self):
        with self._lock:
            return self.data.copy()

    async def stops(self):
        with self._lock:
            return 1
            await work()


class Own(threading.Lock().__class__):
    pass


class Guard(threading.Semaphore):
    pass


async def derived():
    with Guard():
        await work()
    local = Lock()
    with local:
        await work()
    with Own():
        await work()
    if TYPE_CHECKING:
        with local:
            await work()


async def aliases(store: Store):
    lock = store._lock
    with lock:
        await work()
    with store._lock:
        await work()
    with (again := LOCK):
        await work(again)


class Lockish:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


async def look_alike(lock: Lockish, thread_lock):
    with lock, thread_lock:
        await work()
