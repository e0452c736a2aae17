import asyncio


async def fetch(n=0):
    return n


async def plain():
    result = await fetch()
    used = fetch()
    await used
    returned = fetch()
    return returned


async def rebound(flag):
    coro = await fetch()
    coro = fetch(1)
    await coro
    other = fetch()
    if flag:
        other = fetch(1)
    await other


async def dead_end(flag):
    coro = fetch()
    if flag:
        return
    await coro


async def passed():
    a = fetch()
    print(a)
    b = fetch()
    b.close()
    c = fetch()
    del c
    d = fetch()
    self.d = d
    e = [fetch()]
    f = fetch()
    yield f
    g = fetch()
    lambda: g
    h = fetch()

    def inner():
        return h

    i = j = fetch()
    await j


async def unpacked():
    a, b = fetch(), await fetch()
    await a
    c, *d = await fetch(), fetch()
    (e, f) = (await fetch(), 1)
    x: object = await fetch()


async def scopes():
    global G
    G = fetch()

    def inner():
        nonlocal_ = fetch()

    _ = fetch()


async def everything():
    x = fetch()
    return locals()


async def loop():
    coro = None
    while True:
        if coro is not None:
            await coro
        coro = fetch()


async def handled():
    coro = fetch()
    try:
        await asyncio.sleep(1)
    finally:
        await coro


async def walrus():
    (coro := await fetch())
    await (other := fetch())


async def task():
    t = asyncio.create_task(fetch())
    s = unknown(fetch())


def sync():
    coro = fetch()


async def captured():
    x = fetch()

    async def reader():
        nonlocal x
        await x

    y = 1

    async def writer():
        nonlocal y
        y = fetch()

    await reader()


MODULE = fetch()


class Holder:
    attribute = fetch()

    async def method(self):
        self.coro = fetch()
        local = await fetch()


async def chained():
    first = second = fetch()
    await first
