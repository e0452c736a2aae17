import asyncio

lock = asyncio.Lock()  # want "`asyncio.Lock..` belongs to the first event loop in which a task waits for it, and fails with `RuntimeError` in the next, and the file starts several"


async def main():
    async with lock:
        await asyncio.sleep(1)


def command():
    asyncio.run(main())
    asyncio.run(main())
