import asyncio


async def fetch(url):
    # at most five at a time
    sem = asyncio.Semaphore(value=5)  # want "`sem` is made anew"
    print(url)
    async with sem:
        await asyncio.sleep(1)  # politely
    if sem.locked():
        await sem.acquire()
        sem.release()
