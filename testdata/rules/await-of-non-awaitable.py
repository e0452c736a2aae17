import abc
import asyncio
import contextlib
import time
import types
from pathlib import Path
from typing import Any, Awaitable, Optional, Protocol

import anthropic
import openai
import requests
from time import sleep


def count() -> int:
    return 1


def nothing():
    print("x")


def inferred():
    return {"a": 1}


def stub():
    ...


def raises():
    raise NotImplementedError


def coroutine_or_none(flag) -> Optional[Awaitable[int]]: ...


def unknown_result(x):
    return x()


def anything() -> Any: ...


def passes_on():
    return work()


@some_decorator
def decorated() -> int:
    return 1


async def work():
    return 1


@types.coroutine
def old():
    yield


class Awaitable_:
    def __await__(self):
        yield


class Plain:
    def __enter__(self):
        return self


@magic
class Magic:
    pass


class Meta(metaclass=Whatever):
    pass


class Unknown(Base):
    pass


class New:
    def __new__(cls):
        return work()


class Handler:
    value: int = 1
    result = None

    def hook(self):
        print("overridden, perhaps")

    def declared(self) -> int:
        return 1

    def _private(self):
        return 1

    def stubbed(self) -> None:
        pass

    @abc.abstractmethod
    def abstract(self) -> int: ...

    @property
    def prop(self) -> int:
        return 1

    async def run(self, other: "Handler"):
        await self.hook()
        await self.declared()  # want "`self.declared..` gives an `int`, which cannot be awaited; drop the await"
        await self._private()  # want "`self._private..` gives an `int`"
        await self.stubbed()
        await self.abstract()
        await self.result
        handler = Handler()
        await handler.hook()  # want "`handler.hook..` gives None"
        await other.hook()


class Proto(Protocol):
    def method(self) -> int: ...


async def main(flag, proto: Proto, x=None, loop: "asyncio.AbstractEventLoop" = None):
    await time.sleep(1)  # want "`time.sleep..` gives None, which cannot be awaited; use `await asyncio.sleep"
    await sleep(1)  # want "`sleep..` gives None"
    await requests.get("http://localhost", timeout=1)  # want "gives a `Response`, which cannot be awaited, and blocks the event loop; run it in a thread"
    await count()  # want "`count..` gives an `int`"
    n = await count()  # want "`count..` gives an `int`"
    await nothing()  # want "`nothing..` gives None"
    await inferred()  # want "gives a `dict`"
    await stub()
    await raises()
    await coroutine_or_none(flag)
    await unknown_result(flag)
    await anything()
    await passes_on()
    await decorated()
    await work()
    await old()
    await Awaitable_()
    await Plain()  # want "gives a `Plain`"
    await Magic()
    await Meta()
    await Unknown()
    await New()
    await proto.method()
    await x
    await [work(), work()]  # want "A `list` cannot be awaited; gather what is in it"
    await (work(), work())  # want "A `tuple` cannot be awaited"
    await [work() for _ in range(3)]  # want "A `list` cannot be awaited"
    await asyncio.gather(work())
    await asyncio.create_task(work())
    await loop.run_in_executor(None, count)
    task = asyncio.create_task(work())
    await task
    await (count() if flag else work())
    number = 1
    await number  # want "`number` is an `int`, which cannot be awaited"
    future = None

    def later():
        nonlocal future
        future = work()

    later()
    await future
    await Path("x").read_text()  # want "gives a `str`.*run it in a thread"
    event = asyncio.Event()
    await event.wait()
    await event.set()  # want "`event.set..` gives None"
    await asyncio.get_running_loop().create_future()
    print(await count())  # want "`count..`"
    return await count() + 1  # want "`count..`"


def sync():
    await count()  # broken: another rule


async def locks(lock: asyncio.Lock):
    with await lock:  # another rule
        pass
    await lock  # want "`lock` is a `Lock`"


class Client:
    def start(self, loop) -> "Client":
        coro = self._start()
        return coro if loop.is_running() else loop.run_until_complete(coro)

    async def _start(self):
        return self

    async def restart(self):
        return await self.start(asyncio.get_running_loop())


def shows() -> None:
    print("shown")


def makes(flag):
    return asyncio.sleep(1)


class Handed:
    def plain(self):
        print("plain")

    async def run(self, unknown, group: asyncio.TaskGroup):
        asyncio.ensure_future(shows())  # want "`shows..` gives None, which `asyncio.ensure_future..` cannot await"
        await asyncio.gather(shows(), makes(1), count())  # want "`shows..` gives None" "`count..` gives an `int`"
        await asyncio.wait_for(shows(), 1)  # want "`asyncio.wait_for..` cannot await"
        await asyncio.shield(count())  # want "cannot await"
        group.create_task(shows())  # want "`group.create_task..` cannot await"
        asyncio.get_running_loop().run_until_complete(count())  # want "cannot await"
        task = asyncio.ensure_future(self.plain())
        await asyncio.gather(makes(1), unknown(), task, *[makes(2)])
        await asyncio.Condition().wait_for(makes(1))
        await asyncio.to_thread(shows())


def begin():
    print("main")


asyncio.run(begin())  # want "`begin..` gives None, which `asyncio.run..` cannot await"


async def ask(prompt):
    client = openai.OpenAI()
    await client.chat.completions.create(messages=prompt)  # want "gives a `ChatCompletion` or a `Stream`, which cannot be awaited, and blocks the event loop"
    await anthropic.Anthropic().messages.create(max_tokens=1)  # want "gives a `Message` or a `Stream`"
    return await openai.AsyncOpenAI().chat.completions.create(messages=prompt)


@contextlib.asynccontextmanager
async def connection():
    yield 1


@contextlib.contextmanager
def timer():
    yield 1


async def managers():
    await connection()  # want "cannot be awaited"
    await timer()  # want "cannot be awaited"
    async with connection() as c:
        print(c)
