import asyncio
import atexit
import contextlib
import logging
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AsyncExitStack, aclosing

import aiofiles
import aiohttp
import aiomysql
import aiosqlite
import aiokafka
import anyio
import asyncpg
import httpx
import pytest
import redis.asyncio as redis
import websockets
from aiohttp import ClientSession as Session
from redis.asyncio import Redis

log = logging.getLogger(__name__)
shared = aiohttp.ClientSession()


async def never(url):
    async with aiohttp.ClientSession() as session:
        resp = await session.get(url)
        # The text is read as it comes.
        return await resp.text()


async def an_alias(url):
    async with Session(
        headers={"a": "b"},  # of ours
    ) as session:
        async with session.get(url) as resp:
            print(resp.status)


async def closed_behind(url):
    async with httpx.AsyncClient() as client:
        resp = await client.get(url)
    return resp.json()


async def leaves_early(url, wanted):
    async with Session() as session:
        if not wanted:
            return None
        try:
            return await session.get(url)
        finally:
            await session.close()


async def raises_early(dsn):
    conn = await asyncpg.connect(dsn)
    try:
        if conn.get_server_version() < (12,):
            raise RuntimeError("too old")
    finally:
        await conn.close()


async def only_on_failure(dsn):
    conn = await asyncpg.connect(dsn)
    try:
        try:
            rows = await conn.fetch("SELECT 1")
        except OSError:
            await conn.close()
            raise
    finally:
        await conn.close()
    return len(rows)


async def in_a_handler(path):
    async with aiosqlite.connect(path) as db:
        try:
            n = int(sys.argv[1])
        except ValueError:
            return 0
    return n


async def in_a_loop(urls):
    for url in urls:
        async with Session() as session:
            text = """a
b"""
            await session.post(url, data=text)


async def again():
    while True:
        async with redis.from_url("redis://") as r:
            await r.get("a")


async def connection(host):
    reader, writer = await asyncio.open_connection(host, 80)
    try:
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        await writer.drain()
        return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


async def limited(host):
    r, w = await asyncio.wait_for(asyncio.open_connection(host, 80), 5)
    try:
        data = await r.read()
    finally:
        w.close()
        await w.wait_closed()
    return data


async def gone(writer):
    await writer.wait_closed()


async def asked_when_closed(host):
    r, w = await asyncio.open_connection(host, 80)
    try:
        await r.read()
        w.close()
        await gone(w)
    finally:
        w.close()
        await w.wait_closed()


async def asks_for_plain_things(url):
    async with Session() as session:
        version = session.version
        session.label = url
        if session.connector is None or session.closed:
            print(session.version, len(session.version))
        await session.get(url)
        return version


async def unused_writer(host):
    reader, _ = await asyncio.open_connection(host, 80)
    return await reader.read()


async def dropped(host):
    aiohttp.ClientSession()
    await asyncio.open_connection(host, 80)


async def chained(url):
    async with aiohttp.ClientSession().get(url) as resp:
        print(resp)
    return (await httpx.AsyncClient(timeout=3).get(url)).json()


async def others(path, dsn, uri):
    async with aiofiles.open(path) as f:
        pool = await aiomysql.create_pool()
        ws = await websockets.connect(uri)
        stream = await anyio.connect_tcp("a", 1)
        r = Redis(host="a")
        await ws.send(await f.read())
        async with pool.acquire() as conn:
            print(conn)
        await stream.send(b"")
        return await r.get("a")


async def acquired(pool: asyncpg.Pool):
    async with pool.acquire() as conn:
        rows = await conn.fetch("SELECT 1")
    return rows


async def never_released(pool: asyncpg.Pool):
    async with pool.acquire() as conn:
        return await conn.fetch("SELECT 1")


async def in_a_try(dsn):
    rows = []
    try:
        conn = await asyncpg.connect(dsn)
        try:
            rows = await conn.fetch("SELECT 1")
        finally:
            await conn.close()
    except OSError as e:
        print(e)
    return rows


async def walrus(url):
    if (s := Session()) is not None:
        await s.get(url)


async def maybe(url, session=None):
    session = session or Session()
    return await session.get(url)


async def given_to_who_only_uses_it(urls):
    async with Session() as session:
        log.info("open: %s", session)
        print(len(urls), session)
        await asyncio.gather(*(fetch(session, url) for url in urls))
        await uses(1, client=session)


async def fetch(session: Session, url):
    if session.closed:
        return None
    async with session.get(url) as resp:
        return await resp.text()


async def uses(n, client):
    await fetch(client, n)


class Crawler:
    async def crawl(self, urls):
        async with Session() as session:
            for url in urls:
                await self.visit(session, url)

    async def visit(self, session, url):
        return await session.get(url)


def synchronous(url):
    client = httpx.AsyncClient()
    return asyncio.run(client.get(url))


def run_to_the_end(dsn):
    conn = asyncio.run(asyncpg.connect(dsn))
    print(conn.get_server_pid())


async def rebound(a, b):
    conn = await asyncpg.connect(a)
    if not conn.is_closed():
        conn = await asyncpg.connect(b)
    await conn.close()


async def matched(url, kind):
    async with Session() as session:
        match kind:
            case "a":
                await session.close()
            case "b":
                print(url)


# What follows is right, or cannot be told.


async def entered(url, dsn, path):
    async with Session() as session, asyncpg.create_pool(dsn) as pool:
        await session.get(url)
        await pool.fetch("SELECT 1")
    async with aiosqlite.connect(path) as db, aiofiles.open(path) as f:
        await db.execute(await f.read())
    client = httpx.AsyncClient()
    async with client:
        await client.get(url)
    other = Session()
    async with other as session:
        await session.get(url)
    third = httpx.AsyncClient()
    async with aclosing(third):
        await third.get(url)


async def closed_in_finally(url, dsn):
    session = None
    conn = None
    try:
        session = Session()
        conn = await asyncpg.connect(dsn)
        return await session.get(url)
    finally:
        if session:
            await session.close()
        if conn is not None and not conn.is_closed():
            await conn.close()


async def released(pool: asyncpg.Pool):
    async with pool.acquire() as conn:
        await conn.fetch("SELECT 1")
    conn = await pool.acquire()
    try:
        await conn.fetch("SELECT 1")
    finally:
        await pool.release(conn)


async def closed_before(url):
    session = Session()
    try:
        await session.get(url)
    except BaseException:
        await session.close()
        raise
    await session.close()
    await asyncio.sleep(1)


async def own(url, session=None):
    ours = session is None
    if ours:
        session = Session()
    try:
        return await session.get(url)
    finally:
        if ours:
            await session.close()


async def returned(dsn):
    conn = await asyncpg.connect(dsn)
    return conn


async def returned_in_a_pair(host):
    reader, writer = await asyncio.open_connection(host, 80)
    return reader, writer


async def returned_at_once(host):
    return await asyncio.open_connection(host, 80)


async def yielded():
    session = Session()
    yield session
    await session.close()


async def handed_on(url, app, stack: AsyncExitStack, bot):
    a = Session()
    app["session"] = a
    b = Session()
    app.add(b)
    c = await stack.enter_async_context(httpx.AsyncClient())
    d = Session()
    stack.push_async_callback(d.close)
    e = Session()
    bot.session = e
    f = Session()
    stack.session = [f, url]
    g = Session()
    app.on_cleanup.append(g.close)
    h = Session()
    asyncio.create_task(h.close())
    i = Session()
    atexit.register(lambda: asyncio.run(i.close()))
    j = Session()
    k = j
    m = await stack.enter_async_context(Session())
    o = Session()
    await close(o)
    q = Session()
    await indirectly(q)
    s = Session()
    await asyncio.wait_for(s.close(), 1)
    t = Session()
    await keep(t)
    await c.get(url)
    await k.get(url)
    await m.get(url)


async def close(session):
    await session.close()


async def indirectly(session):
    await close(session)


async def keep(session):
    sessions.append(session)


sessions = []


async def captured(url):
    session = Session()

    async def get():
        return await session.get(url)

    return get


async def a_global():
    global shared
    shared = Session()


async def unknown(session_class, url, ClientSession):
    session = session_class()
    await session.get(url)
    other = ClientSession()
    await other.get(url)


async def not_ours(pool):
    r = Redis(connection_pool=pool)
    return await r.get("a")


async def of_an_app(app):
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test")
    return await client.get("/")


async def not_opened_yet(dsn, path):
    pool = asyncpg.create_pool(dsn)
    await pool
    conn = asyncpg.connect(dsn)
    return conn, pool


async def bound_method(url):
    session = Session()
    return session.get


async def until_the_peer_closes(uri):
    ws = await websockets.connect(uri)
    async for message in ws:
        print(message)


async def part_handed_on(url):
    session = Session()
    connector = session.connector or None
    return connector


async def aborted(host):
    reader, writer = await asyncio.open_connection(host, 80)
    writer.transport.abort()


async def ends_the_program(url):
    session = Session()
    if not url:
        sys.exit("no url")
    await session.close()


async def on_demand(keep_open):
    session = Session()
    if not keep_open:
        await session.close()


async def with_a_timeout(host):
    async with asyncio.timeout(3):
        reader, writer = await asyncio.open_connection(host, 80)
    try:
        return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


async def logged(dsn):
    try:
        conn = await asyncpg.connect(dsn)
        log.info("connected")
        return conn
    except Exception:
        return None


async def a_proper_name(client: Session):
    session = client
    await session.get("a")


async def fails():
    with pytest.raises(TypeError):
        Session(1, 2, 3)
    with contextlib.suppress(ValueError):
        s = Session()
        await s.close()


async def started():
    producer = aiokafka.AIOKafkaProducer()
    await producer.start()
    try:
        await producer.send_and_wait("topic", b"x")
    finally:
        await producer.stop()


async def not_stopped():
    async with aiokafka.AIOKafkaProducer() as producer:
        await producer.start()
        await producer.send_and_wait("topic", b"x")


async def tries_to_connect(dsn):
    for attempt in range(3):
        try:
            conn = await asyncpg.connect(dsn)
            break
        except OSError:
            await asyncio.sleep(attempt)
    else:
        raise RuntimeError("no database")
    try:
        return await conn.fetch("SELECT 1")
    finally:
        await conn.close()


async def served(handle):
    server = await asyncio.start_server(handle, port=1)
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve_forever())


async def fluent(hosts):
    es = Redis().client()
    return es


class Client:
    def __init__(self):
        self.session = Session()
        self._session = Session()

    async def get(self, url):
        return await self._session.get(url)

    async def close(self):
        await self.session.close()


async def attribute_of_another(bot):
    bot._session = Session()


async def executors(work):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:
        await loop.run_in_executor(pool, work)
    await loop.run_in_executor(ProcessPoolExecutor(), work)
    loop.set_default_executor(ThreadPoolExecutor())


async def server(handle):
    a = await asyncio.start_server(handle, port=1)
    async with a:
        await a.serve_forever()
    b = await asyncio.start_server(handle, port=1)
    await b.serve_forever()


def defaults(session=Session()):
    return session


async def serves():
    listener = await anyio.create_tcp_listener(local_port=1)
    await listener.serve(print)
