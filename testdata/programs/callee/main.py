import asyncio

import service


async def main():
    await service.blocks_itself()
    await service.blocks_below()
    await service.starts()
    await asyncio.gather(service.blocks_itself(), service.blocks_below())
    task = asyncio.create_task(service.blocks_below())
    await task
    async for x in service.agen():
        print(x)
    await service.fine()
    service.refresh()  # want `AIO207` "`refresh` calls"
