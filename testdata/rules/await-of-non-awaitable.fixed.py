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
        self.declared()
        self._private()
        await self.stubbed()
        await self.abstract()
        await self.result
        handler = Handler()
        handler.hook()
        await other.hook()


class Proto(Protocol):
    def method(self) -> int: ...


async def main(flag, proto: Proto, x=None, loop: "asyncio.AbstractEventLoop" = None):
    await asyncio.sleep(1)
    await asyncio.sleep(1)
    await asyncio.to_thread(requests.get, "http://localhost", timeout=1)
    count()
    n = count()
    nothing()
    inferred()
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
    Plain()
    await Magic()
    await Meta()
    await Unknown()
    await New()
    await proto.method()
    await x
    await asyncio.gather(*[work(), work()])
    await asyncio.gather(*(work(), work()))
    await asyncio.gather(*[work() for _ in range(3)])
    await asyncio.gather(work())
    await asyncio.create_task(work())
    await loop.run_in_executor(None, count)
    task = asyncio.create_task(work())
    await task
    await (count() if flag else work())
    number = 1
    number
    future = None

    def later():
        nonlocal future
        future = work()

    later()
    await future
    await asyncio.to_thread(Path("x").read_text)
    event = asyncio.Event()
    await event.wait()
    event.set()
    await asyncio.get_running_loop().create_future()
    print(count())
    return count() + 1


def sync():
    await count()  # broken: another rule


async def locks(lock: asyncio.Lock):
    with await lock:  # another rule
        pass
    lock


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
        asyncio.ensure_future(shows())
        await asyncio.gather(shows(), makes(1), count())
        await asyncio.wait_for(shows(), 1)
        await asyncio.shield(count())
        group.create_task(shows())
        asyncio.get_running_loop().run_until_complete(count())
        task = asyncio.ensure_future(self.plain())
        await asyncio.gather(makes(1), unknown(), task, *[makes(2)])
        await asyncio.Condition().wait_for(makes(1))
        await asyncio.to_thread(shows())


def begin():
    print("main")


asyncio.run(begin())


async def ask(prompt):
    client = openai.OpenAI()
    await asyncio.to_thread(client.chat.completions.create, messages=prompt)
    await asyncio.to_thread(anthropic.Anthropic().messages.create, max_tokens=1)
    return await openai.AsyncOpenAI().chat.completions.create(messages=prompt)


@contextlib.asynccontextmanager
async def connection():
    yield 1


@contextlib.contextmanager
def timer():
    yield 1


async def managers():
    connection()
    timer()
    async with connection() as c:
        print(c)
