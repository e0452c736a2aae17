# python 3.11
import asyncio
from asyncio import gather

import db


async def fetch(n=0, *more) -> int:
    return await db.get(n)


async def careful(n=0):
    try:
        await db.save(n)
    except Exception:
        db.rollback()


class Client:
    def __init__(self):
        self.urls = []

    async def get(self, url):
        return await db.get(url)

    async def all(self):
        return await gather(*[self.get(u) for u in self.urls])  # want "if one of the awaitables of `gather..` fails, the others run on"

    async def first(self):
        self.results = await gather(*(self.get(u) for u in self.urls if u))  # want "run on"


async def statements(ns, other):
    await asyncio.gather(fetch(1), fetch(2))  # want "run on"
    await asyncio.gather(  # want "run on"
        fetch(
            1,
            2,
        ),
        fetch(2),
    )
    await asyncio.gather(fetch(1), *[fetch(n) for n in ns if n > 1])  # want "run on"
    await asyncio.gather(*(fetch(n, m) for n in ns for m in n.all() if m))  # want "run on"
    coros = [fetch(n) for n in ns]
    await asyncio.gather(*coros)  # want "run on"
    filled = []
    for n in ns:
        filled.append(fetch(n))
    await asyncio.gather(*filled)  # want "run on"
    await asyncio.gather(fetch(1), other.fetch())  # want "run on"
    await asyncio.wait_for(asyncio.gather(fetch(1), fetch(2)), 5)  # want "run on"
    await asyncio.gather(fetch(1), fetch(2), return_exceptions=False)  # want "run on"


async def values(ns, group):
    a, b = await asyncio.gather(fetch(1), fetch(2))  # want "run on"
    _, d = await asyncio.gather(fetch(1), fetch(2))  # want "run on"
    results = await asyncio.gather(fetch(1), fetch(2))  # want "run on"
    more = await asyncio.gather(*map(fetch, ns), fetch(1))  # want "run on"
    tasks = [fetch(n) for n in ns]
    found = await asyncio.gather(*tasks)  # want "run on"
    a, *rest = await asyncio.gather(fetch(1), fetch(2), fetch(3))  # want "run on"
    print(await asyncio.gather(fetch(1), fetch(2)))  # want "run on"
    if ns: x = await asyncio.gather(fetch(1), fetch(2))  # want "run on"
    try:
        y, z = await asyncio.gather(fetch(1), fetch(2))  # want "run on"
    except OSError:
        pass
    with db.session():
        y, z = (
            await asyncio.gather(fetch(1), fetch(2))  # want "run on"
        )
    last = [fetch(n) for n in ns]
    return await asyncio.gather(fetch(1), *last)  # want "run on"


async def commented():
    await asyncio.gather(  # want "run on"
        fetch(1),  # one
        fetch(2),
    )


async def fine(ns, other, task, flag):
    await asyncio.gather(fetch(1))
    await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)
    await asyncio.gather(fetch(1), fetch(2), return_exceptions=flag)
    await asyncio.gather(task, other)
    await asyncio.gather(careful(1), careful(2), asyncio.Event().wait())
    await asyncio.gather(*[careful(n) for n in ns])
    await asyncio.gather(*map(careful, ns))
    await asyncio.gather(*ns)
    await asyncio.gather(*[asyncio.create_task(fetch(n)) for n in ns])
    both = asyncio.gather(fetch(1), fetch(2))
    other(both)
    tasks = [asyncio.create_task(fetch(n)) for n in ns]
    try:
        await asyncio.gather(*tasks)
    except BaseException:
        for t in tasks:
            t.cancel()
        raise
    try:
        await asyncio.gather(fetch(1), fetch(2))
    finally:
        other.cancel_all()
    await other.gather(fetch(1), fetch(2))
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch(1))
    asyncio.run(asyncio.gather(fetch(1), fetch(2)))


async def gone():
    return
    await asyncio.gather(fetch(1), fetch(2))
