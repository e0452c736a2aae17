import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import aiohttp
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine


async def executor(work):
    with ThreadPoolExecutor(4) as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, work)


def pool_of_processes(work):
    with ProcessPoolExecutor() as pool:
        return pool.submit(work).result()


async def server(handle):
    async with await asyncio.start_server(handle, port=1) as server:
        print(server.sockets)


async def engine(url):
    engine = create_async_engine(url)
    try:
        async with engine.begin() as conn:
            await conn.execute("SELECT 1")
    finally:
        await engine.dispose()


async def test_url(url):
    async with aiohttp.ClientSession() as session:
        assert await session.get(url)


class Api:
    def __init__(self):
        self._session = aiohttp.ClientSession()
        self._other = aiohttp.ClientSession()
        self._third = aiohttp.ClientSession()
        self._fourth = aiohttp.ClientSession()

    async def get(self, url):
        if self._session is None:
            self._session = None
        self.also = self._other
        return await self._session.get(url)

    async def finish(self):
        await self._third.close()


def finish(api):
    return getattr(api, "_fourth").close()


class Derived(Api):
    def __init__(self):
        self._fifth = aiohttp.ClientSession()


def sessions(url):
    engine = create_async_engine(url)
    return async_sessionmaker(engine)
