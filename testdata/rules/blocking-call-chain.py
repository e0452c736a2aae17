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
    wait()  # want "`wait\\(\\)` blocks the event loop: `wait` calls `time.sleep\\(\\)`; run it in a thread with `await asyncio.to_thread\\(\\)`"
    wait_longer()  # want "`wait_longer\\(\\)` blocks the event loop 2 calls down, where `wait` calls `time.sleep\\(\\)`"
    n = wait_longest(3)  # want "3 calls down"
    save("a", n)  # want "`save` calls `pathlib.Path.write_text\\(\\)`"
    print(wait_longest(1), wait_longest(n=2))  # want "3 calls down" "3 calls down"
    fetch("a")["b"]  # want "`fetch` calls `requests.get\\(\\)`"
    quick()
    time.sleep(1)  # the other rule's


async def suppressed():
    wait()  # noqa: AIO207
    wait()  # noqa
    wait()  # noqa: ASYNC251  # want "`wait` calls"


def tiny_wait():
    time.sleep(0.001)  # noqa: ASYNC251


def tiny_then_long():
    tiny_wait()
    wait()


async def suppressed_at_the_leaf():
    tiny_wait()
    tiny_then_long()  # want "2 calls down, where `wait`"


async def off_the_loop(n):
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(wait)
    await asyncio.to_thread(wait_longest, n)
    await asyncio.to_thread(lambda: wait_longest(n))
    await loop.run_in_executor(None, wait)
    await loop.run_in_executor(executor, functools.partial(wait_longest, n))
    executor.submit(wait)
    await sync_to_async(wait)()
    await asyncio.to_thread(quick, wait_longest(n))  # want "3 calls down"
    await loop.run_in_executor(None, quick, wait_longest(n))  # want "3 calls down"


def not_on_the_loop():
    wait()
    wait_longer()


@app.get("/thread")
def endpoint():
    wait()


@app.get("/loop")
async def endpoint_on_the_loop():
    wait()  # want "`wait` calls"


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
    cached()  # want "2 calls down"
    cached_path()  # want "`cached_path` calls `pathlib.Path.exists\\(\\)`"
    logged_wait()  # want "`logged_wait` calls"
    named_wait()  # want "`named_wait` calls"
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
        self._write()  # want "`self._write\\(\\)` blocks the event loop: `Store._write` calls `pathlib.Path.write_text\\(\\)`"
        self.pause()  # want "`Store.pause` calls `time.sleep\\(\\)`"
        self.get("a")

    def _write(self):
        self.path.write_text("")

    async def aload(self):
        self.reload()  # want "3 calls down, where `Store.text`"
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
    print(store.text)  # want "reading `store.text` blocks the event loop: `Store.text` calls `pathlib.Path.read_text\\(\\)`; do that in a thread"
    print(store.lines)  # want "reading `store.lines` blocks the event loop 2 calls down, where `Store.text`"
    print(store.name, store.limit, store.items)
    store.name = "a"
    Store("a")
    Store.create("a")  # want "3 calls down, where `Store.text`"
    Store.pause()  # want "`Store.pause` calls"
    Store("a").reload()  # want "3 calls down"
    await store.flush()
    await store.aload()
    Connected()  # want "2 calls down, where `fetch`"
    Derived()  # want "3 calls down, where `fetch`"
    call()  # want "2 calls down"


async def statements():
    with Guard():  # want "the `with` statement blocks the event loop 2 calls down, where `wait`"
        pass
    with Harmless() as h, contextlib.suppress(OSError):
        print(h)
    for n in Countdown():  # want "iterating over `Countdown\\(\\)` blocks the event loop: `Countdown.__next__` calls"
        print(n)
    print([n for n in Countdown()])  # want "`Countdown.__next__` calls"
    if fetch("a"):  # want "`fetch` calls"
        pass
    while quick():
        wait()  # want "`wait` calls"
    try:
        wait()  # want "`wait` calls"
    finally:
        wait()  # want "`wait` calls"
    return fetch("b") or wait()  # want "`fetch` calls" "`wait` calls"


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
    with opened("a") as a:  # want "`opened` calls|2 calls down, where `wait`"
        print(a)
    with noted("a") as a:
        print(a)
    for n in numbers():  # want "`numbers` calls"
        print(n)
    list(numbers())  # want "`numbers` calls"
    for n in evens():
        print(n)
    made = numbers()
    await asyncio.to_thread(list, made)
    await asyncio.to_thread(lambda: list(numbers()))


async def values(flag, unknown):
    nap = lambda: time.sleep(1)
    nap()  # want "a lambda"
    blink = lambda: quick()
    blink()
    alias = wait_longer
    alias()  # want "2 calls down"
    partial = functools.partial(wait_longest, 1)
    partial()  # want "3 calls down"
    functools.partial(quick, 1)()

    def nested():
        wait()

    def never_called():
        wait()

    nested()  # want "2 calls down"
    table = {"wait": wait, "longer": wait_longer}
    table["wait"]()  # want "blocks the event loop"
    mixed = {"wait": wait, "quick": quick}
    mixed["wait"]()
    either = wait if flag else wait_longer
    either()  # want "blocks the event loop"
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
    recursive(3)  # want "3 calls down"
    endless(3)
    ping(3)  # want "3 calls down"


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
    sometimes()  # want "2 calls down"
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
    wait()  # want "`wait\\(\\)` blocks the event loop: `wait` calls"


def on_timer():
    quick()
    save("a", 1)  # want "`save` calls"


def on_nothing():
    wait()


class Watcher:
    def start(self):
        asyncio.get_running_loop().call_soon(self.tick)

    def tick(self):
        wait()  # want "`wait` calls"

    def tock(self):
        wait()


async def callbacks():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(callee())
    task.add_done_callback(on_done)
    loop.call_later(1, on_timer)
    loop.call_soon(lambda: wait_longer())  # want "2 calls down"
    await loop.run_in_executor(None, on_nothing)
    await task


def dependency():
    wait()


@app.get("/dependency")
async def with_dependency(value=Depends(dependency)):
    return value


async def test_reads_a_file():  # worth knowing at most, which is off unless the rule is selected
    save("a", 1)  # want "`save` calls"
    wait()  # want "`wait` calls"


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
    print(shelf["x"])  # want "`shelf.*` blocks the event loop: `Shelf.__getitem__` calls `requests.get"
    shelf["x"] = 1  # want "`Shelf.__setitem__` calls"
    del shelf["x"]  # want "`Shelf.__delitem__` calls"
    print("x" in shelf)  # want "`Shelf.__contains__` calls"
    print("x" not in shelf)  # want "`Shelf.__contains__` calls"
    print(len(shelf))  # want "`Shelf.__len__` calls"
    print(list(shelf))  # want "`Shelf.__next__` calls"
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
        apply(self.load)  # want "`Applies.load` calls `requests.get"
        apply(unknown)


async def passes(items):
    paused()  # want "`inner` calls `time.sleep"
    apply(fetched, 1)  # want "`fetched` calls `requests.get"
    apply(lambda: fetched(1))  # want "calls down, where `fetched` calls"
    sorted(items, key=fetched)  # want "`fetched` calls"
    items.sort(key=fetched)
    functools.reduce(fetched, items)  # want "`fetched` calls"
    print(list(map(fetched, items)))  # want "`fetched` calls"
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
        await self.send()  # want "`fetched` calls"
        await self.cached()  # want "`fetched` calls"
        self.start()  # want "`fetched` calls"
        self.close()  # want "`fetched` calls"
