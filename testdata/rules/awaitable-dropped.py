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
        self.queue.put(1)  # want "`self.queue.put..` is not awaited, so nothing is waited for; await it"
        self.queue.join()  # want "`self.queue.join..`"
        self.event.wait()  # want "`self.event.wait..`"
        self.lock.acquire()  # want "`self.lock.acquire..`"
        self.queue.put_nowait(1)
        self.event.set()
        self.lock.release()
        await self.queue.put(1)
        _ = self.queue.get()  # want "`self.queue.get..`"
        item = await self.queue.get()


async def run(session: aiohttp.ClientSession, flag):
    asyncio.sleep(1)  # want "`asyncio.sleep..`"
    gather(work(), work())  # want "`gather..`"
    asyncio.shield(work())  # want "`asyncio.shield..`"
    asyncio.wait_for(work(), 1)  # want "`asyncio.wait_for..`"
    asyncio.as_completed([work()])  # want "nothing waits for what `asyncio.as_completed..`"
    flag and asyncio.sleep(1)  # want "`asyncio.sleep..`"
    session.get("http://localhost")  # want "`session.get..` does nothing unless it is awaited"
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
    asyncio.sleep(1)  # want "`asyncio.sleep..`"
    return asyncio.gather(work())


def refresh(future: asyncio.Future):
    future.set_result(None)
    return asyncio.shield(future)


async def refreshing(future):
    refresh(future)
    asyncio.shield(future)  # want "`asyncio.shield..` is not awaited"


class Channels:
    def __init__(self):
        self.topics: dict[str, set[trio.MemorySendChannel]] = {}
        self.send, self.receive = anyio.create_memory_object_stream[Job](3)

    async def publish(self, topic):
        for channel in self.topics.get(topic, set()).copy():
            channel.send(1)  # want "`channel.send\\(\\)` is not awaited"
        for channel in list(self.topics.get(topic, ())):
            channel.send(1)  # want "`channel.send\\(\\)` is not awaited"
        for channel in self.topics.get(topic, other()):
            channel.send(1)
        self.send.send(1)  # want "`self.send.send\\(\\)` is not awaited"


async def callbacks(on_open: Callable[[str], Awaitable[None]], plain: Callable[[str], None], start: Callable[[], asyncio.Task]):
    on_open("x")  # want "`on_open..` does nothing unless it is awaited"
    await on_open("x")
    plain("x")
    start()
