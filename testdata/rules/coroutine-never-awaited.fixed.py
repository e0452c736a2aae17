import asyncio
import functools
import unittest

import pytest
from asyncio import sleep as nap
from contextlib import asynccontextmanager
from typing import Awaitable, Callable, Coroutine, overload


async def fetch(n=0) -> int:
    return n


def plain():
    return fetch()  # handed to the caller


def declared() -> Coroutine[None, None, int]: ...


@functools.wraps(fetch)
async def wrapped():
    pass


@some_decorator
async def decorated():
    pass


@overload
async def over(x: int) -> int: ...
@overload
async def over(x: str) -> str: ...
async def over(x):
    return x


if input():
    async def either():
        pass
else:
    def either():
        pass


async def agen():
    yield 1


@asynccontextmanager
async def manager():
    yield 1


class Store:
    def __init__(self, loader: "Loader"):
        self.loader = loader
        self.other = Loader()
        self.hook = None

    async def save(self):
        pass

    @classmethod
    async def make(cls):
        await cls.make()
        return cls()

    @staticmethod
    async def stat():
        pass

    @property
    async def size(self):
        return 1

    async def use(self):
        await self.save()
        await self.loader.load()
        await self.other.load()
        await self.stat()
        await Store.stat()
        super().save()
        self.hook()
        self.unknown()
        await self.save()

    def sync(self):
        self.save()


class Sub(Store):
    async def save(self):
        await super().save()


class Loader:
    async def load(self):
        pass

    async def __call__(self):
        pass


async def statements(store: Store, maybe: Store | None, unknown, cb: Callable[[], Awaitable[int]]):
    await fetch()
    await fetch(1)
    (await fetch())
    await plain()
    await declared()
    await wrapped()
    await over(1)
    decorated()
    either()
    agen()
    manager()
    await store.save()
    if maybe:
        await maybe.save()
    unknown.save()
    cb()
    await Loader()()
    _ = await fetch()
    await fetch() if unknown else await wrapped()
    unknown and await fetch()
    await fetch(), await wrapped()
    [await fetch(n) for n in unknown]
    {await fetch()}
    (fetch(n) for n in unknown)
    x = fetch()
    await x
    [await fetch(n) for n in unknown]
    await fetch() if unknown else await wrapped()
    task = asyncio.create_task(fetch())
    await task
    return fetch()


async def stdlib():
    await asyncio.create_subprocess_exec("ls")
    nap(1)  # another rule
    asyncio.sleep(1)
    partial = functools.partial(fetch, 1)
    await partial()
    call = fetch
    await call()
    if partial:
        call = print
    call()


def sync():
    fetch()
    lambda: fetch()
    later(lambda: fetch())


def shadow(fetch):
    fetch()


def gettext(_):
    _ = fetch()
    return _


async def expected(case: unittest.TestCase):
    with pytest.raises(TypeError):
        fetch(1, 2)
    with pytest.warns(RuntimeWarning), open("x"):
        fetch()
    with case.assertRaises(TypeError):
        fetch()
    with open("x"):
        await fetch()
    with pytest.raises(KeyError):
        await fetch()
    with pytest.raises((Refused, OSError), match="x"):
        await fetch()
    with case.assertRaises(KeyError) as caught:
        await fetch()
    with pytest.raises(KeyError):
        fetch(*{}["x"])
    with pytest.raises(KeyError):
        checked()
    with pytest.raises((KeyError, TypeError)):
        fetch()
    with pytest.raises(Unfit):
        fetch()
    with pytest.raises(Exception):
        fetch()
    with pytest.raises(RuntimeError):
        fetch()
    with pytest.raises(unknown):
        fetch()
    with pytest.raises(KeyError), pytest.warns(UserWarning):
        fetch()
    print(caught)


class Refused(ValueError): ...


class Unfit(TypeError): ...


@unknown
async def checked(): ...


async def nested():
    def inner():
        fetch()

    class Local:
        fetch()

    return inner


async def unreachable():
    return 1
    fetch()


async def yielding():
    yield fetch()
    x = yield fetch()


async def rebound():
    obj = Store(Loader())
    await obj.save()
    obj = object()
    obj.save()


asyncio.run(fetch())
if __name__ == "__main__":
    asyncio.run(fetch(3))


def mapped(items):
    list(map(fetch, items))
    map(fetch, items)
    list(map(str, items))
    coroutines = list(map(fetch, items))
    return coroutines


def traced(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        print("called")
        return function(*args, **kwargs)

    return inner


def running(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))

    return inner


def started(function):
    def inner(*args):
        task = asyncio.ensure_future(function(*args))
        return task

    return inner


@traced
async def seen():
    pass


@running
async def ran():
    pass


@started
async def begun():
    pass


async def decorated_calls():
    await seen()
    await seen()
    ran()
    begun()
