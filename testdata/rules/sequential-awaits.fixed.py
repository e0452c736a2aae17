import asyncio
from contextlib import asynccontextmanager

import aiohttp
import httpx

import api


async def fetch_user(key=0) -> str:
    return await api.call(key)


async def fetch_orders(key=0, limit=10):
    return await api.call(key)


async def load_row(session, key):
    return await session.execute(key)


async def save(key):
    await api.call(key)


def get_sync(key):
    return key


async def in_a_row(key, other):
    user, orders = await asyncio.gather(fetch_user(key), fetch_orders(key))
    print(user, orders)
    a = await fetch_user(1)
    b = await fetch_user(2)
    c = await fetch_user(
        3,
    )
    print(a, b, c)
    d = await fetch_user(1)

    # and then
    e = await fetch_user(2)
    f, g = await asyncio.gather(fetch_user(d), fetch_orders(e))
    return f, g


async def dependent(key, other):
    user = await fetch_user(key)
    orders = await fetch_orders(user)
    print(user)
    user = await fetch_user(key)
    user = await fetch_user(user)
    print(user)
    rest = await fetch_orders(orders)
    if rest:
        one = await fetch_user(1)
    else:
        two = await fetch_user(2)
    more = await fetch_orders(3)
    other.clear()
    last = await fetch_orders(4)
    x = await other.fetch_x()
    y = await other.fetch_y()
    await fetch_user(1)
    await fetch_user(2)
    z = await save(1)
    z = await save(2)
    m, n = await fetch_user(1), await fetch_user(2)
    s = get_sync(1)
    t = get_sync(2)
    return one, two, more, last, x, y, z, m, n, s, t


async def one_connection(session, db, key, lock: asyncio.Lock):
    a = await load_row(session, 1)
    b = await load_row(session, 2)
    c = await fetch_user(db)
    d = await fetch_orders(db)
    async with lock:
        e = await fetch_user(1)
        f = await fetch_user(2)
    return a, b, c, d, e, f


class Client:
    def __init__(self, session: aiohttp.ClientSession, http: httpx.AsyncClient):
        self.session = session
        self.http = http
        self.keys = []

    async def get_name(self, key):
        return await self.http.get(f"/{key}")

    async def get_next(self):
        return await self.http.get("/next")

    async def start(self):
        self._name, self._title = await asyncio.gather(self.get_name(1), self.get_name(2))
        print(self._name)
        one, two = await asyncio.gather(self.http.get("/1"), self.http.get("/2"))
        print(one, two)
        three, four = await asyncio.gather(self.session.get("/1"), self.session.get("/2"))
        print(three, four)
        five = await self.get_next()
        six = await self.get_next()
        seven = await self.http.post("/1")
        eight = await self.http.post("/2")
        return one, two, three, four, five, six, seven, eight

    async def each(self, keys, paths):
        names = await asyncio.gather(*[self.get_name(k) for k in self.keys])
        same = [await self.get_name(1) for _ in keys]
        some = await asyncio.gather(*[self.get_name(k) for k in keys if k])
        first = (await asyncio.gather(*[self.get_name(k) for k in keys]))[0]
        async_for = [await self.get_name(k) async for k in keys]
        nested = [await self.get_name(k) for k in await self.get_name(0)]
        found = []
        for key in keys:
            found.append(await self.get_name(key))
        for key in keys:
            # one
            found.append(await self.get_name(key))
        table = {}
        for key in keys:
            table[key] = await self.get_name(key)
        for path in paths:
            answer = await self.http.get(path)
            found.append(answer.json())
        return names, same, some, first, async_for, nested, found

    async def in_order(self, keys, paths):
        found = []
        token = None
        for key in keys:
            answer = await self.get_name(token)
            token = answer.token
        for key in keys:
            answer = await self.get_name(key)
            if answer:
                break
        for key in keys:
            found.append(await self.get_name(found))
        for key in keys:
            found.append(await self.get_name(key))
            await asyncio.sleep(1)
        for key in keys:
            await self.get_name(key)
        for key in keys:
            if key:
                found.append(await self.get_name(key))
        for key in keys:
            answer = await self.get_name((key, token))
            token.move(answer)
        async for key in keys:
            found.append(await self.get_name(key))
        while keys:
            found.append(await self.get_name(keys.pop()))
        for key in keys:
            try:
                found.append(await self.get_name(key))
            except OSError:
                pass
        return found

    async def resolve(self, tree):
        return [await self.resolve(child) for child in tree]


async def gathered(keys):
    user, orders = await asyncio.gather(fetch_user(1), fetch_orders(1))
    names = await asyncio.gather(*[fetch_user(k) for k in keys])
    tasks = [asyncio.create_task(fetch_user(k)) for k in keys]
    return user, orders, names, [await t for t in tasks]


async def gone():
    return
    a = await fetch_user(1)
    b = await fetch_user(2)
