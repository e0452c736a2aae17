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
        cls.make()  # want "`cls.make..` is never awaited"
        return cls()

    @staticmethod
    async def stat():
        pass

    @property
    async def size(self):
        return 1

    async def use(self):
        self.save()  # want "`self.save..` is never awaited, so it never runs; await it"
        self.loader.load()  # want "`self.loader.load..`"
        self.other.load()  # want "`self.other.load..`"
        self.stat()  # want "`self.stat..`"
        Store.stat()  # want "`Store.stat..`"
        super().save()
        self.hook()
        self.unknown()
        await self.save()

    def sync(self):
        self.save()  # want "`self.save..`"


class Sub(Store):
    async def save(self):
        super().save()  # want "`super...save..`"


class Loader:
    async def load(self):
        pass

    async def __call__(self):
        pass


async def statements(store: Store, maybe: Store | None, unknown, cb: Callable[[], Awaitable[int]]):
    fetch()  # want "`fetch..` is never awaited"
    fetch(1)  # want "`fetch..`"
    (fetch())  # want "`fetch..`"
    plain()  # want "`plain..`"
    declared()  # want "`declared..`"
    wrapped()  # want "`wrapped..`"
    over(1)  # want "`over..`"
    decorated()
    either()
    agen()
    manager()
    store.save()  # want "`store.save..`"
    if maybe:
        maybe.save()  # want "`maybe.save..`"
    unknown.save()
    cb()
    Loader()()  # want "`Loader....`"
    _ = fetch()  # want "`fetch..`"
    fetch() if unknown else wrapped()  # want "`fetch..`" "`wrapped..`"
    unknown and fetch()  # want "`fetch..`"
    fetch(), wrapped()  # want "`fetch..`" "`wrapped..`"
    [fetch(n) for n in unknown]  # want "`fetch..`"
    {fetch()}  # want "`fetch..`"
    (fetch(n) for n in unknown)
    x = fetch()
    await x
    [await fetch(n) for n in unknown]
    await fetch() if unknown else await wrapped()
    task = asyncio.create_task(fetch())
    await task
    return fetch()


async def stdlib():
    asyncio.create_subprocess_exec("ls")  # want "`asyncio.create_subprocess_exec..`"
    nap(1)  # another rule
    asyncio.sleep(1)
    partial = functools.partial(fetch, 1)
    partial()  # want "`partial..`"
    call = fetch
    call()  # want "`call..`"
    if partial:
        call = print
    call()


def sync():
    fetch()  # want "`fetch..`"
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
        fetch()  # want "`fetch..`"
    with pytest.raises(KeyError):
        fetch()  # want "`fetch..`"
    with pytest.raises((Refused, OSError), match="x"):
        fetch()  # want "`fetch..`"
    with case.assertRaises(KeyError) as caught:
        fetch()  # want "`fetch..`"
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
        fetch()  # want "`fetch..`"

    class Local:
        fetch()  # want "`fetch..`"

    return inner


async def unreachable():
    return 1
    fetch()


async def yielding():
    yield fetch()
    x = yield fetch()


async def rebound():
    obj = Store(Loader())
    obj.save()  # want "`obj.save..`"
    obj = object()
    obj.save()


fetch()  # want "`fetch..`"
if __name__ == "__main__":
    fetch(3)  # want "`fetch..`"


def mapped(items):
    list(map(fetch, items))  # want "`list..` makes coroutines that are never awaited"
    map(fetch, items)  # want "`map..` makes coroutines that are never awaited"
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
    seen()  # want "`seen..`"
    await seen()
    ran()
    begun()
