import asyncio
from asyncio import gather
from typing import Awaitable, Callable

import aiohttp
import anyio
import trio


async def work():
    pass


def start() -> "asyncio.Future[int]":
    return asyncio.get_running_loop().create_future()


def annotated() -> "asyncio.Future[int]":
    return asyncio.ensure_future(work())


class Base:
    def __init__(self):
        self.queue = asyncio.Queue()
        self.event = asyncio.Event()
        self.lock = asyncio.Lock()

    async def run(self):
        await self.queue.put(1)
        await self.queue.join()
        await self.event.wait()
        await self.lock.acquire()
        self.queue.put_nowait(1)
        self.event.set()
        self.lock.release()
        await self.queue.put(1)
        _ = await self.queue.get()
        item = await self.queue.get()


async def run(session: aiohttp.ClientSession, flag):
    await asyncio.sleep(1)
    await gather(work(), work())
    await asyncio.shield(work())
    await asyncio.wait_for(work(), 1)
    asyncio.as_completed([work()])
    flag and await asyncio.sleep(1)
    await session.get("http://localhost")
    async with session.get("http://localhost"):
        pass
    await session.get("http://localhost")
    start()
    annotated()
    work()  # another rule
    asyncio.create_task(work())  # another rule
    future = gather(work())
    return future


def sync():
    asyncio.sleep(1)
    return asyncio.gather(work())


def refresh(future: asyncio.Future):
    future.set_result(None)
    return asyncio.shield(future)


async def refreshing(future):
    refresh(future)
    await asyncio.shield(future)


class Channels:
    def __init__(self):
        self.topics: dict[str, set[trio.MemorySendChannel]] = {}
        self.send, self.receive = anyio.create_memory_object_stream[Job](3)

    async def publish(self, topic):
        for channel in self.topics.get(topic, set()).copy():
            await channel.send(1)
        for channel in list(self.topics.get(topic, ())):
            await channel.send(1)
        for channel in self.topics.get(topic, other()):
            channel.send(1)
        await self.send.send(1)


async def callbacks(on_open: Callable[[str], Awaitable[None]], plain: Callable[[str], None], start: Callable[[], asyncio.Task]):
    await on_open("x")
    await on_open("x")
    plain("x")
    start()
