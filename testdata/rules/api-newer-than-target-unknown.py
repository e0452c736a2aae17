# Without a target everything may be there.
import asyncio


async def main():
    async with asyncio.timeout(1), asyncio.TaskGroup():
        asyncio.create_task(main(), eager_start=True)
