import asyncio


class Locks:
    def __init__(self, pool):
        self.pool = pool
        self.guard = asyncio.Lock()
        self.locks = {}
        self.tokens = {}
        self.borrowed = self.connection = None
        self._tokens_lock = asyncio.Lock()

    async def get_lock(self, key):
        lock = self.locks.get(key)
        if lock is None:
            async with self.guard:
                lock = self.locks.get(key)
                if lock is None:
                    lock = self.locks[key] = asyncio.Lock()
        return lock

    async def get_token(self, key):
        token = self.tokens.get(key)
        if token is None:
            async with await self.get_lock(key):
                token = self.tokens.get(key)
                if token is None:
                    token = await self.pool.token(key)
                    self.tokens[key] = token
        return token

    async def get_careless(self, key):
        token = self.tokens.get(key)
        async with self._tokens_lock:
            if token is None:
                token = await self.pool.token(key)
                self.tokens[key] = token
        return token

    async def acquire(self):
        assert self.borrowed is None, "acquired already"
        self.borrowed = await self.pool.acquire()

    async def ensure_connection(self):
        if self.connection is None:
            self.connection = await self.pool.acquire()
