import asyncio


async def chain(source: asyncio.Condition, target: asyncio.Condition):
    async with source:
        while True:
            await source.wait()
            async with target:
                target.notify_all()


async def again(source: asyncio.Condition, target: asyncio.Condition):
    async with source:
        async with target:
            async with source:  # want "`source` is held here already"
                source.notify_all()
