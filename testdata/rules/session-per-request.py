import asyncio
import os

import aiohttp
import asyncpg
import httpx
from aiohttp import web
from fastapi import FastAPI
from redis.asyncio import Redis

app = FastAPI()


async def fetch(url):
    async with aiohttp.ClientSession() as session:  # want `AIO702` "`aiohttp.ClientSession\\(\\)` opens new connections each time `fetch` is called, and uses none of them again; make one and share it"
        async with session.get(url) as resp:
            return await resp.text()


async def all_of(urls):
    return await asyncio.gather(*(fetch(url) for url in urls))


async def in_a_loop(urls):
    for url in urls:
        async with httpx.AsyncClient(timeout=5) as client:  # want "`httpx.AsyncClient\\(\\)` opens new connections for each item"
            await client.get(url)


async def in_a_comprehension(urls):
    return [await aiohttp.ClientSession().get(url) for url in urls]  # want "for each item"


async def queries(names, dsn):
    async for name in names:
        pool = await asyncpg.create_pool(dsn)  # want "`asyncpg.create_pool\\(\\)`"
        await pool.fetch("SELECT $1", name)
        await pool.close()


@app.get("/users/{user}")
async def user(user: int):
    async with httpx.AsyncClient() as client:  # want "for each request that `user` serves"
        return (await client.get("http://users")).json()


@app.post("/orders")
async def order(item: str):
    return await price(item)


async def price(item):
    client = Redis(host="cache")  # want "each time `price` is called"
    try:
        return await client.get(item)
    finally:
        await client.aclose()


async def handler(request: web.Request) -> web.Response:
    async with aiohttp.ClientSession() as session:  # want "for each request that `handler` serves"
        async with session.get("http://backend") as resp:
            return web.Response(text=await resp.text())


class Crawler:
    async def crawl(self, urls):
        for url in urls:
            await self.visit(url)

    async def visit(self, url):
        async with aiohttp.ClientSession() as session:  # want "each time `visit` is called"
            await session.get(url)


# What follows is right, or cannot be told.


async def shared(urls):
    async with aiohttp.ClientSession() as session:
        for url in urls:
            await session.get(url)


async def main():
    async with aiohttp.ClientSession() as session:
        await session.get("http://a")


async def per_host(hosts):
    for host in hosts:
        async with aiohttp.ClientSession(host) as session:
            await session.get("/")
        base = "http://" + host
        async with httpx.AsyncClient(base_url=base) as client:
            await client.get("/")


async def per_token(token):
    async with httpx.AsyncClient(headers={"Authorization": token}) as client:
        return await client.get("http://a")


async def tokens(all_tokens):
    return [await per_token(t) for t in all_tokens]


async def tries_again(url):
    for attempt in range(3):
        try:
            async with aiohttp.ClientSession() as session:
                return await session.get(url)
        except OSError:
            await asyncio.sleep(attempt)
    for _ in range(3):
        async with aiohttp.ClientSession() as session:
            await session.get(url)


async def reconnects(url):
    while True:
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(url) as ws:
                async for message in ws:
                    print(message)


async def first(urls):
    for url in urls:
        async with aiohttp.ClientSession() as session:
            await session.get(url)
        break


def several(n):
    return [aiohttp.ClientSession() for i in range(n)]


async def kept(hosts):
    clients = {}
    for host in hosts:
        clients[host] = httpx.AsyncClient()
        client = httpx.AsyncClient()
        clients[host, 1] = client
    return clients


async def cached():
    global pool
    for name in os.environ:
        pool = await asyncpg.create_pool(name)


async def open_session():
    session = aiohttp.ClientSession()
    return session


async def sessions(urls):
    for url in urls:
        session = await open_session()
        await session.close()


async def connection(dsns):
    for dsn in dsns:
        conn = await asyncpg.connect()
        await conn.close()


async def once_in_a_loop():
    for x in range(10):
        print(x)
    await fetch("http://a")


async def unknown(ClientSession, urls):
    for url in urls:
        async with ClientSession() as session:
            await session.get(url)


@app.get("/test")
async def in_process():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        await client.get("/")


@app.on_event("startup")
async def startup():
    async with aiohttp.ClientSession() as session:
        await session.get("http://a")
