import trio


fetch_semaphore = trio.CapacityLimiter(5)


async def fetch(url):

    async with fetch_semaphore:
        await trio.sleep(1)


async def threads(limit=None):
    limit = trio.CapacityLimiter(5)
    await trio.to_thread.run_sync(print, limiter=limit)


async def looks():
    limit = trio.CapacityLimiter(5)
    async with limit:
        return limit.borrowed_tokens
