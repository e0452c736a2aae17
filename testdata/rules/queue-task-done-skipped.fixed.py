import asyncio
import queue as queues

jobs = asyncio.Queue()


async def process(item):
    return item


async def worker(queue: asyncio.Queue):
    while True:
        item = await queue.get()
        try:
            await process(item)
        finally:
            queue.task_done()


async def untyped_worker(name, queue):
    while True:
        # the next one
        item = await queue.get()
        try:
            # what it is for

            print(name)
            result = item.run()  # at once

            print(result)
        finally:
            queue.task_done()
        print("next")


async def caught_around():
    while True:
        try:
            item = await jobs.get()
            try:
                await process(item)
            finally:
                jobs.task_done()
        except Exception:
            print("failed")


async def goes_on():
    while True:
        item = await jobs.get()
        if item is None:
            continue
        try:
            await process(item)
        finally:
            jobs.task_done()


async def with_timeout():
    while True:
        try:
            item = await asyncio.wait_for(jobs.get(), 3)
        except asyncio.TimeoutError:
            continue
        await process(item)
        jobs.task_done()


class Pool:
    def __init__(self):
        self._queue = asyncio.Queue()
        self._lonely = asyncio.Queue()
        self.threads = queues.Queue()

    async def run(self):
        item = await self._queue.get()
        try:
            await process(item)
        finally:
            self._queue.task_done()

    async def close(self):
        await self._queue.join()

    async def lonely(self):
        item = await self._lonely.get()
        await process(item)
        self._lonely.task_done()

    async def of_threads(self):
        item = self.threads.get()
        await process(item)
        self.threads.task_done()

    # What is right.

    async def in_finally(self):
        while True:
            item = await self._queue.get()
            try:
                await process(item)
            finally:
                self._queue.task_done()

    async def caught(self):
        while True:
            item = await self._queue.get()
            try:
                await process(item)
            except Exception:
                print("failed")
            self._queue.task_done()

    async def at_once(self):
        while True:
            item = await self._queue.get()
            self._queue.task_done()
            await process(item)

    async def each_way(self):
        while True:
            item = await self._queue.get()
            if item is None:
                self._queue.task_done()
                continue
            try:
                await process(item)
            except ValueError:
                self._queue.task_done()
            except BaseException:
                self._queue.task_done()
                raise
            else:
                self._queue.task_done()

    async def sentinel(self):
        while True:
            item = await self._queue.get()
            if item is None:
                break
            try:
                await process(item)
            finally:
                self._queue.task_done()

    async def elsewhere(self):
        while True:
            item = await self._queue.get()
            if item is None:
                self._queue.task_done()
                return
            asyncio.create_task(self.one(item))

    async def one(self, item):
        try:
            await process(item)
        finally:
            self._queue.task_done()


async def local():
    queue = asyncio.Queue()
    queue.put_nowait(1)
    item = await queue.get()
    await process(item)
    queue.task_done()


async def local_joined():
    queue = asyncio.Queue()

    async def consume():
        while True:
            item = await queue.get()
            try:
                await process(item)
            finally:
                queue.task_done()

    task = asyncio.create_task(consume())
    await queue.join()
    task.cancel()


async def mapping(queue):
    item = await queue.get("key")
    await process(item)
    queue.task_done()


async def test_queue():
    item = await jobs.get()
    await process(item)
    jobs.task_done()


async def filters(jobs: asyncio.Queue[str]):
    while True:
        path = await jobs.get()
        if path.endswith(".tmp"):
            jobs.task_done()
            continue
        try:
            await process(path.strip())
        finally:
            jobs.task_done()


async def filtering():
    jobs = asyncio.Queue()
    worker = asyncio.create_task(filters(jobs))
    await jobs.join()
    worker.cancel()
