import asyncio
import functools
from abc import abstractmethod
from asyncio import create_task, wait_for

import aiohttp
import aiokafka


async def fetch(n=0) -> int:
    return n


async def nothing():
    await asyncio.sleep(1)


async def untyped(client):
    return await client.get("/")


async def make():
    return asyncio.create_task(fetch())


async def coroutine_maker():
    return fetch(1)


async def maybe(flag):
    if flag:
        return fetch(1)
    return None


class Client:
    session: aiohttp.ClientSession

    def __init__(self, producer: aiokafka.AIOKafkaProducer, queue: asyncio.Queue):
        self.producer = producer
        self.queue = queue

    async def get(self, n) -> bytes:
        return b""

    async def prepare(self):
        raise NotImplementedError

    @abstractmethod
    async def later(self): ...

    async def all(self, ns, process, jobs: asyncio.Queue):
        await asyncio.wait_for(await self.get(1), 5)  # want "`self.get..` is awaited before `asyncio.wait_for..` is called, so the timeout does not apply"
        await asyncio.wait_for(fut=await self.get(1), timeout=5)  # want "timeout does not apply"
        await asyncio.wait_for((await self.get(1)), 5)  # want "timeout does not apply"
        await wait_for(
            await self.get(  # want "timeout does not apply"
                1,  # one
            ),
            timeout=5,
        )
        await asyncio.wait_for(await self.queue.get(), 5)  # want "timeout does not apply"
        await asyncio.wait_for(await self.queue.put(1), 5)  # want "timeout does not apply"
        await asyncio.wait_for(await process.wait(), 5)  # want "timeout does not apply"
        await asyncio.wait_for(await self.producer.send("topic", b""), 5)
        await asyncio.wait_for(await self.producer.send_and_wait("topic", b""), 5)  # want "timeout does not apply"
        await asyncio.wait_for(await jobs.get(), 5)
        await asyncio.wait_for(await self.prepare(), 5)
        await asyncio.wait_for(await self.later(), 5)


async def functions(other, group: asyncio.TaskGroup, ns, task: asyncio.Task[int], future):
    await asyncio.wait_for(await fetch(), 5)  # want "timeout"
    await asyncio.wait_for(await nothing(), 5)  # want "timeout"
    await asyncio.wait_for(await asyncio.sleep(1), 5)  # want "timeout"
    await asyncio.wait_for(await untyped(other), 5)  # want "timeout"
    await asyncio.wait_for(await task, 5)  # want "`task` is awaited"
    await asyncio.wait_for(await asyncio.to_thread(print), 5)  # want "timeout"
    await asyncio.shield(await fetch())  # want "nothing shields it"
    one = create_task(await fetch())  # want "no task runs it"
    group.create_task(await nothing())  # want "no task runs it"
    two = asyncio.get_running_loop().create_task(await nothing())  # want "no task runs it"
    three = asyncio.ensure_future(await fetch())  # want "no task runs it"
    four = asyncio.create_task(await task)  # want "no task runs it"
    await asyncio.gather(await fetch(1), await fetch(2), other)  # want "nothing runs at the same time" "nothing runs"
    await asyncio.gather(*[await fetch(n) for n in ns])  # want "nothing runs at the same time"
    await asyncio.gather(*(await fetch(n) for n in ns))  # want "nothing runs at the same time"
    await asyncio.gather(*[await fetch(), fetch()])  # want "nothing runs at the same time"
    await asyncio.wait([await nothing(), await nothing()])  # want "nothing runs" "nothing runs"
    for done in asyncio.as_completed([await fetch(n) for n in ns]):  # want "nothing runs"
        await done
    await asyncio.wait_for(await other.recv(), 5)  # want "timeout"
    return one, two, three, four


async def right(other, ns, queue, future, tasks):
    await asyncio.wait_for(fetch(), 5)
    await asyncio.wait_for(await make(), 5)
    await asyncio.wait_for(await coroutine_maker(), 5)
    await asyncio.wait_for(await maybe(other), 5)
    await asyncio.gather(await make(), await make())
    await asyncio.gather(*[await make() for _ in ns])
    await asyncio.gather(*[fetch(await other.id(n)) for n in ns])
    await asyncio.gather(*[fetch(n) for n in await other.ids()])
    await asyncio.gather(*[fetch(n) for n in ns if await other.has(n)])
    await asyncio.gather(*await other.start_all())
    await asyncio.wait_for(fetch(), timeout=await other.timeout())
    await asyncio.gather(fetch(), return_exceptions=await other.flag())
    await asyncio.wait_for(await future, 5)
    await asyncio.wait_for(await other.submit(1), 5)
    await asyncio.wait_for(await other.start_task(), 5)
    await asyncio.wait_for(await functools.partial(fetch)(), 5)  # want "timeout"
    await asyncio.wait(await other.tasks())
    await asyncio.wait([asyncio.create_task(fetch(await other.id()))])
    await asyncio.wait_for((await fetch(), await fetch()), 5)
    await other.wait_for(await fetch(), 5)
    await asyncio.to_thread(print, await fetch())
    asyncio.get_running_loop().call_soon(print, await fetch())
    await asyncio.create_task(fetch(), name=await other.name())
    await asyncio.wait_for(await queue.pop_job(), 5)


async def not_ours(wait_for):
    await wait_for(await fetch(), 5)


def sync():
    async def inner():
        await asyncio.wait_for(await fetch(), 5)  # want "timeout"

    return inner


async def gone():
    return
    await asyncio.wait_for(await fetch(), 5)


async def futures(waiting: asyncio.Future, pending):
    reply = asyncio.get_running_loop().create_future()
    await asyncio.wait_for(await reply, 3)  # want "`reply` is awaited"
    await asyncio.wait_for(await waiting, 3)  # want "`waiting` is awaited"
    await asyncio.wait_for(await pending, 3)
