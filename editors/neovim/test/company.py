import asyncio
import os
import time


def settle(n: int) -> None:
    time.sleep(n)


async def price() -> int:
    note = "é😀"; time.sleep(1)
    return len(note)


async def main() -> None:
    total: int = "é😀"
    asyncio.create_task(price())
    price()
    if total: settle(3)
