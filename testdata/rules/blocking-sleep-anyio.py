from time import sleep

import anyio
from anyio import to_thread


async def main():
    sleep(1)  # want "use `await anyio.sleep\\(\\)`$"
    await to_thread.run_sync(sleep, 1)
    async with anyio.create_task_group() as tg:
        tg.start_soon(worker)


async def worker():
    sleep(1)  # want "anyio.sleep"
    anyio.from_thread.run_sync(sleep, 1)  # want "the event loop calls `sleep`"
