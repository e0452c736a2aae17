import asyncio
import csv
import itertools

import anyio
import trio

import api

KEYS = ["a", "b"]


async def fetch(url) -> bytes:
    return await api.get(url)


async def polite(url):
    async with api.semaphore:
        return await api.get(url)


async def politely(url):
    return await polite(url)


async def with_semaphore(semaphore, coro):
    async with semaphore:
        return await coro


class Client:
    def __init__(self, n):
        self.gate = asyncio.Semaphore(n)
        self.urls = []

    async def get(self, url):
        return await api.get(url)

    async def gated(self, url):
        async with self.gate:
            return await self.get(url)

    async def all(self, urls):
        semaphore = asyncio.Semaphore(10)

        async def limited(coro):
            async with semaphore:
                return await coro

        await asyncio.gather(*[limited(self.get(u)) for u in urls])
        await asyncio.gather(*[self.gated(u) for u in urls])
        await asyncio.gather(*[self.get(u) for u in self.urls])


async def gathered(urls: list[str], path, rows):
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    a = await asyncio.gather(*[limited(fetch(u)) for u in urls])
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    b = await asyncio.gather(*(limited(fetch(u)) for u in set(urls) if u))
    c = await asyncio.gather(*map(fetch, urls))
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    coros = [limited(fetch(u)) for u in enumerate(urls)]
    d = await asyncio.gather(*coros)
    filled = []
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    for u in urls:
        filled.append(limited(fetch(u)))
    e = await asyncio.gather(*filled, return_exceptions=True)
    with open(path) as f:
        semaphore = asyncio.Semaphore(10)

        async def limited(coro):
            async with semaphore:
                return await coro

        g = await asyncio.gather(*[limited(fetch(line)) for line in f])
        semaphore = asyncio.Semaphore(10)

        async def limited(coro):
            async with semaphore:
                return await coro

        h = await asyncio.gather(*[limited(fetch(row[0])) for row in csv.reader(f)])
    found = await fetch(path)
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    i = await asyncio.gather(*[limited(fetch(x)) for x in found])
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    j = await asyncio.gather(*[limited(fetch(x)) for x in found.splitlines()])
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    k = await asyncio.gather(*[limited(fetch(x)) for x in range(10_000)])
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    m = await asyncio.gather(*[limited(fetch(x)) for x in await fetch(path)])
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    n = await asyncio.gather(*[limited(fetch((u, r))) for u in urls for r in rows])
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    for done in asyncio.as_completed([limited(fetch(u)) for u in urls]):
        await done
    return a, b, c, d, e, g, h, i, j, k, m, n


async def started(urls, stream):
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    tasks = [asyncio.create_task(limited(fetch(u))) for u in urls]
    await asyncio.wait(tasks)
    more = set()
    semaphore = asyncio.Semaphore(10)

    async def limited(coro):
        async with semaphore:
            return await coro

    for u in urls:
        more.add(asyncio.create_task(limited(fetch(u))))
    await asyncio.gather(*more)
    async with asyncio.TaskGroup() as group:
        semaphore = asyncio.Semaphore(10)

        async def limited(coro):
            async with semaphore:
                return await coro

        for u in urls:
            # one
            group.create_task(limited(fetch(u)))
    async with anyio.create_task_group() as group:
        for u in urls:
            group.start_soon(fetch, u)
    async with trio.open_nursery() as nursery:
        for u in urls:
            nursery.start_soon(fetch, u)
            nursery.start_soon(polite, u)


async def bounded(urls, semaphore, other, path, limit=10):
    await asyncio.gather(*[fetch(u) for u in ["a", "b"]])
    await asyncio.gather(*[fetch(u) for u in KEYS])
    await asyncio.gather(*[fetch(i) for i in range(10)])
    await asyncio.gather(*[fetch(i) for i in range(limit)])
    await asyncio.gather(*[fetch(u) for u in urls[:10]])
    await asyncio.gather(*[polite(u) for u in urls])
    await asyncio.gather(*[politely(u) for u in urls])
    await asyncio.gather(*[with_semaphore(semaphore, fetch(u)) for u in urls])
    await asyncio.gather(*[other(u) for u in urls])
    await asyncio.gather(*[other.fetch(u) for u in urls])
    await asyncio.gather(fetch(1), fetch(2))
    await asyncio.gather(*urls)
    for batch in itertools.batched(urls, 10):
        await asyncio.gather(*[fetch(u) for u in batch])
    for i in range(0, len(urls), 10):
        chunk = urls[i : i + 10]
        await asyncio.gather(*[fetch(u) for u in chunk])
        part = urls[i : i + 10]
        await asyncio.gather(*[fetch(u) for u in part])
    workers = [asyncio.create_task(fetch(i)) for i in range(5)]
    for w in workers:
        await w
    async with semaphore:
        await asyncio.gather(*[fetch(u) for u in urls])
    for u in urls:
        await semaphore.acquire()
        task = asyncio.create_task(fetch(u))
        task.add_done_callback(lambda _: semaphore.release())
    for u in urls:
        await asyncio.create_task(fetch(u))
    for u in urls:
        task = asyncio.create_task(fetch(u))
        break
    while True:
        url = await other.get()
        task = asyncio.create_task(fetch(url))

    async def one(url):
        async with semaphore:
            return await fetch(url)

    await asyncio.gather(*[one(u) for u in urls])


async def parts(clients, handlers):
    await asyncio.gather(*[fetch(c) for c in clients])
    await asyncio.gather(*[fetch(h) for h in handlers])


async def taken(urls, limited):
    return await asyncio.gather(*[fetch(u) for u in urls])


async def sequence(urls):
    for u in urls:
        await fetch(u)
    return [await fetch(u) for u in urls]


async def not_ours(gather, urls):
    await gather(*[fetch(u) for u in urls])


async def gone(urls):
    return
    await asyncio.gather(*[fetch(u) for u in urls])
