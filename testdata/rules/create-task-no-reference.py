import asyncio
from asyncio import create_task


async def work(n=0):
    pass


class Service:
    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.tasks = set()
        self.items = []

    async def run(self):
        asyncio.create_task(work())  # want "nothing keeps the task of `asyncio.create_task..`; the event loop keeps only a weak reference"
        self.loop.create_task(work())  # want "nothing keeps the task of `self.loop.create_task..`"
        asyncio.get_running_loop().create_task(work())  # want "nothing keeps"
        self.task = asyncio.create_task(work())
        self.items.append(asyncio.create_task(work()))
        task = asyncio.create_task(work())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def sync(self):
        asyncio.ensure_future(work())  # want "nothing keeps the task"


async def dropped(flag, other, xs):
    create_task(work())  # want "nothing keeps"
    (create_task(work()))  # want "nothing keeps"
    create_task(work()) if flag else create_task(work(1))  # want "nothing keeps" "nothing keeps"
    flag and create_task(work())  # want "nothing keeps"
    [create_task(work(x)) for x in xs]  # want "nothing keeps"
    create_task(work()).add_done_callback(print)  # want "nothing keeps the task of `create_task..` once its method has returned"
    create_task(work()).cancel()
    _ = create_task(work())  # want "`_`, which nothing uses"
    unused = create_task(work())  # want "`unused`, which nothing uses, is all that keeps the task"
    watched = create_task(work())  # want "`watched`, which nothing uses"
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
        lost.append(create_task(work(x)))  # want "`lost`, which nothing reads"
    found = []
    for x in xs:
        found.append(create_task(work(x)))
    await asyncio.gather(*found)
    table = {}
    table["x"] = create_task(work())  # want "`table`, which nothing reads"
    shared = {}
    shared["x"] = create_task(work())
    xs.append(shared)


def callbacks(loop: asyncio.AbstractEventLoop, xs):
    loop.call_soon(lambda: asyncio.create_task(work()))  # want "the lambda gives the task"
    loop.call_later(1, lambda: asyncio.create_task(work()))  # want "the lambda gives the task"
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
    asyncio.ensure_future(future.work())  # want "nothing keeps"
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
    asyncio.create_task(work())  # want "nothing keeps the task"


async def annotated():
    task: asyncio.Task[None] = asyncio.create_task(work())  # want "`task`, which nothing uses"
    kept: asyncio.Task[None] = asyncio.create_task(work())
    await kept


async def listed(items):
    tasks = [create_task(work(n)) for n in items]  # want "`tasks`, which nothing reads"
    more = {create_task(work(n)) for n in items}  # want "`more`, which nothing reads"
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
    started(work())  # want "nothing keeps the task that is given by `started..`"
    kept(work())
    await started(work())
    references.add(started(work()))


class Starts:
    def started(self, coro):
        return asyncio.create_task(coro)

    async def run(self):
        self.started(work())
