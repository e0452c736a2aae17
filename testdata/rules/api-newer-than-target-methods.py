# target 3.9
import asyncio
import unittest
from contextlib import AsyncExitStack


async def main(queue: asyncio.Queue[int], task: asyncio.Task[None]) -> None:
    queue.shutdown()  # want "`asyncio.Queue.shutdown` is new in Python 3.13"
    task.uncancel()  # want "`asyncio.Task.uncancel` is new in Python 3.11"
    await queue.get()
    task.cancel("why")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(queue.join)


class Test(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        await self.enterAsyncContext(asyncio.Lock())  # want "enterAsyncContext` is new in Python 3.11"
