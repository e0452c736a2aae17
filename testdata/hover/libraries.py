"""Cards of other libraries, through re-exports, subclasses and the types of objects."""
import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor  # hover: concurrent.futures.ThreadPoolExecutor
from concurrent.futures.thread import ThreadPoolExecutor as Pool  # hover: concurrent.futures.ThreadPoolExecutor concurrent.futures.ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager  # hover: contextlib.asynccontextmanager
from unittest.mock import AsyncMock, Mock  # hover: unittest.mock.AsyncMock

import aiofiles
import aiofiles.os
import aiohttp
import anyio
import anyio.to_thread
import asyncpg
import httpx
import pytest
import pytest_asyncio
import redis
import redis.asyncio as aioredis
import requests
import trio
import uvloop
from aiohttp import web
from aiohttp.client import ClientSession as Session  # hover: aiohttp.ClientSession aiohttp.ClientSession


@asynccontextmanager  # hover: contextlib.asynccontextmanager
async def opened():
    async with aiohttp.ClientSession() as session:  # hover: aiohttp.ClientSession
        yield session


@contextmanager
def plain():
    yield


@web.middleware  # hover: aiohttp.web.middleware
async def timing(request: web.Request, handler):  # hover: aiohttp.web.Request
    body = await request.json()  # hover: aiohttp.web.BaseRequest.json
    name = request.match_info["name"]  # hover: aiohttp.web.Request.match_info
    return web.json_response([body, name])  # hover: aiohttp.web.json_response


class Client:
    def __init__(self, session: Session, pool: asyncpg.Pool):  # hover: aiohttp.ClientSession asyncpg.Pool
        self.session = session
        self.pool = pool
        self.http = httpx.AsyncClient(timeout=5)  # hover: httpx.AsyncClient
        self.cache = aioredis.Redis()  # hover: redis.asyncio.Redis
        self.sync = redis.Redis()
        self.threads = ThreadPoolExecutor()  # hover: concurrent.futures.ThreadPoolExecutor
        self.limit = anyio.CapacityLimiter(3)  # hover: anyio.CapacityLimiter

    async def fetch(self, url):
        async with self.session.get(url) as response:  # hover: aiohttp.ClientSession.get
            response.raise_for_status()  # hover: aiohttp.ClientResponse.raise_for_status
            if response.status != 200:  # hover: aiohttp.ClientResponse.status
                return await response.json()  # hover: aiohttp.ClientResponse.json
        async with self.http.stream("GET", url) as streamed:  # hover: httpx.AsyncClient.stream
            async for line in streamed.aiter_lines():  # hover: httpx.Response.aiter_lines
                print(line)
        async with self.limit:  # hover: anyio.CapacityLimiter
            await self.http.put(url)  # hover: httpx.AsyncClient.put
        requests.get(url)

    async def store(self, key):
        async with self.pool.acquire() as conn, conn.transaction():  # hover: asyncpg.Pool.acquire asyncpg.Connection.transaction
            await conn.execute("SELECT 1")  # hover: asyncpg.Connection.execute
        await self.cache.set(key, 1)  # hover: redis.asyncio.Redis.set
        self.sync.set(key, 1)
        async with self.cache.pipeline() as pipe:  # hover: redis.asyncio.Redis.pipeline
            await pipe.execute()  # hover: redis.asyncio.client.Pipeline.execute
        future = self.threads.submit(print)  # hover: concurrent.futures.Executor.submit
        return await asyncio.wrap_future(future)  # hover: asyncio.wrap_future


async def files():
    async with aiofiles.open("x") as file:  # hover: aiofiles.open
        await file.read()
    await aiofiles.os.remove("x")  # hover: aiofiles.os.remove
    with contextlib.suppress(asyncio.CancelledError):  # hover: contextlib.suppress asyncio.CancelledError
        await anyio.to_thread.run_sync(print)  # hover: anyio.to_thread.run_sync
    async with anyio.create_task_group() as tg:  # hover: anyio.create_task_group
        tg.start_soon(files)  # hover: anyio.abc.TaskGroup.start_soon
    with anyio.move_on_after(3) as scope:  # hover: anyio.move_on_after
        pass
    print(scope.cancelled_caught)  # hover: anyio.CancelScope.cancelled_caught


async def tree():
    async with trio.open_nursery() as nursery:  # hover: trio.open_nursery
        nursery.start_soon(trio.sleep, 1)  # hover: trio.Nursery.start_soon trio.sleep


async def loops(reader: asyncio.StreamReader):  # hover: asyncio.StreamReader
    loop = asyncio.get_running_loop()  # hover: asyncio.get_running_loop
    loop.call_soon(print)  # hover: asyncio.AbstractEventLoop.call_soon
    await loop.run_in_executor(None, print)  # hover: asyncio.AbstractEventLoop.run_in_executor
    task = asyncio.create_task(tree())  # hover: asyncio.create_task
    task.add_done_callback(print)  # hover: asyncio.Future.add_done_callback
    task.cancel()  # hover: asyncio.Task.cancel
    server = await asyncio.start_server(print)  # hover: asyncio.start_server
    server.close()  # hover: asyncio.AbstractServer.close
    process = await asyncio.create_subprocess_exec("ls")  # hover: asyncio.create_subprocess_exec
    await process.stdout.read()  # hover: asyncio.subprocess.Process.stdout asyncio.StreamReader.read
    try:
        await anext(aiter(reader))  # hover: anext aiter
    except TimeoutError:  # hover: TimeoutError
        pass
    except asyncio.TimeoutError:  # hover: asyncio.TimeoutError
        pass


@pytest_asyncio.fixture  # hover: pytest_asyncio.fixture
async def store(): ...


@pytest.mark.asyncio  # hover: pytest.mark.asyncio
async def test(mock: AsyncMock, other: Mock): ...  # hover: unittest.mock.AsyncMock


if __name__ == "__main__":
    uvloop.run(loops(None))  # hover: uvloop.run
