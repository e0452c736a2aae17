import asyncio
import contextlib
import functools
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import requests
from asgiref.sync import sync_to_async
from fastapi import Depends, FastAPI
from somewhere import decorate

app = FastAPI()
executor = ThreadPoolExecutor()


def wait():
    time.sleep(1)


def wait_longer():
    wait()


def wait_longest(n):
    wait_longer()
    return n


def quick(n=0):
    return n


def save(path, data):
    Path(path).write_text(json.dumps(data))


def fetch(url):
    return requests.get(url).json()


async def direct_and_deep():
    await asyncio.to_thread(wait)
    await asyncio.to_thread(wait_longer)
    n = await asyncio.to_thread(wait_longest, 3)
    await asyncio.to_thread(save, "a", n)
    print(await asyncio.to_thread(wait_longest, 1), await asyncio.to_thread(wait_longest, n=2))
    (await asyncio.to_thread(fetch, "a"))["b"]
    quick()
    time.sleep(1)  # the other rule's


async def suppressed():
    wait()  # noqa: AIO207
    wait()  # noqa
    await asyncio.to_thread(wait)  # noqa: ASYNC251


def tiny_wait():
    time.sleep(0.001)  # noqa: ASYNC251


def tiny_then_long():
    tiny_wait()
    wait()


async def suppressed_at_the_leaf():
    tiny_wait()
    await asyncio.to_thread(tiny_then_long)


async def off_the_loop(n):
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(wait)
    await asyncio.to_thread(wait_longest, n)
    await asyncio.to_thread(lambda: wait_longest(n))
    await loop.run_in_executor(None, wait)
    await loop.run_in_executor(executor, functools.partial(wait_longest, n))
    executor.submit(wait)
    await sync_to_async(wait)()
    await asyncio.to_thread(quick, await asyncio.to_thread(wait_longest, n))
    await loop.run_in_executor(None, quick, await asyncio.to_thread(wait_longest, n))


def not_on_the_loop():
    wait()
    wait_longer()


@app.get("/thread")
def endpoint():
    wait()


@app.get("/loop")
async def endpoint_on_the_loop():
    await asyncio.to_thread(wait)


@functools.lru_cache
def cached():
    wait()


@functools.cache
def cached_path():
    return Path("a").exists()


def logged(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        print(fn)
        return fn(*args, **kwargs)

    return wrapper


def logged_as(name):
    def decorator(fn):
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            print(name)
            return fn(*args, **kwargs)

        return wrapper

    return decorator


def threaded(fn):
    @functools.wraps(fn)
    async def wrapper(*args):
        return await asyncio.to_thread(fn, *args)

    return wrapper


def in_executor(fn):
    def wrapper(*args):
        return asyncio.get_running_loop().run_in_executor(None, fn, *args)

    return wrapper


@logged
def logged_wait():
    time.sleep(1)


@logged_as("wait")
def named_wait():
    time.sleep(1)


@threaded
def threaded_wait():
    time.sleep(1)


@in_executor
def executed_wait():
    time.sleep(1)


@sync_to_async
def adapted_wait():
    time.sleep(1)


@decorate
def unknown_wait():
    time.sleep(1)


async def decorated():
    await asyncio.to_thread(cached)
    await asyncio.to_thread(cached_path)
    await asyncio.to_thread(logged_wait)
    await asyncio.to_thread(named_wait)
    await threaded_wait()
    await executed_wait()
    await adapted_wait()
    unknown_wait()


class Store:
    limit = 3

    def __init__(self, path):
        self.path = Path(path)
        self.items = {}
        self.loaded = quick()

    @property
    def text(self):
        return self.path.read_text()

    @functools.cached_property
    def lines(self):
        return self.text.splitlines()

    @property
    def name(self):
        return self.path.name

    def load(self):
        self.items = json.loads(self.text)

    def reload(self):
        self.load()

    @classmethod
    def create(cls, path):
        store = cls(path)
        store.load()
        return store

    @staticmethod
    def pause():
        time.sleep(1)

    def get(self, key):
        return self.items.get(key)

    async def flush(self):
        await asyncio.to_thread(self._write)
        await asyncio.to_thread(self.pause)
        self.get("a")

    def _write(self):
        self.path.write_text("")

    async def aload(self):
        await asyncio.to_thread(self.reload)
        super().__init__()


class Connected:
    def __init__(self):
        self.data = fetch("a")

    def __enter__(self):
        wait()
        return self

    def __exit__(self, *exc):
        return None


class Derived(Connected):
    def __init__(self):
        super().__init__()


class Guard:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        wait()


class Harmless:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None


class Countdown:
    def __iter__(self):
        return self

    def __next__(self):
        time.sleep(1)
        return 1


class Callable:
    def __call__(self):
        wait()


async def objects(store: Store, call: Callable):
    print(store.text)
    print(store.lines)
    print(store.name, store.limit, store.items)
    store.name = "a"
    Store("a")
    await asyncio.to_thread(Store.create, "a")
    await asyncio.to_thread(Store.pause)
    await asyncio.to_thread(Store("a").reload)
    await store.flush()
    await store.aload()
    await asyncio.to_thread(Connected)
    await asyncio.to_thread(Derived)
    await asyncio.to_thread(call)


async def statements():
    with Guard():
        pass
    with Harmless() as h, contextlib.suppress(OSError):
        print(h)
    for n in Countdown():
        print(n)
    print([n for n in Countdown()])
    if await asyncio.to_thread(fetch, "a"):
        pass
    while quick():
        await asyncio.to_thread(wait)
    try:
        await asyncio.to_thread(wait)
    finally:
        await asyncio.to_thread(wait)
    return await asyncio.to_thread(fetch, "b") or await asyncio.to_thread(wait)


@contextlib.contextmanager
def opened(path):
    wait()
    yield path


@contextlib.contextmanager
def noted(path):
    yield path


def numbers():
    for i in range(3):
        time.sleep(1)
        yield i


def evens():
    yield from range(0, 10, 2)


async def generators():
    with opened("a") as a:
        print(a)
    with noted("a") as a:
        print(a)
    for n in numbers():
        print(n)
    list(numbers())
    for n in evens():
        print(n)
    made = numbers()
    await asyncio.to_thread(list, made)
    await asyncio.to_thread(lambda: list(numbers()))


async def values(flag, unknown):
    nap = lambda: time.sleep(1)
    await asyncio.to_thread(nap)
    blink = lambda: quick()
    blink()
    alias = wait_longer
    await asyncio.to_thread(alias)
    partial = functools.partial(wait_longest, 1)
    await asyncio.to_thread(partial)
    functools.partial(quick, 1)()

    def nested():
        wait()

    def never_called():
        wait()

    await asyncio.to_thread(nested)
    table = {"wait": wait, "longer": wait_longer}
    await asyncio.to_thread(table["wait"])
    mixed = {"wait": wait, "quick": quick}
    mixed["wait"]()
    either = wait if flag else wait_longer
    await asyncio.to_thread(either)
    neither = wait if flag else quick
    neither()
    unknown()
    unknown.wait()


def recursive(n):
    if n:
        recursive(n - 1)
    else:
        wait()


def endless(n):
    return endless(n - 1)


def ping(n):
    pong(n)


def pong(n):
    ping(n - 1)
    wait()


async def recursion():
    await asyncio.to_thread(recursive, 3)
    endless(3)
    await asyncio.to_thread(ping, 3)


def after_return():
    return 1
    wait()


def for_type_checkers():
    if TYPE_CHECKING:
        wait()
    if False and sys.argv:
        wait()
    if sys.argv and (False or TYPE_CHECKING):
        wait()


def stub():
    raise NotImplementedError


def sometimes():
    if sys.argv:
        wait()


def makes_a_function():
    def inner():
        wait()

    return inner


async def unreachable():
    after_return()
    for_type_checkers()
    stub()
    makes_a_function()
    await asyncio.to_thread(sometimes)
    return
    wait()


async def callee():
    time.sleep(1)


def drives():
    return callee()


async def awaits():
    await callee()
    await drives()
    await asyncio.gather(callee(), callee())


def on_done(task):
    wait()


def on_timer():
    quick()
    save("a", 1)


def on_nothing():
    wait()


class Watcher:
    def start(self):
        asyncio.get_running_loop().call_soon(self.tick)

    def tick(self):
        wait()

    def tock(self):
        wait()


async def callbacks():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(callee())
    task.add_done_callback(on_done)
    loop.call_later(1, on_timer)
    loop.call_soon(lambda: wait_longer())
    await loop.run_in_executor(None, on_nothing)
    await task


def dependency():
    wait()


@app.get("/dependency")
async def with_dependency(value=Depends(dependency)):
    return value


async def test_reads_a_file():  # worth knowing at most, which is off unless the rule is selected
    await asyncio.to_thread(save, "a", 1)
    await asyncio.to_thread(wait)


class Shelf:
    def __init__(self):
        self.name = "x"

    def __getitem__(self, key):
        return requests.get(key)

    def __setitem__(self, key, value):
        requests.post(key, value)

    def __delitem__(self, key):
        requests.delete(key)

    def __contains__(self, key):
        return requests.get(key) is not None

    def __len__(self):
        return len(requests.get("all").json())

    def __iter__(self):
        return self

    def __next__(self):
        return requests.get("next")


async def shelves(shelf: Shelf, plain: dict):
    print(shelf["x"])
    shelf["x"] = 1
    del shelf["x"]
    print("x" in shelf)
    print("x" not in shelf)
    print(await asyncio.to_thread(len, shelf))
    print(await asyncio.to_thread(list, shelf))
    print(plain["x"], "x" in plain, len(plain), list(plain), shelf == plain, shelf.name[0])
    print(await asyncio.to_thread(lambda: shelf["x"]))


def pausing(f):
    @functools.wraps(f)
    def inner(*args):
        time.sleep(1)
        return f(*args)

    return inner


@pausing
def paused():
    return 1


def apply(f, *args):
    return f(*args)


def choose(f, flag):
    def later():
        return f()

    return later if flag else f


async def awaits(f):
    return await f()


def fetched(x):
    return requests.get(x)


class Applies:
    def load(self):
        return requests.get("x")

    async def run(self, unknown):
        await asyncio.to_thread(apply, self.load)
        apply(unknown)


async def passes(items):
    await asyncio.to_thread(paused)
    await asyncio.to_thread(apply, fetched, 1)
    await asyncio.to_thread(apply, lambda: fetched(1))
    await asyncio.to_thread(sorted, items, key=fetched)
    items.sort(key=fetched)
    await asyncio.to_thread(functools.reduce, fetched, items)
    print(list(map(fetched, items)))
    map(fetched, items)
    apply(len, items)
    choose(fetched, 1)
    await awaits(fetched)
    await asyncio.to_thread(apply, fetched, 1)


class TwoFold:
    asynchronous = True

    def sync(self, f):
        if self.asynchronous:
            return f()
        else:
            return fetched(f)

    async def _start(self):
        await asyncio.sleep(1)

    def start(self):
        return self.sync(self._start)

    def close(self):
        if self.asynchronous:
            return self._start()
        fetched("close")

    def send(self):
        data = fetched("x")
        return asyncio.sleep(1, data)

    def cached(self):
        if self.asynchronous:
            return self._start()
        fetched("x")
        return asyncio.sleep(1)

    async def run(self):
        await self.start()
        await self.close()
        await self.send()
        await self.cached()
        await asyncio.to_thread(self.start)
        await asyncio.to_thread(self.close)
