import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()


def work(loop, results, name):
    asyncio.run_coroutine_threadsafe(results.put(name), loop)
    loop.call_soon_threadsafe(print, name)
    loop.call_soon_threadsafe(print, name)
    loop.time()


def fulfil(future, other):
    future.get_loop().call_soon_threadsafe(future.set_result, 1)
    other.set_result(1)


def either(future):
    future.cancel()


def typed(loop: "Clock"):
    loop.stop()


def rebound(loop):
    loop = Clock()
    loop.stop()


def called(loop):
    loop.stop()


class Clock:
    def stop(self): ...

    def run(self, loop):
        loop.call_soon_threadsafe(loop.stop)

    async def start(self):
        threading.Thread(target=self.run, args=(asyncio.get_running_loop(),)).start()


async def main(unknown):
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    threading.Thread(target=work, args=(loop, asyncio.Queue(), "a")).start()
    threading.Thread(target=typed, args=(loop,)).start()
    threading.Thread(target=rebound, args=[loop]).start()
    await asyncio.to_thread(fulfil, future, unknown)
    await loop.run_in_executor(pool, either, future)
    await loop.run_in_executor(pool, either, unknown)
    called(loop)
