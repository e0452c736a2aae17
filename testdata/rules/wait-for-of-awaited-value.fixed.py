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
        await asyncio.wait_for(self.get(1), 5)
        await asyncio.wait_for(fut=self.get(1), timeout=5)
        await asyncio.wait_for((self.get(1)), 5)
        await wait_for(
            self.get(
                1,  # one
            ),
            timeout=5,
        )
        await asyncio.wait_for(self.queue.get(), 5)
        await asyncio.wait_for(self.queue.put(1), 5)
        await asyncio.wait_for(process.wait(), 5)
        await asyncio.wait_for(await self.producer.send("topic", b""), 5)
        await asyncio.wait_for(self.producer.send_and_wait("topic", b""), 5)
        await asyncio.wait_for(await jobs.get(), 5)
        await asyncio.wait_for(await self.prepare(), 5)
        await asyncio.wait_for(await self.later(), 5)


async def functions(other, group: asyncio.TaskGroup, ns, task: asyncio.Task[int], future):
    await asyncio.wait_for(fetch(), 5)
    await asyncio.wait_for(nothing(), 5)
    await asyncio.wait_for(asyncio.sleep(1), 5)
    await asyncio.wait_for(untyped(other), 5)
    await asyncio.wait_for(task, 5)
    await asyncio.wait_for(asyncio.to_thread(print), 5)
    await asyncio.shield(fetch())
    one = create_task(fetch())
    group.create_task(nothing())
    two = asyncio.get_running_loop().create_task(nothing())
    three = asyncio.ensure_future(fetch())
    four = asyncio.create_task(await task)
    await asyncio.gather(fetch(1), fetch(2), other)
    await asyncio.gather(*[fetch(n) for n in ns])
    await asyncio.gather(*(fetch(n) for n in ns))
    await asyncio.gather(*[fetch(), fetch()])
    await asyncio.wait([create_task(nothing()), create_task(nothing())])
    for done in asyncio.as_completed([fetch(n) for n in ns]):
        await done
    await asyncio.wait_for(other.recv(), 5)
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
    await asyncio.wait_for(functools.partial(fetch)(), 5)
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
        await asyncio.wait_for(fetch(), 5)

    return inner


async def gone():
    return
    await asyncio.wait_for(await fetch(), 5)


async def futures(waiting: asyncio.Future, pending):
    reply = asyncio.get_running_loop().create_future()
    await asyncio.wait_for(reply, 3)
    await asyncio.wait_for(waiting, 3)
    await asyncio.wait_for(await pending, 3)
