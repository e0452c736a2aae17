import asyncio
from asyncio import wait_for


async def imported(step):
    try:
        await wait_for(step(), 1)
    except asyncio.TimeoutError:
        pass
