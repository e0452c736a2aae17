import asyncio
import threading
from asyncio import Lock, Semaphore

shared = asyncio.Lock()


async def work(n=0):
    return n


async def direct():
    async with asyncio.Lock():  # want "`asyncio.Lock..` is a new one each time and keeps nobody out; make one lock that all calls share"
        await work()


async def direct_limit():
    async with Semaphore(3):  # want "`Semaphore.3.` is a new one each time and keeps nobody out; make one limit"
        await work()


async def local():
    lock = Lock()  # want "`lock` is made anew in each call of `local..` and keeps nobody out; make one lock that all calls share"
    async with lock:
        await work()


async def local_limit(url):
    # at most five at a time
    sem = asyncio.Semaphore(value=5)  # want "`sem` is made anew"
    print(url)
    async with sem:
        await work()  # politely


async def acquires():
    lock = asyncio.Lock()  # want "`lock` is made anew"
    await lock.acquire()
    try:
        await work()
    finally:
        lock.release()


async def sized(n):
    sem = asyncio.Semaphore(n)  # want "`sem` is made anew"
    async with sem:
        await work()


async def walrus():
    async with (lock := asyncio.Lock()):  # want "`lock` is made anew"
        await work()


async def several(path):
    async with path, asyncio.BoundedSemaphore(2):  # want "BoundedSemaphore"
        await work()


def plain():
    with threading.Lock():  # want "`threading.Lock..` is a new one each time"
        return 1


def plain_local(n):
    lock = threading.RLock()  # want "`lock` is made anew"
    with lock:
        return n


class Client:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.locks = {}

    async def get(self, key):
        async with asyncio.Lock():  # want "`asyncio.Lock..` is a new one"
            await work()
        async with self.locks.get(key, asyncio.Lock()):  # want "`asyncio.Lock..` is not stored, so that whoever finds none takes one of their own, which keeps nobody out; use `setdefault..`"
            await work()
        lock = self.locks.get(key, Lock())  # want "not stored"
        async with lock:
            await work()

    async def right(self, key, lock=None):
        async with self.lock:
            await work()
        async with self.locks.setdefault(key, asyncio.Lock()):
            await work()
        async with shared:
            await work()
        if lock is None:
            lock = asyncio.Lock()
        async with lock:
            await work()
        kept = self.locks.get(key, asyncio.Lock())
        self.locks[key] = kept
        async with kept:
            await work()

    async def makes(self):
        lock = asyncio.Lock()
        self.lock = lock
        async with lock:
            await work()


async def nested(urls):
    sem = asyncio.Semaphore(5)

    async def one(url):
        async with sem:
            return await work(url)

    return await asyncio.gather(*[one(u) for u in urls])


async def nested_wrong(urls):
    async def one(url):
        sem = asyncio.Semaphore(5)  # want "`sem` is made anew in each call of `one..`"
        async with sem:
            return await work(url)

    return await asyncio.gather(*[one(u) for u in urls])


async def passes(urls):
    sem = asyncio.Semaphore(5)
    async with sem:
        await asyncio.gather(*[work_with(sem, u) for u in urls])


async def work_with(sem, url):
    async with sem:
        return await work(url)


async def returned():
    lock = asyncio.Lock()
    async with lock:
        return lock


async def yielded():
    lock = asyncio.Lock()
    async with lock:
        yield lock


async def given(lock: asyncio.Lock = Lock()):
    async with lock:
        await work()


async def captured():
    lock = asyncio.Lock()
    asyncio.get_running_loop().call_later(1, lambda: lock.release())
    await lock.acquire()


async def conditional(given=None):
    lock = given or asyncio.Lock()
    async with lock:
        await work()
    other = shared if given else asyncio.Lock()
    async with other:
        await work()


async def waits():
    cond = asyncio.Condition()
    async with cond:
        await cond.wait_for(lambda: True)


async def only_made():
    lock = asyncio.Lock()
    event = asyncio.Event()
    event.set()
    await event.wait()
    return lock.locked()


async def look_alike(locks, Lock):
    async with Lock():
        await work()
    async with locks.get("x", asyncio.Lock()):
        await work()


async def test_lock():
    async with asyncio.Lock():
        await work()
    lock = asyncio.Lock()
    async with lock:
        await work()


async def two_names():
    a = b = asyncio.Lock()
    async with a:
        await work_with(b, 1)


class Fresh:
    def __init__(self):
        self._kept = asyncio.Lock()
        self._locks = {}

    @property
    def lock(self):
        return asyncio.Lock()

    @property
    def kept(self):
        return self._kept

    def new_lock(self) -> asyncio.Lock:
        return asyncio.Lock()

    def lock_for(self, key):
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        return lock

    async def use(self, key):
        async with self.lock:  # want "`self.lock` gives a new lock each time, which keeps nobody out"
            await work()
        async with self.new_lock():  # want "`self.new_lock..` gives a new lock each time"
            await work()
        async with self.kept, self.lock_for(key):
            await work()


async def notified():
    changed = asyncio.Condition()  # want "`changed` is made anew"
    async with changed:
        changed.notify_all()
