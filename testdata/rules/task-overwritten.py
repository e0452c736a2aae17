import asyncio

import api


async def work(n=0):
    await asyncio.sleep(n)


async def last_only(ns):
    for n in ns:
        task = asyncio.create_task(work(n))  # want "the task takes the place of the one before in `task`, which may still be running"
    await task


async def last_of_two():
    task = asyncio.create_task(work(1))
    task = asyncio.create_task(work(2))  # want "`task`"
    await task


async def one_or_two(flag):
    task = asyncio.create_task(work(1))
    if flag:
        task = asyncio.ensure_future(work(2))  # want "`task`"
    return task


class Poller:
    def __init__(self):
        self.task = None
        self.tasks = []

    async def loop(self):
        while True:
            self.task = asyncio.create_task(self.poll())  # want "`self.task`"
            await asyncio.sleep(60)

    async def each(self, ns):
        for n in ns:
            self._task = asyncio.create_task(work(n))  # want "`self._task`"

    async def twice(self):
        self.task = asyncio.create_task(work(1))
        await self.poll()
        self.task = asyncio.create_task(work(2))  # want "`self.task`"

    async def poll(self):
        pass

    async def awaited(self):
        while True:
            self.task = asyncio.create_task(self.poll())
            await self.task

    async def gathered(self, ns):
        for n in ns:
            self.task = asyncio.create_task(work(n))
            self.tasks.append(self.task)

    async def cancelled(self, ns):
        for n in ns:
            if self.task:
                self.task.cancel()
            self.task = asyncio.create_task(work(n))

    async def by_method(self, ns):
        for n in ns:
            self.drop()
            self.task = asyncio.create_task(work(n))
        for n in ns:
            await self.stop()
            self.task = asyncio.create_task(work(n))
        for n in ns:
            self.inherited()
            self.task = asyncio.create_task(work(n))
        for n in ns:
            api.handle(self)
            self.task = asyncio.create_task(work(n))

    def drop(self):
        self.task.cancel()

    async def stop(self):
        pass

    async def forgotten(self, ns):
        for n in ns:
            await self.poll()
            self.task = asyncio.create_task(work(n))  # want "`self.task`"

    async def once(self):
        self.task = asyncio.create_task(work())

    async def either(self, flag):
        if flag:
            self.task = asyncio.create_task(work(1))
        else:
            self.task = asyncio.create_task(work(2))

    async def until(self):
        while True:
            self.task = asyncio.create_task(work(1))
            break

    async def watched(self, ns):
        for n in ns:
            self.task = asyncio.create_task(work(n))
            self.task.add_done_callback(api.done)


class Search:
    def __init__(self):
        self._task = self._other = self._third = self._fourth = self._fifth = None
        self.busy = False

    def on_change(self, text):
        print(text)
        self._task = asyncio.create_task(work(text))  # want "`self._task`"

    async def _on_message(self, text):
        await api.store(text)
        self._other = asyncio.create_task(work(text))  # want "`self._other`"

    def on_key(self, text):
        if self._third:
            self._third.cancel()
        self._third = asyncio.create_task(work(text))

    def on_start(self):
        self._third = asyncio.create_task(work(1))

    def start(self):
        self._third = asyncio.create_task(work(1))

    def on_click(self, text):
        if self.busy:
            return
        self._fourth = asyncio.create_task(work(text))

    def on_move(self, text):
        self._drop()
        self._fifth = asyncio.create_task(work(text))

    def on_other(self, text):
        if text:
            self._fourth = asyncio.create_task(work(text))

    def _drop(self):
        if self._fifth:
            self._fifth.cancel()


async def collected(ns):
    tasks = []
    for n in ns:
        task = asyncio.create_task(work(n))
        tasks.append(task)
    await asyncio.gather(*tasks)


async def background(ns, pending):
    for n in ns:
        task = asyncio.create_task(work(n))
        pending.add(task)
        task.add_done_callback(pending.discard)


async def in_turn(ns):
    for n in ns:
        task = asyncio.create_task(work(n))
        await task
    task = asyncio.create_task(work(1))
    await task
    task = asyncio.create_task(work(2))
    await task


async def of_others(clients):
    for client in clients:
        client.task = asyncio.create_task(work(client))
    for client in clients:
        await client.task


async def grouped(ns):
    async with asyncio.TaskGroup() as group:
        for n in ns:
            task = group.create_task(work(n))
    return task


async def captured(ns):
    for n in ns:
        task = asyncio.create_task(work(n))

    def stop():
        task.cancel()

    return stop


async def raced(queue):
    get = asyncio.create_task(queue.get())
    while True:
        done, _ = await asyncio.wait({get}, timeout=1)
        if get in done:
            get = asyncio.create_task(queue.get())


async def restarted(ns):
    task = None
    for n in ns:
        if task is not None and not task.done():
            continue
        task = asyncio.create_task(work(n))
    return task
