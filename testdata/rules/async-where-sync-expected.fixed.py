import atexit
import contextlib
import functools
from contextlib import asynccontextmanager, contextmanager
from functools import cache, cached_property, lru_cache
from typing import override


class Bad:
    def __init__(self):
        self.x = 1

    async def __del__(self):
        await self.close()

    def __len__(self):
        return 1

    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        pass

    def __eq__(self, other):
        return True

    def __aiter__(self):
        return self

    async def __aiter__(self):
        yield 1

    def __setattr__(self, name, value):
        pass

    def __getattr__(self, name):
        pass

    def __await__(self):
        pass

    @property
    async def value(self):
        return 1

    @value.setter
    async def value(self, v):
        pass

    @functools.lru_cache(maxsize=None)
    async def cached(self):
        return 1

    @cached_property
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
    async def __anext__(self):
        yield 1


async def __init__():
    pass


@asynccontextmanager
async def one():
    yield


@asynccontextmanager
async def two():
    yield


@contextmanager
def three():
    yield


@asynccontextmanager
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


@lru_cache
async def eight():
    return 1


@cache
async def nine():
    yield 1


@cache
def ten():
    return 1


@other.cache
async def eleven():
    return 1


@atexit.register
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
    def __len__(self):
        return 1
