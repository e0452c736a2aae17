"""Methods of coroutine objects: the object is what has to be awaited first, which AIO104 says."""

import asyncio


class Session:
    async def close(self):
        await asyncio.sleep(0)


async def make() -> Session:
    await asyncio.sleep(0)
    return Session()


async def run():
    session = make()
    await session.close()
    other = await make()
    await other.close()
