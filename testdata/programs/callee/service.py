import asyncio
import time


def refresh():
    time.sleep(1)


async def blocks_itself():
    time.sleep(1)  # want `ASYNC251` "."


async def blocks_below():
    refresh()  # want `AIO207` "`refresh` calls"


async def fine():
    await asyncio.sleep(1)


def starts():
    return blocks_itself()


def drives():
    asyncio.run(blocks_itself())


async def agen():
    refresh()  # want `AIO207` "`refresh` calls"
    yield 1
