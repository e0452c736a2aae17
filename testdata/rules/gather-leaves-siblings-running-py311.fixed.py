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
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self.get(u)) for u in self.urls]
        return [task.result() for task in tasks]

    async def first(self):
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self.get(u)) for u in self.urls if u]
        self.results = [task.result() for task in tasks]


async def statements(ns, other):
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch(1))
        group.create_task(fetch(2))
    await asyncio.gather(
        fetch(
            1,
            2,
        ),
        fetch(2),
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch(1))
        for n in ns:
            if n > 1:
                group.create_task(fetch(n))
    async with asyncio.TaskGroup() as group:
        for n in ns:
            for m in n.all():
                if m:
                    group.create_task(fetch(n, m))
    coros = [fetch(n) for n in ns]
    async with asyncio.TaskGroup() as group:
        for coro in coros:
            group.create_task(coro)
    filled = []
    for n in ns:
        filled.append(fetch(n))
    async with asyncio.TaskGroup() as group:
        for coro in filled:
            group.create_task(coro)
    await asyncio.gather(fetch(1), other.fetch())
    await asyncio.wait_for(asyncio.gather(fetch(1), fetch(2)), 5)
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch(1))
        group.create_task(fetch(2))


async def values(ns, group):
    async with asyncio.TaskGroup() as task_group:
        a_task = task_group.create_task(fetch(1))
        b_task = task_group.create_task(fetch(2))
    a, b = a_task.result(), b_task.result()
    async with asyncio.TaskGroup() as task_group:
        task_group.create_task(fetch(1))
        d_task = task_group.create_task(fetch(2))
    d = d_task.result()
    async with asyncio.TaskGroup() as task_group:
        running = [task_group.create_task(fetch(1)), task_group.create_task(fetch(2))]
    results = [task.result() for task in running]
    async with asyncio.TaskGroup() as task_group:
        running = [*[task_group.create_task(coro) for coro in map(fetch, ns)], task_group.create_task(fetch(1))]
    more = [task.result() for task in running]
    tasks = [fetch(n) for n in ns]
    async with asyncio.TaskGroup() as task_group:
        running = [task_group.create_task(coro) for coro in tasks]
    found = [task.result() for task in running]
    async with asyncio.TaskGroup() as task_group:
        running = [task_group.create_task(fetch(1)), task_group.create_task(fetch(2)), task_group.create_task(fetch(3))]
    a, *rest = [task.result() for task in running]
    print(await asyncio.gather(fetch(1), fetch(2)))
    if ns: x = await asyncio.gather(fetch(1), fetch(2))
    try:
        y, z = await asyncio.gather(fetch(1), fetch(2))
    except OSError:
        pass
    with db.session():
        y, z = (
            await asyncio.gather(fetch(1), fetch(2))
        )
    last = [fetch(n) for n in ns]
    async with asyncio.TaskGroup() as task_group:
        running = [task_group.create_task(fetch(1)), *[task_group.create_task(coro) for coro in last]]
    return [task.result() for task in running]


async def commented():
    await asyncio.gather(
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
