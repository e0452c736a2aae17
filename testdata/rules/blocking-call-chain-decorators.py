"""Decorators that call what they decorate there and then, and those that do not."""

import asyncio
import functools
import inspect
import time
from typing import Any, Callable, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


def logged(function: Callable[P, T]) -> Callable[P, T]:
    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        print(function)
        return function(*args, **kwargs)

    return wrapper


def measured(name: str) -> Callable[[F], F]:
    def decorator(function: F) -> F:
        @functools.wraps(function)
        def wrapper(*args: Any) -> Any:
            result = function(*args)
            print(name)
            return result

        return cast(F, wrapper)

    return decorator


def either(function=None, *, times=1):
    def decorator(work):
        if inspect.iscoroutinefunction(work):

            async def concurrent(*args):
                return await work(*args)

            return concurrent

        def plain(*args):
            return work(*args)

        return plain

    return decorator if function is None else decorator(function)


def threaded(function: F) -> F:
    async def wrapper(*args):
        return await asyncio.to_thread(function, *args)

    return cast(F, wrapper)


def queued(function):
    def wrapper(*args):
        QUEUE.append(function)

    return wrapper


QUEUE = []


@logged
def with_log():
    time.sleep(1)


@measured("x")
def with_name():
    time.sleep(1)


@either
def with_either():
    time.sleep(1)


@either(times=2)
def with_options():
    time.sleep(1)


@threaded
def in_thread():
    time.sleep(1)


@queued
def later():
    time.sleep(1)


async def main():
    with_log()  # want "with_log"
    with_name()  # want "with_name"
    with_either()  # want "with_either"
    with_options()  # want "with_options"
    await in_thread()
    later()
    await asyncio.to_thread(with_log)
