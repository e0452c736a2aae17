import asyncio
from typing import Optional

cache = {}
client = None
lock = asyncio.Lock()


client_lock = asyncio.Lock()


async def make(key=None):
    return object()


async def get_client():
    global client
    async with client_lock:
        if client is None:
            client = await make()
    return client


async def lookup(key):
    if key not in cache:
        cache[key] = await make(key)
    return cache[key]


async def lookup_early(key):
    if key in cache:
        return cache[key]
    value = await make(key)
    cache[key] = value
    return value


async def lookup_get(key):
    value = cache.get(key)
    if value is None:
        value = await make(key)
        cache[key] = value
    return value


async def lookup_walrus(key):
    if (value := cache.get(key)) is not None:
        return value
    cache[key] = value = await make(key)
    return value


async def lookup_except(key):
    try:
        return cache[key]
    except KeyError:
        cache[key] = await make(key)
        return cache[key]


class Service:
    def __init__(self):
        self._client = None
        self._session: Optional[object] = None
        self._ready = False
        self._loading = False
        self._initialized = False
        self._task = None
        self._future = None
        self._pending = set()
        self._data = None
        self._lock = asyncio.Lock()
        self._client_lock = asyncio.Lock()

    async def client(self):
        async with self._client_lock:
            if self._client is None:
                self._client = await make()
        return self._client

    async def session(self):
        if not self._session or self._session.closed:
            session = await make()
            self._session = session
        return self._session

    async def session_early(self):
        if self._session is not None:
            return self._session
        async with make() as session:
            self._session = session
        return self._session

    async def ensure_ready(self):
        if not self._initialized:
            await make()
            self._initialized = True

    async def get_late_lock(self):
        async with self._client_lock:
            if self._client is None:
                async with self._lock:
                    self._client = await make()
        return self._client

    async def get_attribute(self):
        if not hasattr(self, "_conn"):
            self._conn = await make()
        return self._conn

    async def get_alias(self):
        session = self._session
        if session is None:
            session = self._session = await make()
        return session

    async def get_tuple(self):
        async with self._client_lock:
            if self._client is None:
                made = await make()
                self._client = (made, 1)
        return self._client

    # What is right.

    async def get_locked(self):
        async with self._lock:
            if self._client is None:
                self._client = await make()
        return self._client

    async def get_double_checked(self):
        if self._client is None:
            async with self._lock:
                if self._client is None:
                    self._client = await make()
        return self._client

    async def get_double_checked_early(self):
        if self._client is not None:
            return self._client
        async with self._lock:
            if self._client is not None:
                return self._client
            self._client = await make()
        return self._client

    async def get_shared(self):
        if self._task is None:
            self._task = asyncio.create_task(make())
        return await self._task

    async def get_shared_result(self):
        if self._client is None:
            if self._task is None:
                self._task = asyncio.create_task(make())
            self._client = await self._task
        return self._client

    async def get_shared_shield(self):
        if self._client is None:
            self._client = await asyncio.shield(self._task)
        return self._client

    async def get_flag(self):
        if self._client is None and not self._loading:
            self._loading = True
            self._client = await make()
        return self._client

    async def get_pending(self, key):
        if key in self._pending or key in cache:
            return None
        self._pending.add(key)
        cache[key] = await make(key)
        return cache[key]

    async def get_checked_after(self):
        if self._client is None:
            client = await make()
            if self._client is None:
                self._client = client
        return self._client

    async def get_made_at_once(self):
        if self._session is None:
            self._session = object()
        await make()
        return self._session

    async def get_placeholder(self, key):
        if key not in cache:
            cache[key] = None
            cache[key] = await make(key)
        return cache[key]

    async def get_anyway(self):
        if self._client is None:
            print("first")
        self._client = await make()
        return self._client

    async def get_after(self):
        await make()
        if self._client is None:
            self._client = object()
        return self._client

    async def closes(self):
        if self._client is not None:
            await make(self._client)
            self._client = None

    async def get_cleared(self):
        if self._data is None:
            await make()
            self._data = None
        return self._data

    async def get_under_caller(self):
        async with self._lock:
            return await self._get_client_locked()

    async def _get_client_locked(self):
        if self._client is None:
            self._client = await make()
        return self._client

    async def _get_held(self):
        if self._client is None:
            self._client = await make()
        return self._client

    async def uses_held(self):
        async with self._lock:
            await self._get_held()

    async def connect(self):
        if self._client is None:
            self._client = await make()
        return self._client

    async def __aenter__(self):
        if self._client is None:
            self._client = await make()
        return self

    async def get_of_its_own(self):
        mine = None
        if mine is None:
            mine = await make()
        return mine

    async def get_data(self):
        if self._data is None:
            self._data = await self.load_data()
        return self._data

    async def load_data(self):
        return 1

    async def step(self):
        if not self._ready:
            await make()
            self._eof = True
        if self._step is None:
            self._step = await make()


class Rows:
    current = None

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.current is None:
            self.current = await make()
        return self.current

    async def get_current(self):
        if self.current is None:
            self.current = await make()
        return self.current


async def right(key):
    async with lock:
        if key not in cache:
            cache[key] = await make(key)
    return cache[key]


async def in_flight(key):
    if key not in cache:
        cache[key] = asyncio.create_task(make(key))
    return await cache[key]


async def other_key(key):
    if key not in cache:
        key = await make(key)
        cache[key] = await make(key)
    return cache


stock = {"apple": 3}


class Account:
    def __init__(self):
        self.balance = 100
        self.running = 0
        self.limit = 5
        self.offset = 0
        self.seats = {}
        self.lock = asyncio.Lock()
        self._balance_lock = asyncio.Lock()

    async def withdraw(self, amount):
        async with self._balance_lock:
            if self.balance >= amount:
                await make()
                self.balance -= amount

    async def withdraw_early(self, amount):
        async with self._balance_lock:
            if self.balance < amount:
                raise ValueError(amount)
            await make()
            self.balance = self.balance - amount

    async def admit(self):
        if self.running < self.limit:
            await make()
            self.running += 1

    async def reserve(self, seat, name):
        if self.seats.get(seat) is None:
            await make(name)
            self.seats[seat] = name

    async def withdraw_locked_here(self, amount):
        async with self.lock:
            if self.balance >= amount:
                await make()
                self.balance -= amount

    async def withdraw_first(self, amount):
        if self.balance >= amount:
            self.balance -= amount
            await make()

    async def withdraw_again(self, amount):
        if self.balance >= amount:
            await make()
            if self.balance >= amount:
                self.balance -= amount

    async def reads(self, source):
        while self.offset < 100:
            await source.read()
            self.offset += 1
        if self.offset < 100:
            chunk = await source.read()
            self.offset += len(chunk)

    async def counts(self, amount):
        if self.balance >= amount:
            print("enough")
        await make()
        self.balance -= amount


async def admit_all(account: Account):
    await asyncio.gather(*[account.admit() for _ in range(9)])


async def sell(name, n):
    if stock[name] >= n:
        await make()
        stock[name] -= n


async def pairs(a, b):
    if (a, b) not in cache:
        cache[a, b] = await make(a)
    if str(a) not in cache:
        cache[str(a)] = await make(a)
    return cache[a, b]
