import asyncio
import contextlib
from contextlib import asynccontextmanager, contextmanager

import anyio
import async_timeout
import pytest
import trio


def work(): ...


async def scopes():
    with trio.move_on_after(5):
        yield 1
    with trio.fail_after(5):
        yield 1
    with trio.CancelScope() as scope:
        yield scope
    async with trio.open_nursery():
        yield 1
    with anyio.move_on_after(5):
        yield 1
    async with anyio.create_task_group() as group:
        yield group
    async with asyncio.timeout(5):
        yield 1
    async with asyncio.timeout_at(5):
        yield 1
    async with asyncio.TaskGroup(), open_it():
        yield 1
    async with async_timeout.timeout(5):
        yield 1
    with trio.move_on_after(5):
        if work():
            with open("x") as f:
                for line in f:
                    yield line
    with trio.move_on_after(5):
        x = [(yield 1)]
        y = yield
        work(x, y)


def plain_generator():
    with trio.move_on_after(5):
        yield 1
    with trio.CancelScope():
        yield from work()


class Streams:
    def __init__(self):
        self.group = anyio.create_task_group()

    @asynccontextmanager
    async def __aiter__(self):
        with trio.fail_after(5):
            yield 1

    @classmethod
    async def make(cls):
        with trio.fail_after(5):
            yield 1

    @asynccontextmanager
    async def kept(self):
        async with self.group:
            yield 1

    def __await__(self):
        with trio.fail_after(5):
            yield 1

    @asynccontextmanager
    async def manager(self):
        with trio.fail_after(5):
            yield 1


def open_it(): ...


async def others(timeout, pool):
    async with open_it():
        yield 1
    with open("x") as f:
        yield f
    async with timeout(5):
        yield 1
    async with pool.move_on_after(5):
        yield 1
    with trio.move_on_after(5):
        await trio.sleep(1)
    yield 1
    with trio.move_on_after(5):

        async def inner():
            yield 1

        def callback():
            yield 2

        await trio.sleep(1)
    async with asyncio.Lock():
        yield 1


@asynccontextmanager
async def manager():
    with trio.move_on_after(5):
        yield 1


@contextlib.asynccontextmanager
async def qualified():
    async with asyncio.timeout(5):
        yield 1


@contextmanager
def plain():
    with trio.CancelScope() as scope:
        yield scope


@pytest.fixture
async def fixture():
    async with trio.open_nursery() as nursery:
        yield nursery


@pytest.fixture(scope="module")
async def module_fixture():
    async with trio.open_nursery() as nursery:
        yield nursery


@trio.as_safe_channel
async def channel():
    async with trio.open_nursery() as nursery:
        yield nursery


@work
async def unknown_decorator():
    async with trio.open_nursery() as nursery:
        yield nursery
