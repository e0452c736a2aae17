from contextlib import AsyncExitStack, asynccontextmanager


class Subscriber:
    @asynccontextmanager
    async def running(self, join):
        self.start()
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.stop, join=False)
            yield
            stack.pop_all()
            await self.stop(join=join)

    @asynccontextmanager
    async def careless(self, join):
        self.start()
        try:
            yield
        finally:
            await self.stop(join=join)

    def start(self):
        self.started = True

    async def stop(self, join):
        self.started = False
