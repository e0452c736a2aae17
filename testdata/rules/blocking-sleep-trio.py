# Only part of trio is imported by name.
import time

from trio import open_nursery, sleep as doze, to_thread


async def main():
    time.sleep(1)  # want "use `await trio.sleep\\(\\)`$"
    await doze(1)
    await to_thread.run_sync(time.sleep, 1)
    async with open_nursery() as nursery:
        nursery.start_soon(worker)


async def worker():
    x = time.sleep(1)  # want "trio.sleep"
    return x
