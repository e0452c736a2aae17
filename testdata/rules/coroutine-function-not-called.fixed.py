import asyncio
import functools
from asyncio import create_task, gather
from collections.abc import Awaitable, Coroutine


async def work():
    pass


async def needs(x):
    pass


def factory():
    return work()


async def agen():
    yield 1


@decorator
async def decorated():
    pass


class Service:
    async def run(self):
        create_task(self.run())
        create_task(self.run())
        await self.run()

    @property
    async def value(self):
        return 1

    @functools.cached_property
    def task(self):
        return asyncio.create_task(work())

    async def properties(self):
        await self.value
        await self.task


async def main(loop: asyncio.AbstractEventLoop, unknown):
    asyncio.create_task(work())
    asyncio.create_task(needs)
    asyncio.create_task(factory())
    asyncio.create_task(factory())
    asyncio.create_task(unknown)
    asyncio.create_task(decorated)
    asyncio.create_task(work())
    asyncio.create_task(functools.partial(needs, 1)())
    asyncio.create_task(coro=work())
    await asyncio.wait_for(work(), 1)
    await asyncio.shield(work())
    await asyncio.ensure_future(work())
    loop.create_task(work())
    asyncio.run_coroutine_threadsafe(work(), loop)
    await gather(work(), work())
    await gather(*[work(), work()])
    await gather(*[work(), work()])
    await gather(*[work() for _ in range(3)])
    await gather(*[work(), work()])
    await gather(*unknown)
    tasks = [asyncio.create_task(work())]
    await gather(*tasks)
    await asyncio.wait([asyncio.create_task(work())])
    await work()
    await unknown
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        group.create_task(work())
    loop.run_until_complete(work())
    loop.call_soon(work)  # another rule


asyncio.run(main)
asyncio.run(main())


async def generated(items):
    await gather(*(needs(x) for x in items))
    await gather(*(needs(x) for x in items), return_exceptions=True)
    await gather(*(needs(x) for x in items))
    await gather(x for x in items)


class Keeps:
    def __init__(self, name, request: Coroutine):
        self.name = name
        self.request = request

    async def fetch(self):
        return await self.request("get")


class Passes(Keeps):
    def __init__(self, request: Coroutine):
        super().__init__("x", request)


def calls(request: Awaitable[int]):
    return asyncio.run(request())


def runs(request: Coroutine):
    return asyncio.run(request)


Keeps("x", work)
Passes(work)
calls(work)
runs(work())
