import asyncio

lock = asyncio.Lock()
queue: asyncio.Queue = asyncio.Queue()


class Service:
    started = asyncio.Event()


async def main():
    async with lock:
        pass


asyncio.run(main())
