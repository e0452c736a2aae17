"""What may change during an await."""
import asyncio

total = 0
cache = {}


class Counter:
    def __init__(self, lock):
        self.count = 0
        self.items = {}
        self.lock = asyncio.Lock()  # hover: asyncio.Lock
        self.mutex = lock
        self.busy = False
        self.task = None

    async def read_and_write(self):
        old = self.count
        await fetch()  # hover: await[self.count]
        self.count = old + 1

    async def in_one_statement(self):
        self.count += await fetch()  # hover: await[self.count]

    async def on_both_sides(self):
        self.count = self.count + await fetch()  # hover: await[self.count]

    async def behind(self):
        self.count = await fetch() + self.count
        self.count += 1
        await fetch()

    async def looked_again(self):
        if self.task is None:
            await fetch()
            if self.task is None:
                self.task = 1

    async def checked(self):
        if self.task is None:
            self.task = await fetch()  # hover: await[self.task]
        return self.task

    async def container(self, key):
        if key not in self.items:
            self.items[key] = await fetch(key)  # hover: await[self.items]
        return self.items[key]

    async def only_written(self, key):
        self.items[key] = await fetch(key)
        self.task = await fetch(key)

    async def claimed(self):
        if self.busy:
            return
        self.busy = True
        try:
            await fetch()
        finally:
            self.busy = False

    async def claimed_late(self):
        if self.busy:
            return
        await fetch()  # hover: await[self.busy]
        self.busy = True
        await fetch()

    async def guarded(self):
        async with self.lock:  # hover: asyncio.Lock
            old = self.count
            await fetch()
            self.count = old + 1

    async def guarded_by_what_is_not_known(self):
        async with self.mutex:
            old = self.count
            await fetch()
            self.count = old + 1

    async def read_before_the_lock(self):
        old = self.count
        async with self.lock:  # hover: asyncio.Lock
            await fetch()  # hover: await[self.count]
            self.count = old + 1

    async def acquired(self):
        await self.lock.acquire()  # hover: asyncio.Lock.acquire
        try:
            old = self.count
            await fetch()
            self.count = old + 1
        finally:
            self.lock.release()  # hover: asyncio.Lock.release

    async def in_a_loop(self):
        while self.count < 10:
            await fetch()
            self.count += 1

    async def round_the_loop(self):
        for _ in range(3):
            self.count = 1
            await fetch()
            print(self.count)

    async def other_branch(self, flag):
        if flag:
            print(self.count)
        else:
            await fetch()
            self.count = 1

    async def two(self):
        a, b = self.count, self.busy
        await fetch()  # hover: await[self.count, self.busy]
        self.count, self.busy = a, b

    async def nested(self):
        old = self.count

        async def inner():
            await fetch()
            self.count = 1

        await inner()
        return old

    async def deleted(self, key):
        if key in self.items:
            await fetch()  # hover: await[self.items]
            del self.items[key]

    def reset(self):
        self.count = 0


async def module(key):
    global total
    if key not in cache:
        cache[key] = await fetch(key)  # hover: await[cache]
    old = total
    await fetch()  # hover: await[total]
    total = old + 1


async def own():
    count = 0
    items = {}
    old = count
    await fetch()
    count = old + 1
    items[1] = await fetch(items)


async def around():
    count = 0

    async def inner():
        nonlocal count
        old = count
        await fetch()  # hover: await[count]
        count = old + 1

    await inner()


async def elsewhere(obj):
    old = obj.count
    await fetch()
    obj.count = old + 1


async def fetch(key=None): ...
