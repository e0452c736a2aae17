import asyncio
from asyncio import create_task


background_tasks = set()


async def work(n=0):
    pass


class Service:
    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.tasks = set()
        self.items = []

    async def run(self):
        background_task = asyncio.create_task(work())
        background_tasks.add(background_task)
        background_task.add_done_callback(background_tasks.discard)
        background_task = self.loop.create_task(work())
        background_tasks.add(background_task)
        background_task.add_done_callback(background_tasks.discard)
        background_task = asyncio.get_running_loop().create_task(work())
        background_tasks.add(background_task)
        background_task.add_done_callback(background_tasks.discard)
        self.task = asyncio.create_task(work())
        self.items.append(asyncio.create_task(work()))
        task = asyncio.create_task(work())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def sync(self):
        task = asyncio.ensure_future(work())
        background_tasks.add(task)
        task.add_done_callback(background_tasks.discard)


async def dropped(flag, other, xs):
    task = create_task(work())
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
    (await create_task(work()))
    await create_task(work()) if flag else await create_task(work(1))
    flag and await create_task(work())
    [await create_task(work(x)) for x in xs]
    create_task(work()).add_done_callback(print)
    create_task(work()).cancel()
    task = create_task(work())
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
    unused = create_task(work())
    background_tasks.add(unused)
    unused.add_done_callback(background_tasks.discard)
    watched = create_task(work())
    background_tasks.add(watched)
    watched.add_done_callback(background_tasks.discard)
    watched.add_done_callback(print)


async def kept(other):
    await create_task(work())
    task = create_task(work())
    await task
    global G
    G = create_task(work())
    tasks = [create_task(work()), create_task(work())]
    await asyncio.wait(tasks)
    other.task = create_task(work())
    other[0] = create_task(work())
    other.append(create_task(work()))
    annotated: asyncio.Task = create_task(work())
    print(annotated)
    a, b = create_task(work()), create_task(work())
    await asyncio.gather(create_task(work()), *[create_task(work()) for _ in range(3)])
    print(create_task(work()))
    yield create_task(work())
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
    future = asyncio.get_running_loop().create_future()
    asyncio.ensure_future(future)
    other.create_task(work())
    if t := create_task(work()):
        await t


async def returns():
    return create_task(work())


async def containers(xs):
    lost = []
    for x in xs:
        lost.append(create_task(work(x)))
    found = []
    for x in xs:
        found.append(create_task(work(x)))
    await asyncio.gather(*found)
    table = {}
    table["x"] = create_task(work())
    shared = {}
    shared["x"] = create_task(work())
    xs.append(shared)


def callbacks(loop: asyncio.AbstractEventLoop, xs):
    loop.call_soon(lambda: asyncio.create_task(work()))
    loop.call_later(1, lambda: asyncio.create_task(work()))
    unknown(lambda: asyncio.create_task(work()))
    list(map(lambda x: asyncio.create_task(work(x)), xs))
    return lambda: asyncio.create_task(work())


async def main():
    beat = create_task(work())
    await asyncio.sleep(10)


async def forever():
    beat = create_task(work())
    while True:
        await asyncio.sleep(1)


async def captured():
    task = create_task(work())

    def stop():
        task.cancel()

    return stop


def runs_the_loop(loop: asyncio.AbstractEventLoop, future):
    task = loop.create_task(work())
    asyncio.ensure_future(future)
    background_task = asyncio.ensure_future(future.work())
    background_tasks.add(background_task)
    background_task.add_done_callback(background_tasks.discard)
    loop.run_forever()


def not_ours(create_task):
    create_task(work())


class Own:
    def create_task(self, coro):
        self.all.append(coro)

    def use(self):
        self.create_task(work())


TASK = asyncio.ensure_future(work())


async def shadowed(background_tasks):
    asyncio.create_task(work())


async def annotated():
    task: asyncio.Task[None] = asyncio.create_task(work())
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
    kept: asyncio.Task[None] = asyncio.create_task(work())
    await kept


async def listed(items):
    tasks = [create_task(work(n)) for n in items]
    more = {create_task(work(n)) for n in items}
    waited = [create_task(work(n)) for n in items]
    await asyncio.wait(waited)


async def returned(items):
    tasks = [create_task(work(n)) for n in items]
    return tasks


def started(coro):
    return asyncio.create_task(coro)


def kept(coro):
    task = asyncio.create_task(coro)
    references.add(task)
    task.add_done_callback(references.discard)
    return task


references = set()


async def by_helper():
    task = started(work())
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
    kept(work())
    await started(work())
    references.add(started(work()))


class Starts:
    def started(self, coro):
        return asyncio.create_task(coro)

    async def run(self):
        self.started(work())
