import anyio
from fastapi import Depends


async def group():
    async with anyio.create_task_group() as tg:
        yield tg


async def several():
    async with anyio.create_task_group() as tg:
        yield tg  # want "the task group"
        yield tg  # want "the task group"


async def route(tg=Depends(group)):
    tg.start_soon(anyio.sleep, 1)
