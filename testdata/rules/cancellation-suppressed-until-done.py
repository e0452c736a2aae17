import asyncio
from contextlib import suppress


async def close(service):
    closing = asyncio.create_task(service.close())
    while not closing.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(closing)


async def close_all(service):
    closing = asyncio.create_task(service.close())
    while not closing.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([closing])


async def work(service):
    while not service.done():
        with suppress(asyncio.CancelledError):  # want "swallows cancellation"
            await service.step()
