import asyncio


async def close(service):
    closing = asyncio.create_task(service.close())
    while not closing.done():
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:
            pass


async def work(service):
    while not service.done():
        try:
            await service.step()
        except asyncio.CancelledError:
            raise
