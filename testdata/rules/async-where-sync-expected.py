import atexit
import contextlib
import functools
from contextlib import asynccontextmanager, contextmanager
from functools import cache, cached_property, lru_cache
from typing import override


class Bad:
    async def __init__(self):  # want "`async def __init__` returns a coroutine instead of None, so making an object raises TypeError; make it a plain function"
        self.x = 1

    async def __del__(self):  # want "never runs"
        await self.close()

    async def __len__(self):  # want "`len..` raises TypeError"
        return 1

    async def __enter__(self):  # want "nobody awaits"
        return self

    async def __exit__(self, *args):  # want "exceptions are swallowed"
        pass

    async def __eq__(self, other):  # want "every comparison is true"
        return True

    async def __aiter__(self):  # want "returns a coroutine, so `async for` raises TypeError"
        return self

    async def __iter__(self):  # want "returns an async generator, so iterating raises TypeError"
        yield 1

    async def __setattr__(self, name, value):  # want "never runs"
        pass

    async def __getattr__(self, name):  # want "makes every attribute a coroutine"
        pass

    async def __await__(self):  # want "instead of an iterator"
        pass

    @property
    async def value(self):
        return 1

    @value.setter  # want "an async setter never runs"
    async def value(self, v):
        pass

    @functools.lru_cache(maxsize=None)  # want "`@lru_cache` on an async def caches the coroutine"
    async def cached(self):
        return 1

    @cached_property  # want "`@cached_property` on an async def caches the coroutine"
    async def lazy(self):
        return 1


class Good:
    def __init__(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        pass

    async def __aiter__(self):
        yield 1

    async def __anext__(self):
        return 1

    async def __call__(self):
        return 1

    async def __getitem__(self, key):
        return await self.load(key)

    async def __init(self):
        pass

    def __aiter(self):
        pass


class Yields:
    async def __anext__(self):  # want "async generator because of its `yield`"
        yield 1


async def __init__():
    pass


@contextmanager  # want "`@contextmanager` on an async def"
async def one():
    yield


@contextlib.contextmanager  # want "`@contextmanager` on an async def"
async def two():
    yield


@asynccontextmanager  # want "`@asynccontextmanager` on a plain generator"
def three():
    yield


@asynccontextmanager  # want "without `yield`"
async def four():
    return 1


@asynccontextmanager
def five():
    return one()


@asynccontextmanager
async def six():
    yield


@contextmanager
def seven():
    yield


@lru_cache  # want "`@lru_cache`"
async def eight():
    return 1


@cache  # want "`@cache`"
async def nine():
    yield 1


@cache
def ten():
    return 1


@other.cache
async def eleven():
    return 1


@atexit.register  # want "`atexit` calls `twelve` as a plain function"
async def twelve():
    pass


@contextmanager
@other
async def thirteen():  # who knows
    yield


class Decorated:
    @library.generator
    async def __aiter__(self):
        await library.give(1)

    @override
    async def __len__(self):  # want "returns a coroutine instead of a number"
        return 1
