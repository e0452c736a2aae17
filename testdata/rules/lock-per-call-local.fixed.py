import asyncio


fetch_semaphore = asyncio.Semaphore(value=5)


async def fetch(url):
    # at most five at a time

    print(url)
    async with fetch_semaphore:
        await asyncio.sleep(1)  # politely
    if fetch_semaphore.locked():
        await fetch_semaphore.acquire()
        fetch_semaphore.release()
