import asyncio
import contextlib

import aiohttp
import async_timeout
import httpx


async def client(host):
    reader, writer = await asyncio.open_connection(host, 1)  # want `AIO405` "`asyncio.open_connection\\(\\)` waits without end when the other side falls silent; set a limit with `asyncio.timeout\\(\\)`"
    await reader.readexactly(3)  # want "`reader.readexactly\\(\\)` waits"
    while line := await reader.readline():  # want "`reader.readline\\(\\)` waits"
        print(line)
    if host:
        return await reader.read()  # want "`reader.read\\(\\)` waits"


class Peer:
    async def open(self, host):
        async with asyncio.timeout(3):
            self.reader, self.writer = await asyncio.open_connection(host, 1)

    async def next(self):
        data = await self.reader.readuntil(b";")  # want "`self.reader.readuntil\\(\\)` waits"
        return data


async def sockets(sock, host):
    loop = asyncio.get_running_loop()
    await loop.sock_connect(sock, (host, 1))  # want "waits without end"
    data = await loop.sock_recv(sock, 100)  # want "waits without end"
    await loop.create_connection(asyncio.Protocol, host, 1)  # want "waits without end"
    return data


async def clients():
    async with httpx.AsyncClient(timeout=None) as c:  # want "`timeout=None` makes `httpx.AsyncClient\\(\\)` wait without end when the server falls silent; set a limit"
        await c.get("x", timeout=None)  # want "`timeout=None` makes `c.get\\(\\)` wait"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as s:  # want "`total=None` makes `aiohttp.ClientTimeout\\(\\)` wait"
        print(s)


# What is right.


async def limited(host):
    async with asyncio.timeout(5):
        reader, writer = await asyncio.open_connection(host, 1)
        await reader.read()
    async with async_timeout.timeout(5), writer:
        await reader.read()
    await asyncio.wait_for(reader.readline(), 5)


async def given(reader: asyncio.StreamReader, sock):
    process = await asyncio.create_subprocess_exec("x")
    await process.stdout.read()
    await reader.read()
    other, writer = await asyncio.open_connection(sock=sock)
    await asyncio.wait_for(other.read(), 5)


async def limited_by_the_caller(reader: asyncio.StreamReader):
    return await reader.read()


async def limited_by_a_scope(reader: asyncio.StreamReader):
    return await reader.read()


async def caller(reader):
    await asyncio.wait_for(limited_by_the_caller(reader), 5)
    async with asyncio.timeout(5):
        await limited_by_a_scope(reader)


async def others(reader, pipe):
    await reader.read()
    with open("x") as f:
        f.read()
    await pipe.readline()
    await asyncio.open_unix_connection("x")
    asyncio.open_connection("x", 1)


async def clients_with_limits():
    async with httpx.AsyncClient(timeout=5) as c, httpx.AsyncClient() as d:
        await c.get("x")
        await d.get("x", timeout=httpx.Timeout(None))
    aiohttp.ClientTimeout(total=None, sock_read=5)
    aiohttp.ClientTimeout(total=5)
    contextlib.nullcontext(timeout=None)


async def test_read(reader: asyncio.StreamReader):
    await reader.read()
