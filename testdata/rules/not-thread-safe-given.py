import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()


def work(loop, results, name):
    loop.create_task(results.put(name))  # want "loop.create_task"
    loop.call_soon(print, name)  # want "loop.call_soon"
    loop.call_soon_threadsafe(print, name)
    loop.time()


def fulfil(future, other):
    future.set_result(1)  # want "future.set_result"
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
        loop.stop()  # want "loop.stop"

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
