import asyncio
from collections import Counter

counter = 0
totals = {}


counter_lock = asyncio.Lock()


async def price(n=0):
    return n


async def increment():
    global counter
    async with counter_lock:
        value = counter
        await asyncio.sleep(0)
        counter = value + 1


async def main():
    await asyncio.gather(*(increment() for _ in range(100)))


async def add(key):
    result = await price()
    totals[key] = totals.get(key, 0) + result
    result = await price()
    totals[key] += result
    old = totals[key]
    await price()
    totals[key] = old + 1


class Account:
    def __init__(self):
        self.balance = 0
        self.log = []
        self.tags = set()
        self.counts = Counter()
        self.stats = None
        self._lock = asyncio.Lock()
        self.sem = asyncio.Semaphore(1)
        self.changed = asyncio.Condition()
        self._balance_lock = asyncio.Lock()

    async def direct(self):
        result = await price()
        self.balance += result
        result = await price()
        self.balance = self.balance + result
        result = await price()
        self.balance = self.balance - result * 2
        result = await price()
        self.counts["a"] += result
        result = await price()
        self.stats.total += result.amount
        async with self._balance_lock:
            self.balance += 1 + await price() if self.log else 0
        result = await price()
        self.log = self.log + [result]
        result = await price()
        self.log = [*self.log, result]

    async def withdraw(self, amount):
        async with self._balance_lock:
            balance = self.balance
            if balance < amount:
                raise ValueError(amount)
            await price()
            self.balance = balance - amount

    async def through_two(self, amount):
        async with self._balance_lock:
            balance = self.balance
            rest = balance - amount
            async with asyncio.timeout(3):
                pass
            self.balance = rest

    async def computed_first(self, amount):
        async with self._balance_lock:
            rest = self.balance - amount
            if amount:
                async for _ in self.rows():
                    pass
            self.balance = rest

    async def bounded(self, amount):
        async with self._balance_lock:
            low = self.balance
            await price()
            self.balance = max(low, amount)

    async def augmented(self, n):
        async with self._balance_lock:
            total = self.balance
            for _ in range(n):
                total += await price()
            self.balance = total

    async def lock_too_late(self, amount):
        async with self._balance_lock:
            balance = self.balance
            async with self._lock:
                self.balance = balance + amount

    async def lock_in_between(self, amount):
        async with self._balance_lock:
            async with self._lock:
                balance = self.balance
            await price()
            async with self._lock:
                self.balance = balance + amount

    # What is right.

    async def await_first(self, amount):
        added = await price()
        self.balance += added
        self.balance = self.balance + added
        self.balance = await price() + self.balance
        await price()

    async def awaited_on_the_left(self):
        self.balance = (await price()) + self.balance

    async def no_await_between(self, amount):
        balance = self.balance
        self.balance = balance + amount
        await price()

    async def locked(self, amount):
        async with self._lock:
            self.balance += await price()
            balance = self.balance
            await price()
            self.balance = balance + amount
        async with self.sem, self.changed:
            self.balance += await price()

    async def acquired(self, amount):
        await self._lock.acquire()
        try:
            balance = self.balance
            await price()
            self.balance = balance + amount
        finally:
            self._lock.release()

    async def unknown_lock(self, other):
        async with other.write_lock:
            self.balance += await price()
        async with self.lock_for(other):
            self.balance += await price()

    def lock_for(self, other):
        return other

    async def looks_again(self, amount):
        balance = self.balance
        await price()
        if self.balance != balance:
            return
        self.balance = balance + amount

    async def reads_again(self, amount):
        balance = self.balance
        await price(balance)
        balance = self.balance
        self.balance = balance + amount

    async def restores(self):
        before = self.balance
        self.balance = 0
        try:
            await price()
        finally:
            self.balance = before

    async def rolls_back(self):
        before = self.balance
        await price()
        self.balance = before

    async def in_place(self):
        self.log += await price()
        self.tags |= await price()

    async def of_its_own(self):
        total = 0
        total += await price()
        total = total + await price()
        mine = {}
        mine["a"] = mine.get("a", 0) + await price()
        return total

    async def another_thing(self):
        balance = self.balance
        await price()
        self.other = balance + 1
        self.balance = await price(self.balance)

    async def claims(self):
        count = self.balance
        self.balance = 0
        await price(count)
        self.balance = count + 1

    async def add_locked(self):
        self.balance += await price()

    async def _add(self):
        self.balance += await price()

    async def calls_with_lock(self):
        async with self._lock:
            await self._add()

    async def rows(self):
        yield 1

    async def start(self):
        self.balance += await price()

    async def pump(self):
        while True:
            self.balance += await price()

    async def nested(self):
        async def inner():
            await price()

        balance = self.balance
        self.balance = balance + 1
        await inner()


async def captured(urls):
    done = 0

    async def one(url):
        nonlocal done
        result = await price(url)
        done += result

    async def once(url):
        nonlocal done
        done += await price(url)

    await asyncio.gather(*[one(u) for u in urls])
    await once(1)
    return done


async def keys_change(keys):
    for key in keys:
        old = totals[key]
        key = await price(key)
        totals[key] = old + 1


class Pumped:
    def __init__(self):
        self.seen = 0
        self.task = asyncio.create_task(self._pump())

    async def _pump(self):
        for _ in range(3):
            await self._step()

    async def _step(self):
        self.seen += await price()


class Spawned:
    seen = 0

    async def spawn(self):
        for _ in range(3):
            asyncio.create_task(self._pump())

    async def _pump(self):
        await self._step()

    async def _step(self):
        result = await price()
        self.seen += result
