import asyncio
import functools
from typing import overload, override


async def positional(timeout): ...  # want "`positional` takes a timeout, which its caller can set around the call; leave it to `asyncio.timeout\\(\\)`"


async def keyword(url, *, timeout=None):  # want "`keyword` takes a timeout"
    await asyncio.wait_for(url, timeout)


async def annotated(timeout: float = 5):  # want "`annotated` takes a timeout"
    await asyncio.sleep(timeout)


async def positional_only(timeout: float, /): ...  # want "takes a timeout"


@functools.cache
async def decorated(timeout): ...  # want "takes a timeout"


async def outer():
    async def inner(timeout): ...  # want "`inner` takes a timeout"

    await inner(5)


class Base:
    async def get(self, timeout): ...  # want "`get` takes a timeout"

    @staticmethod
    async def make(timeout): ...  # want "`make` takes a timeout"

    async def __aexit__(self, timeout): ...

    @overload
    async def several(self, timeout: int): ...
    @overload
    async def several(self, timeout: str): ...


class Derived(Base):
    async def get(self, timeout):
        await super().get(timeout)

    @override
    async def put(self, timeout): ...


def plain(timeout): ...


async def other(timeouts, deadline, *timeout_list, timeout_s=1): ...


async def many(*timeout): ...


async def named(**timeout): ...


later = lambda timeout: timeout
