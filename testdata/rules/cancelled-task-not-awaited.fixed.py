import asyncio
import contextlib
from asyncio import create_task


async def work(*args):
    try:
        await asyncio.sleep(1)
    finally:
        print("bye")


async def local():
    task = asyncio.create_task(work())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def on_one_way(event):
    task = create_task(work())
    await event.wait()
    if not task.done():
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    if event:
        await task
    print(task.cancelled())


async def in_finally(event):
    task = asyncio.ensure_future(work())
    try:
        await event.wait()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def left_over(a, b):
    first = asyncio.create_task(work(a))
    done, pending = await asyncio.wait({first, b}, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return done


async def several(names):
    tasks = [asyncio.create_task(work(n)) for n in names]
    await asyncio.sleep(1)
    for t in tasks:
        if not t.done():
            t.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def awaited_before():
    task = asyncio.create_task(work())
    await asyncio.wait({task}, timeout=1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


class Service:
    _task: asyncio.Task | None = None

    def __init__(self):
        self._task = None

    def start(self):
        self._task = asyncio.create_task(self._run())

    async def _run(self):
        async with self.session:
            await work()

    async def stop(self):
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        await self.session.close()


# What is right.


async def awaited():
    task = asyncio.create_task(work())
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    other = asyncio.create_task(work())
    other.cancel()
    await asyncio.gather(other, return_exceptions=True)


async def awaited_one_by_one(pending: set[asyncio.Task]):
    done, pending = await asyncio.wait(pending)
    for task in pending:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    names = [asyncio.create_task(work(n)) for n in done]
    for n in names:
        n.cancel()
    for n in names:
        await n


async def awaited_if_any(names):
    tasks = [asyncio.create_task(work(n)) for n in names]
    for t in tasks:
        t.cancel()
    if tasks:
        await asyncio.wait(tasks)


async def awaited_unless_done():
    task = asyncio.create_task(work())
    task.cancel()
    if not task.done():
        await asyncio.wait([task])


async def awaited_later(event):
    task = None
    try:
        task = asyncio.create_task(work())
        await event.wait()
    finally:
        if task:
            task.cancel()
    if task:
        await task


async def known_to_others(tasks, names):
    task = asyncio.create_task(work())
    tasks.append(task)
    task.cancel()
    other = asyncio.create_task(work())
    other.add_done_callback(print)
    other.cancel()
    third = asyncio.create_task(work())
    names.third = third
    third.cancel()
    fourth = asyncio.create_task(work())
    fourth.cancel()
    return fourth


async def given(task: asyncio.Task):
    task.cancel()


async def of_a_group():
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work())
        await asyncio.sleep(1)
        task.cancel()


async def only_waits(event):
    task = asyncio.create_task(event.wait())
    stop = asyncio.create_task(asyncio.sleep(10))
    await work()
    task.cancel()
    stop.cancel()


async def no_task(loop):
    handle = loop.call_later(1, print)
    handle.cancel()
    future = asyncio.get_running_loop().create_future()
    future.cancel()
    timer = asyncio.get_running_loop().call_later(1, print)
    timer.cancel()


def plain():
    task = asyncio.ensure_future(work())
    task.cancel()


class Right:
    def start(self):
        self._pump = asyncio.create_task(work())
        self._other = asyncio.create_task(work())

    async def stop(self):
        self._pump.cancel()
        other, self._other = self._other, None
        other.cancel()

    async def restart(self):
        self._other.cancel()

    async def wait_closed(self):
        await self._pump


async def test_cancel():
    task = asyncio.create_task(work())
    task.cancel()
