import asyncio
import contextlib


class Shared:
    def __init__(self):
        self.users = 0
        self.tag = 0
        self.waiting = 0
        self.lock = asyncio.Lock()
        self.ready = asyncio.Condition()
        self.queue = asyncio.Queue()

    @contextlib.asynccontextmanager
    async def use(self):
        async with self.lock:
            self.users += 1
            try:
                if self.users == 1:
                    await self.open()
            except BaseException:
                self.users -= 1
                raise
        try:
            yield self
        finally:
            async with self.lock:
                if self.users == 1:
                    await self.shut()
                self.users -= 1

    async def publish(self, item):
        async with self.lock:
            self.tag += 1
            sent = False
            try:
                await self.queue.put(item)
                sent = True
                await self.drain()
            except BaseException:
                if not sent:
                    self.tag -= 1
                raise

    async def wait(self):
        async with self.ready:
            self.waiting += 1
            await self.ready.wait()
            self.waiting -= 1  # want "skipped when the coroutine is cancelled"

    async def early(self):
        self.users += 1
        await self.drain()
        try:
            await self.open()
        except BaseException:
            self.users -= 1
            raise
        self.users -= 1  # want "skipped when the coroutine is cancelled"

    async def drain(self):
        await asyncio.sleep(1)

    async def open(self):
        await asyncio.sleep(1)

    async def shut(self):
        await asyncio.sleep(1)
