import asyncio
import queue
import threading


def produce(items, done):
    items.put_nowait(1)  # want "items.put_nowait"
    items.qsize()
    done.set()  # want "done.set"


def produce_safely(loop, items, done):
    loop.call_soon_threadsafe(items.put_nowait, 1)
    loop.call_soon_threadsafe(done.set)


def collect(items, done):
    items.put_nowait(1)
    done.set()


def anyhow(items, *, done):
    items.put_nowait(1)  # want "items.put_nowait"
    done.set()


async def main():
    loop = asyncio.get_running_loop()
    items, done = asyncio.Queue(), asyncio.Event()
    threading.Thread(target=produce, args=(items, done), daemon=True).start()
    threading.Thread(target=produce_safely, args=(loop, items, done)).start()
    threading.Thread(target=collect, args=(queue.Queue(), threading.Event())).start()
    threading.Thread(target=anyhow, args=(items,), kwargs={"done": done}).start()
    await done.wait()
    print(await items.get())
