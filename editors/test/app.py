import asyncio
import time
from store import save

def settle(n: int) -> None:
    save(n)


async def before() -> None:
    note = "é😀"
    time.sleep(1)


async def behind() -> None:
    note = "é😀"; time.sleep(2)


async def through() -> None:
    settle(3)


async def loose() -> None:
    asyncio.create_task(before())


async def group() -> None:
    await before()
