import asyncio
import contextlib
import contextvars
import logging
import shutil
import tempfile
import typing
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from contextlib import asynccontextmanager as acm

import pytest
from fastapi import FastAPI

log = logging.getLogger(__name__)
current = contextvars.ContextVar("current")


@asynccontextmanager
async def plain(pool):
    conn = await pool.acquire()
    try:
        yield conn
    finally:
        await pool.release(conn)


@contextlib.asynccontextmanager
async def qualified(connect):
    conn = await connect()
    try:
        yield conn

    finally:
        # The connection is ours alone.
        # Nobody else closes it.
        await conn.close()  # and wait for it


@acm
async def commits(factory):
    session = factory()
    try:
        yield session
        await session.commit()
        log.info("done")
    finally:
        await session.close()
    print("closed")


@asynccontextmanager
async def nested(connect):
    conn = await connect()
    try:
        async with conn.transaction() as tx:
            text = """a
    b"""
            yield tx, text

    finally:
        if conn.open:
            await conn.aclose()


@asynccontextmanager
async def half(connect):
    a = await connect()
    b = await connect()
    try:
        try:
            yield a, b
        finally:
            await a.disconnect()
    finally:
        await b.disconnect()


@asynccontextmanager
async def rolled_back(factory):
    session = factory()
    try:
        yield session
    except Exception:
        await session.rollback()
        raise
    finally:
        await session.close()


@asynccontextmanager
async def within(factory):
    session = factory()
    try:
        try:
            yield session
        finally:
            await session.close()
    except ValueError:
        log.warning("no value")


@asynccontextmanager
async def in_else(factory):
    session = factory()
    try:
        yield session
    except ValueError:
        raise RuntimeError
    else:
        await session.close()


@asynccontextmanager
async def branches(connect, pool):
    if pool is None:
        conn = await connect()
        try:
            yield conn
        finally:
            await conn.close()
    else:
        conn = await pool.acquire()
        try:
            yield conn
        finally:
            pool.release(conn)


@asynccontextmanager
async def a_function(start_worker):
    worker = await start_worker()
    try:
        yield worker
    finally:
        await stop_worker(worker)


@asynccontextmanager
async def folder():
    path = tempfile.mkdtemp()
    try:
        yield path
    finally:
        shutil.rmtree(path)


@asynccontextmanager
async def task(work):
    running = asyncio.create_task(work())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@asynccontextmanager
async def variable(value):
    token = current.set(value)
    try:
        yield
    finally:
        current.reset(token)


@asynccontextmanager
async def value_of_the_yield(connect):
    conn = await connect()
    reason = yield conn
    await conn.close(reason)


@asynccontextmanager
async def one_line(connect):
    conn = await connect()
    yield conn; await conn.close()


@asynccontextmanager
async def threads(connect):
    conn = await asyncio.to_thread(connect)
    try:
        yield conn
    finally:
        await asyncio.to_thread(conn.close)


@asynccontextmanager
async def together(connect):
    a, b = await connect(), await connect()
    try:
        yield a, b
    finally:
        await asyncio.gather(a.close(), b.close(), return_exceptions=True)


class Hub:
    clients: set
    busy = 0

    @asynccontextmanager
    async def client(self, c):
        self.clients.add(c)
        try:
            yield c
        finally:
            self.clients.discard(c)

    @asynccontextmanager
    async def counted(self):
        self.busy += 1
        try:
            yield self
        finally:
            self.busy -= 1

    @asynccontextmanager
    async def flagged(self):
        self.active = True
        try:
            yield self
        finally:
            self.active = False

    @asynccontextmanager
    async def swapped(self, timeout):
        old = self.timeout
        self.timeout = timeout
        try:
            yield self
        finally:
            self.timeout = old

    @asynccontextmanager
    async def entry(self, key):
        self.entries[key] = asyncio.Event()
        try:
            yield self.entries[key]
        finally:
            del self.entries[key]

    @asynccontextmanager
    async def popped(self, key):
        self.entries[key] = asyncio.Event()
        try:
            yield self.entries[key]
        finally:
            self.entries.pop(key, None)

    @asynccontextmanager
    async def counts(self):
        start = self.now()
        yield self
        self.elapsed = self.now() - start
        self.uses += 1
        self.last = None
        self.names.remove("x")
        self.cache.clear()


# What follows is right.


@asynccontextmanager
async def protected(pool):
    conn = await pool.acquire()
    try:
        yield conn
    finally:
        await pool.release(conn)


@asynccontextmanager
async def both_ways(factory):
    session = factory()
    try:
        yield session
    except BaseException:
        await session.close()
        raise
    await session.close()


@asynccontextmanager
async def swallowed(factory):
    session = factory()
    with suppress(BaseException):
        yield session
    await session.close()


@asynccontextmanager
async def swallowed_by_a_clause(factory):
    session = factory()
    try:
        yield session
    except BaseException:
        log.exception("lost")
    await session.close()


@asynccontextmanager
async def success_only(factory):
    async with factory() as session:
        yield session
        await session.commit()
        log.info("committed")


@asynccontextmanager
async def with_exits(connect):
    async with connect() as conn:
        yield conn
        await conn.close()


@asynccontextmanager
async def group_exits(work):
    async with asyncio.TaskGroup() as tg:
        running = tg.create_task(work())
        yield
        running.cancel()


@asynccontextmanager
async def scope(work):
    import anyio

    async with anyio.create_task_group() as tg:
        tg.start_soon(work)
        yield
        tg.cancel_scope.cancel()


@asynccontextmanager
async def stack(connect):
    async with AsyncExitStack() as exits:
        conn = await exits.enter_async_context(connect())
        yield conn
        await conn.close()


@asynccontextmanager
async def early(flag, connect):
    if not flag:
        yield None
        return
    conn = await connect()
    try:
        yield conn
    finally:
        await conn.close()


@asynccontextmanager
async def lifespan(app: FastAPI):
    engine = await connect_engine()
    yield
    await engine.dispose()


@asynccontextmanager
async def startup(app: FastAPI) -> typing.AsyncIterator[None]:
    engine = await connect_engine()
    yield
    await engine.dispose()


@asynccontextmanager
async def remembers(self):
    before = set(self.tasks)
    yield
    self.seen = set(self.tasks) - before
    assert self.seen


@contextmanager
def synchronous(connect):
    conn = connect()
    yield conn
    conn.close()


@pytest.fixture
async def client(connect):
    conn = await connect()
    yield conn
    await conn.close()


async def generator(connect):
    conn = await connect()
    yield conn
    await conn.close()


def asynccontextmanager_of_ours(f):
    return f


@asynccontextmanager_of_ours
async def ours(connect):
    conn = await connect()
    yield conn
    await conn.close()


@asynccontextmanager
async def inner(connect):
    conn = await connect()

    async def stop():
        await conn.close()

    yield conn, stop
    log.info("left")


@asynccontextmanager
async def in_threads(cm):
    value = await asyncio.to_thread(cm.__enter__)
    try:
        yield value
    except BaseException as e:
        await asyncio.to_thread(cm.__exit__, type(e), e, e.__traceback__)
        raise
    else:
        await asyncio.to_thread(cm.__exit__, None, None, None)


@asynccontextmanager
async def asks(conn, send):
    import anyio

    yield conn
    if conn.close_expected():
        send(conn.release_count())
    await anyio.lowlevel.cancel_shielded_checkpoint()
    if not conn.closed:
        raise RuntimeError


@asynccontextmanager
async def late_name(connect):
    conn = await connect()
    yield conn
    extra = await connect()
    await conn.send(extra)
    await extra.close()
