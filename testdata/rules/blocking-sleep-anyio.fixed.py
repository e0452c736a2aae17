from time import sleep

import anyio
from anyio import to_thread


async def main():
    await anyio.sleep(1)
    await to_thread.run_sync(sleep, 1)
    async with anyio.create_task_group() as tg:
        tg.start_soon(worker)


async def worker():
    await anyio.sleep(1)
    anyio.from_thread.run_sync(sleep, 1)
