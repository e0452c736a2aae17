import asyncio
from concurrent.futures import ThreadPoolExecutor, as_completed

pool = ThreadPoolExecutor()


async def load(key):
    return key


def compute(n):
    return n + 1


class Bridge:
    def __init__(self, loop):
        self.loop = loop

    def load(self, key):
        return asyncio.run_coroutine_threadsafe(load(key), self.loop).result()

    def load_soon(self, key):
        future = asyncio.run_coroutine_threadsafe(load(key), self.loop)
        return future.result(3)

    def compute(self, n):
        return pool.submit(compute, n).result()

    def peek(self, n):
        future = pool.submit(compute, n)
        if future.done():
            return future.result()

    def keep(self, n):
        self.future = pool.submit(compute, n)
        self.future.add_done_callback(self.finished)

    def finished(self, future):
        print(future.result())

    async def use(self):
        await asyncio.to_thread(self.load, 1)
        await asyncio.to_thread(self.load_soon, 1)
        await asyncio.to_thread(self.compute, 1)
        self.peek(1)
        self.keep(1)
        await asyncio.to_thread(self.load, 1)
