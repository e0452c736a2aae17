import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import aiohttp
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine


async def executor(work):
    pool = ThreadPoolExecutor(4)  # want "nothing closes `pool`, and its threads .*; use `with ThreadPoolExecutor\\(\\) as pool`"
    return await asyncio.get_running_loop().run_in_executor(pool, work)


def pool_of_processes(work):
    pool = ProcessPoolExecutor()  # want "nothing closes `pool`"
    return pool.submit(work).result()


async def server(handle):
    server = await asyncio.start_server(handle, port=1)  # want "nothing closes `server`"
    print(server.sockets)


async def engine(url):
    engine = create_async_engine(url)  # want "nothing closes `engine`.*; call `engine.dispose\\(\\)` in a `finally`"
    async with engine.begin() as conn:
        await conn.execute("SELECT 1")


async def test_url(url):
    session = aiohttp.ClientSession()  # want "not closed when"
    assert await session.get(url)
    await session.close()


class Api:
    def __init__(self):
        self._session = aiohttp.ClientSession()  # want "nothing closes `self._session`.*; give the class a method that calls `close\\(\\)`"
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
