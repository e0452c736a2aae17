import asyncio

JOBS = asyncio.Queue()
RESULTS = asyncio.Queue()


async def process(item):
    return item


async def worker(name, queue):
    while True:
        item = await queue.get()  # want "nothing calls `queue.task_done..` for what is taken here, so that `queue.join..` waits for ever; call it when the item is done with"
        await process(item)


async def main():
    queue = asyncio.Queue()
    for i in range(20):
        queue.put_nowait(i)
    tasks = [asyncio.create_task(worker(f"worker-{i}", queue)) for i in range(3)]
    await queue.join()
    for task in tasks:
        task.cancel()


async def global_worker():
    while True:
        await process(await JOBS.get())  # want "`JOBS.join..` waits for ever"


async def run_jobs():
    await JOBS.put(1)
    asyncio.create_task(global_worker())
    await asyncio.wait_for(JOBS.join(), 10)


class Pool:
    def __init__(self):
        self._queue = asyncio.Queue()
        self._results = asyncio.Queue()
        self._done = asyncio.Queue()

    async def consume(self):
        while True:
            item = await self._queue.get()  # want "`self._queue.join..` waits for ever"
            await process(item)
            await self._results.put(item)

    async def add(self, item):
        await self._queue.put(item)
        await self._done.put(item)

    async def drain(self):
        if not self._queue.empty():
            await self._queue.join()
        return await self._results.get()

    # What is right.

    async def right(self):
        item = await self._done.get()
        await self.finish(item)

    async def finish(self, item):
        await process(item)
        self._done.task_done()

    async def wait(self):
        await self._done.join()


async def nested():
    queue = asyncio.Queue()

    async def consume():
        while True:
            item = await queue.get()  # want "`queue.join..`"
            print(item)

    task = asyncio.create_task(consume())
    await queue.join()
    task.cancel()


async def right_worker(queue):
    while True:
        item = await queue.get()
        try:
            await process(item)
        finally:
            queue.task_done()


async def passes_on(queue):
    while True:
        item = await queue.get()
        done(queue, item)


def done(queue, item):
    queue.task_done()


async def reads(queue):
    return await queue.get()


async def right_main():
    queue = asyncio.Queue()
    asyncio.create_task(right_worker(queue))
    await queue.join()
    other = asyncio.Queue()
    asyncio.create_task(passes_on(other))
    await other.join()
    third = asyncio.Queue()
    asyncio.create_task(reads(third))
    third.task_done()
    await third.join()
    fourth = asyncio.Queue()
    asyncio.create_task(reads(fourth))
    await asyncio.sleep(1)
    fifth = asyncio.Queue()
    print(fifth)
    unknown(fifth)
    asyncio.create_task(reads(fifth))
    await fifth.join()


def unknown(x):
    return x


async def results():
    await RESULTS.put(1)
    return await RESULTS.get()


async def not_a_queue(session, threads):
    answer = await session.get()
    await threads.join()
    return answer
