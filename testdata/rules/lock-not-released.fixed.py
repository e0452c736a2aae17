import asyncio
import threading
from contextlib import AsyncExitStack

lock = asyncio.Lock()


async def work(n=0):
    return n


async def module_lock():
    async with lock:
        await work()


async def several_statements(n):
    async with lock:
        # first of all

        if n.check():
            print("yes")  # a comment
        await work()
    await work()


class Service:
    def __init__(self, semaphore: asyncio.Semaphore):
        self.lock = asyncio.Lock()
        self.semaphore = semaphore
        self.changed = asyncio.Condition()
        self._never = asyncio.Lock()
        self.other = None
        self.count = 0

    async def except_only(self):
        await self.lock.acquire()
        try:
            await work()
        except Exception:
            self.lock.release()
            raise
        self.lock.release()

    async def some_ways(self, n):
        await self.semaphore.acquire()
        if n:
            self.semaphore.release()
            return
        await work()
        self.semaphore.release()

    async def in_a_loop(self, items):
        for item in items:
            async with self.changed:
                self.count += item.size()
                self.changed.notify_all()

    async def raises(self, n):
        async with self.lock:
            if n < 0:
                raise ValueError(n)

    async def swallowed(self):
        try:
            async with self.lock:
                await work()
        except ValueError:
            print("still taken")

    async def never(self):
        await self._never.acquire()
        await work()

    async def returns(self, n):
        async with self.lock:
            if n:
                return
            self.count += 1

    async def returns_none(self, n):
        async with self.lock:
            if n:
                return None
        return n

    async def asks(self):
        if await self.lock.acquire():
            await work()
            self.lock.release()

    async def in_time(self):
        await asyncio.wait_for(self.lock.acquire(), 3)
        await work()
        self.lock.release()

    # What is right.

    async def in_finally(self):
        await self.lock.acquire()
        try:
            await work()
        finally:
            self.lock.release()

    async def if_there_is_one(self):
        if self.semaphore:
            await self.semaphore.acquire()
        try:
            await work()
        finally:
            if self.semaphore:
                self.semaphore.release()

    async def on_the_same_condition(self, n):
        if n > 3:
            await self.lock.acquire()
        try:
            return
        finally:
            if n > 3:
                self.lock.release()

    async def in_finally_late(self):
        await self.lock.acquire()
        self.count += 1
        print("taken")
        try:
            await work()
        finally:
            self.lock.release()

    async def bare(self):
        await self.lock.acquire()
        try:
            await work()
        except BaseException:
            self.lock.release()
            raise
        else:
            self.lock.release()

    async def nothing_between(self):
        await self.lock.acquire()
        self.count += 1
        self.lock.release()

    async def with_statement(self):
        async with self.lock:
            await work()

    async def handed_over(self):
        await self.semaphore.acquire()
        task = asyncio.create_task(work())
        task.add_done_callback(lambda _: self.semaphore.release())
        return task

    async def handed_over_unless_it_fails(self):
        await self.semaphore.acquire()
        try:
            return await work()
        except BaseException:
            self.semaphore.release()
            raise

    async def bound_method(self):
        async with AsyncExitStack() as stack:
            await self.lock.acquire()
            stack.callback(self.lock.release)
            await work()
            if self.count:
                self.lock.release()

    async def taken_for_the_caller(self, n):
        await self.lock.acquire()
        if await work(n):
            self.lock.release()
            return False
        return True

    async def acquire(self):
        await self.lock.acquire()

    def release(self):
        self.lock.release()

    async def unknown(self):
        await self.other.acquire()
        await work()
        self.other.release()


async def pool(pool):
    connection = await pool.acquire()
    await connection.work()
    await pool.release(connection)


async def threads(lock: threading.Lock):
    lock.acquire()
    await work()
    lock.release()


async def test_it():
    await lock.acquire()
    await work()
    lock.release()


class Wrapper:
    def __init__(self):
        self._lock = asyncio.Lock()

    async def __aenter__(self):
        await self._lock.acquire()
        return self

    async def __aexit__(self, *args):
        self._lock.release()


class HandsOver:
    def __init__(self):
        self._lock = asyncio.Lock()

    async def by_a_flag(self, later):
        await self._lock.acquire()
        release = True
        try:
            if later:
                release = False
                self.finish_later()
                return
            await work()
        finally:
            if release:
                self._lock.release()

    async def quiet(self, **kwargs):
        await self._lock.acquire()
        key = tuple(kwargs.items())
        try:
            await work(key)
        finally:
            self._lock.release()
