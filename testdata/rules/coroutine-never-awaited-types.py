"""What types tell: type variables, callbacks, narrowing, containers, decorators."""

from __future__ import annotations

import asyncio
import functools
import inspect
import typing as t
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping
from enum import Enum
from functools import partialmethod
from typing import Any, Optional, Protocol, Self, TypedDict, TypeVar, Union, cast
from unittest.mock import Mock

T = TypeVar("T")
M = TypeVar("M", bound="Model")
F = TypeVar("F", bound=Callable[..., Any])
Callback = Callable[[str], Coroutine[Any, Any, None]]
Pair = Callable[[], Coroutine[Any, Any, tuple[T, T]]]


class Model:
    async def save(self) -> None: ...

    def copy(self: T) -> T:
        return self

    @classmethod
    async def load(cls: type[M], key: int) -> M:
        return cls()

    @classmethod
    def new(cls: type[M]) -> M:
        return cls()


class User(Model):
    async def ban(self): ...

    def name(self): ...


def first(items: Iterable[T], default: Optional[T] = None) -> Optional[T]:
    for item in items:
        return item
    return default


async def collect(items: AsyncIterator[T]) -> list[T]:
    return [item async for item in items]


async def users() -> AsyncIterator[User]:
    yield User()


async def maybe(value: Union[T, Awaitable[T]]) -> T:
    if inspect.isawaitable(value):
        return await value
    return value


async def retried(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


def same(value: T) -> T:
    return value


async def number() -> int:
    return 1


async def type_variables(found: list[User]):
    first(found).ban()  # want "ban"
    first(found).name()
    await first(found).ban()
    for user in await collect(users()):
        user.ban()  # want "user"
    User().copy().ban()  # want "ban"
    User.new().ban()  # want "ban"
    (await User.load(1)).ban()  # want "ban"
    (await User.load(1)).name()
    user = await maybe(User())
    user.ban()  # want "ban"
    user = await retried(users().__anext__)
    same(number)()  # want "same"
    await same(number)()
    same(number())  # it may have made it a task
    cast("User", found).ban()  # want "ban"
    cast("User", found).name()


async def bound(model: M) -> M:
    model.save()  # want "model.save"
    return model


class Events:
    def __init__(self, callback: Callback, either: Callable[[str], Any], pair: Pair[int]):
        self.callback = callback
        self.either = either
        self.pair = pair
        self.handlers: dict[str, Callback] = {}

    async def fire(self, name: str):
        self.callback(name)  # want "self.callback.."
        await self.callback(name)
        self.either(name)
        self.pair()  # want "self.pair.."
        if handler := self.handlers.get(name):
            handler(name)  # want "handler.."
        if (other := self.handlers.get(name)) is not None:
            other(name)  # want "other.."
        self.handlers.pop(name)(name)

    def listen(self, name: str) -> Callback: ...


def register(events: Events):
    events.listen("x")(print)  # a decorator that is declared to be what it gives


class Plain:
    def run(self): ...

    def stop(self): ...


class Concurrent:
    async def run(self): ...

    async def stop(self): ...


class Runs(Protocol):
    def run(self): ...


async def narrowed(it: Plain | Concurrent, other: Plain | Concurrent | None, any):
    if isinstance(it, Plain):
        it.run()
        return
    it.run()  # want "it.run"
    if not isinstance(other, (Plain, type(None))):
        other.run()  # want "other.run"
    if not isinstance(any, Concurrent):
        any.run()
        return
    any.run()  # want "any.run"


async def structural(it: Plain | Concurrent, task: Concurrent):
    if not isinstance(it, Runs):
        it.run()
    if not isinstance(task, (Plain, Mapping)):
        task.run()
    if not isinstance(task, Concurrent):
        task.run()


async def matched(it: Plain | Concurrent):
    match it:
        case Plain():
            it.run()
        case Concurrent(stop=stop) as same_thing:
            it.run()  # want "it.run"
            same_thing.run()  # want "same_thing.run"
            stop()
    match it:
        case Plain() if it:
            it.run()
        case Plain() | Concurrent():
            it.run()
        case _:
            it.run()
    match it:
        case Plain():
            return
    it.run()  # want "it.run"


class Holder:
    def __init__(self, it: Plain | Concurrent):
        self.it = it

    async def run(self):
        self.it.run()
        if isinstance(self.it, Concurrent):
            self.it.run()  # want "self.it.run"
            await self.it.run()
        else:
            self.it.run()
        if isinstance(self.it, Concurrent) or self.it:
            self.it.run()
        if isinstance(self.it, Concurrent):
            self.it = Plain()
            self.it.run()
        [it.run() for it in [self.it] if isinstance(it, Concurrent)]  # want "it.run"
        [it.run() for it in [self.it] if isinstance(it, Plain)]


class Context(TypedDict):
    user: User
    size: int


class Colour(Enum):
    RED = 1

    async def show(self): ...


async def containers(by_name: dict[str, User], lists: Mapping[str, list[User]], context: Context, name: str):
    by_name.get(name).ban()  # want "ban"
    by_name.get(name, "nobody").upper()
    by_name.pop(name).ban()  # want "ban"
    for user in lists.get(name, []):
        user.ban()  # want "ban"
    for user in lists.get(name, ()):
        user.name()
    context["user"].ban()  # want "ban"
    context["size"].bit_length()
    (User(), 1)[0].ban()  # want "ban"
    for colour in Colour:
        colour.show()  # want "show"


class Switch:
    async def _set(self, value): ...

    def _get(self, value): ...

    on = partialmethod(_set, True)
    get = partialmethod(_get, True)


class Child(Concurrent):
    async def run(self):
        super(Child, self).run()  # want "run"
        await super(Child, self).run()


async def members(switch: Switch):
    switch.on()  # want "switch.on"
    switch.get()
    await switch.on()


def logged(function: F) -> F:
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return cast(F, wrapper)


def run(function: F) -> F:
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))

    return cast(F, wrapper)


def retry(function=None, *, times=3):
    def decorator(work):
        if inspect.iscoroutinefunction(work):

            @functools.wraps(work)
            async def concurrent(*args):
                return await work(*args)

            return concurrent

        @functools.wraps(work)
        def plain(*args):
            return work(*args)

        return plain

    if function is None:
        return decorator
    return decorator(function)


def background(function):
    def wrapper(*args):
        return asyncio.create_task(function(*args))

    return wrapper


def sometimes(function):
    if DEBUG:
        return background(function)
    return function


DEBUG = False


@logged
async def with_log(): ...


@run
async def with_run(): ...


@retry
async def with_retry(): ...


@retry(times=2)
async def with_options(): ...


@retry
def plain_with_retry(): ...


@background
async def with_task(): ...


@sometimes
async def with_either(): ...


async def decorated():
    with_log()  # want "with_log"
    with_run()
    with_retry()  # want "with_retry"
    with_options()  # want "with_options"
    plain_with_retry()
    with_task()
    with_either()


def plainly(cls):
    for name, value in vars(cls).items():
        if inspect.iscoroutinefunction(value):
            setattr(cls, name, run(value))
    return cls


def known(cls):
    KNOWN.append(cls)
    return cls


KNOWN = []


@plainly
class Rewritten:
    async def work(self): ...


@known
class Known:
    async def work(self): ...


def rewritten():
    Rewritten().work()


async def not_rewritten():
    Known().work()  # want "work"


async def test_replaced(monkeypatch):
    known = Known()
    known.work = Mock()
    known.work()
    other = Known()
    other.work()  # want "other.work"


async def test_patched(monkeypatch):
    monkeypatch.setattr(Known, "work", lambda self: 1)
    Known().work()


def awaitable() -> Awaitable[int]:
    return number()


def future() -> Awaitable[int]:
    return asyncio.ensure_future(number())


async def declared():
    awaitable()  # want "awaitable.."
    future()
    await awaitable()


MaybeUser = Optional[User]


class Opened:
    def __await__(self):
        return self._open().__await__()

    async def _open(self) -> Self:
        return self

    def itself(self) -> t.Self:
        return self

    async def close(self): ...

    def plain(self): ...

    async def give(self, user: MaybeUser):
        user.ban()  # want "user.ban"


class Opener(Opened):
    async def more(self): ...


async def selves(user: t.Optional[User]):
    opened = await Opener()
    opened.close()  # want "opened.close"
    Opener().itself().more()  # want "more"
    opened.itself().plain()
    user.ban()  # want "user.ban"


async def gathered(user: User, found: list[User]):
    one, several = await asyncio.gather(User.load(1), collect(users()))
    one.ban()  # want "one.ban"
    one.name()
    several[0].ban()  # want "ban"
    for each in await asyncio.gather(*[User.load(i) for i in range(3)]):
        each.ban()  # want "each.ban"
    for each in await asyncio.gather(*[User.load(i) for i in range(3)], return_exceptions=True):
        each.ban()
    first_one, *others = await asyncio.gather(number(), User.load(1))
    first_one.bit_length()
