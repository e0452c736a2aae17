import asyncio
import functools

from asgiref.sync import sync_to_async


def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    return wrapper


def tagged(name):
    def decorate(fn):
        fn.tag = name
        return fn

    return decorate


def repeated(times):
    def decorate(fn):
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            for _ in range(times):
                fn(*args, **kwargs)

        return wrapper

    return decorate


def in_thread(fn):
    @functools.wraps(fn)
    async def wrapper(*args, **kwargs):
        return await asyncio.to_thread(fn, *args, **kwargs)

    return wrapper


def in_executor(fn):
    @functools.wraps(fn)
    async def wrapper(*args):
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, fn, *args)

    return wrapper


def in_background(fn):
    @functools.wraps(fn)
    def wrapper(*args):
        return asyncio.get_running_loop().run_in_executor(None, fn, *args)

    return wrapper


def dropped(fn):
    def wrapper(*args):
        return None

    return wrapper


threaded = sync_to_async
