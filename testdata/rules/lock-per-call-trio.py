import trio


async def fetch(url):
    limit = trio.CapacityLimiter(5)  # want "`limit` is made anew"
    async with limit:
        await trio.sleep(1)


async def threads(limit=None):
    limit = trio.CapacityLimiter(5)
    await trio.to_thread.run_sync(print, limiter=limit)


async def looks():
    limit = trio.CapacityLimiter(5)
    async with limit:
        return limit.borrowed_tokens
