import asyncio
import logging

from store import save, try_save

logger = logging.getLogger(__name__)
limit = asyncio.Semaphore(5)


class Base:
    def __init__(self):
        self._known = None

    async def close(self):
        if self._known:
            await self._known


async def risky():
    await save("x")


async def careful():
    while True:
        try:
            await save("x")
        except Exception:
            logger.exception("lost")


async def delegates():
    await try_save("x")


async def one_at_a_time(key):
    async with limit:
        await save(key)
