import asyncio
import threading
from contextlib import asynccontextmanager

LOCK = asyncio.Lock()
LIMIT = asyncio.Semaphore(1)
MANY = asyncio.Semaphore(5)


async def work(n=0):
    return n


async def outer():
    async with LOCK:
        await inner()  # want "`inner..` takes `LOCK`, which is held here already and is not reentrant: the task waits for ever"
        await work()


async def inner():
    async with LOCK:
        await work()


async def deep():
    async with LOCK:
        await first()  # want "`first..` takes `LOCK`, 2 calls down"
        await asyncio.gather(work(), first())  # want "`first..` takes"
        await asyncio.wait_for(first(), 3)  # want "`first..` takes"


async def first():
    await work()
    return await inner()


async def limited():
    async with LIMIT:
        async with LIMIT:  # want "`LIMIT` is held here already"
            await work()


async def many():
    async with MANY:
        async with MANY:
            await work()


async def direct():
    async with LOCK:
        if await work():
            async with LOCK:  # want "`LOCK` is held here already, and is not reentrant: the task waits for ever"
                await work()


async def direct_acquire():
    await LOCK.acquire()
    try:
        await LOCK.acquire()  # want "`LOCK` is held here already"
    finally:
        LOCK.release()


async def together():
    async with LOCK, LOCK:  # want "`LOCK` is held here already"
        await work()


class Store:
    def __init__(self, parent: "Store"):
        self._lock = asyncio.Lock()
        self.read_lock = asyncio.Lock()
        self.changed = asyncio.Condition()
        self.threads = threading.Lock()
        self.locks = {"a": asyncio.Lock()}
        self.parent = parent
        self.data = {}

    async def get(self, key):
        async with self._lock:
            return self.data[key]

    async def set(self, key, value):
        async with self._lock:
            old = await self.get(key)  # want "`self.get..` takes `self._lock`, which is held here already"
            self.data[key] = value
            return old

    async def update(self, key):
        async with self._lock:
            await self.parent.get(key)
            await self._merge(key)  # want "`self._merge..` takes `self._lock`, 2 calls down"

    async def _merge(self, key):
        for k in key:
            await self.get(k)

    async def acquired(self):
        await self._lock.acquire()
        try:
            await self.get(1)  # want "`self.get..` takes"
        finally:
            self._lock.release()
        await self.get(2)

    async def notify(self):
        async with self.changed:
            self.changed.notify_all()

    async def waits(self):
        async with self.changed:
            await self.notify()  # want "`self.notify..` takes `self.changed`"
            await self.changed.wait()

    async def lazily(self):
        async with self._lock:
            await self.load()  # want "`self.load..` takes `self._lock`"

    async def load(self):
        if not self.data:
            async with self._lock:
                self.data = await work()

    @asynccontextmanager
    async def session(self):
        async with self._lock:
            yield self

    async def managed(self):
        async with self._lock:
            async with self.session():  # want "`self.session..` takes `self._lock`"
                await work()

    async def recursive(self, n):
        async with self._lock:
            if n:
                await self.recursive(n - 1)  # want "`self.recursive..` takes `self._lock`"

    async def nested(self):
        async def one():
            async with self._lock:
                await work()

        async with self._lock:
            await one()  # want "`one..` takes `self._lock`"

    # What is right.

    async def another_lock(self):
        async with self.read_lock:
            await self.get(1)

    async def other_object(self):
        async with self._lock:
            await self.parent.get(1)
            await self.parent._merge([1])

    async def released(self):
        async with self._lock:
            self._lock.release()
            await self.get(1)
            await self._lock.acquire()

    async def behind(self):
        async with self._lock:
            await work()
        await self.get(1)

    async def told(self, key, locked=False):
        if not locked:
            async with self._lock:
                return self.data[key]
        return self.data[key]

    async def tells(self):
        async with self._lock:
            await self.told(1, locked=True)

    async def looks(self, key):
        if self._lock.locked():
            return self.data[key]
        async with self._lock:
            return self.data[key]

    async def calls_looks(self):
        async with self._lock:
            await self.looks(1)

    async def task(self):
        async with self._lock:
            later = asyncio.create_task(self.get(1))
        await later

    async def keys(self, a, b):
        async with self.locks[a]:
            async with self.locks[b]:
                await work()

    async def waiting(self):
        async with self.changed:
            await self.changed.wait()
            self.changed.notify()

    async def twice(self):
        async with self._lock:
            await work()
        async with self._lock:
            await work()

    async def fails(self):
        try:
            async with self._lock:
                await work()
        finally:
            async with self._lock:
                await work()

    async def two_ways(self, n):
        if n:
            async with self._lock:
                await work()
        else:
            await self.get(n)

    async def defined_only(self):
        async with self._lock:

            async def later():
                async with self._lock:
                    await work()

            self.data["later"] = later

    async def overridden(self):
        async with self._lock:
            await self.hook()

    async def hook(self):
        pass


class Child(Store):
    async def hook(self):
        async with self._lock:
            await work()

    async def inherits(self):
        async with self._lock:
            await self.get(1)  # want "`self.get..` takes `self._lock`"

    async def get_more(self):
        return await self.get(1)


class Reentrant:
    def __init__(self, lock):
        self._lock = lock

    async def a(self):
        async with self._lock:
            await self.b()

    async def b(self):
        async with self._lock:
            await work()


async def test_blocked():
    async with LOCK:
        async with LOCK:
            pass


async def local():
    lock = asyncio.Lock()

    async def one():
        async with lock:
            await work()

    async with lock:
        await one()  # want "`one..` takes `lock`"
    await one()
