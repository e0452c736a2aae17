import asyncio


async def price(n=0):
    return n


class Pumped:
    def __init__(self):
        self.seen = 0
        self.task = asyncio.create_task(self._pump())

    async def _pump(self):
        while True:
            await self._step()

    async def _step(self):
        result = await price()
        self.seen += result
