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
        create_task(self.run)  # want "`self.run` is a coroutine function, but `create_task..` needs a coroutine; call it"
        create_task(self.run())
        await self.run  # want "`self.run` is a coroutine function, which cannot be awaited; call it"

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
    asyncio.create_task(work)  # want "`work` is a coroutine function"
    asyncio.create_task(needs)  # want "`needs` is a coroutine function"
    asyncio.create_task(factory())
    asyncio.create_task(factory)  # want "`factory` is a coroutine function"
    asyncio.create_task(unknown)
    asyncio.create_task(decorated)
    asyncio.create_task(lambda: work())  # want "not a lambda"
    asyncio.create_task(functools.partial(needs, 1))  # want "coroutine function"
    asyncio.create_task(coro=work)  # want "`work` is a coroutine function"
    await asyncio.wait_for(work, 1)  # want "`work` is a coroutine function"
    await asyncio.shield(work)  # want "`work` is a coroutine function"
    await asyncio.ensure_future(work)  # want "`work` is a coroutine function"
    loop.create_task(work)  # want "`work` is a coroutine function"
    asyncio.run_coroutine_threadsafe(work, loop)  # want "`work` is a coroutine function"
    await gather(work, work())  # want "`work` is a coroutine function"
    await gather(*[work, work])  # want "coroutine function" "coroutine function"
    await gather([work(), work()])  # want "`gather..` takes the awaitables one by one: a list of them raises TypeError"
    await gather([work() for _ in range(3)])  # want "unpack it with"
    await gather(*[work(), work()])
    await gather(*unknown)
    tasks = [asyncio.create_task(work())]
    await gather(tasks)  # want "unpack it with"
    await asyncio.wait([asyncio.create_task(work())])
    await work  # want "`work` is a coroutine function"
    await unknown
    async with asyncio.TaskGroup() as group:
        group.create_task(work)  # want "`work` is a coroutine function"
        group.create_task(work())
    loop.run_until_complete(work)  # want "`work` is a coroutine function"
    loop.call_soon(work)  # another rule


asyncio.run(main)  # want "`main` is a coroutine function"
asyncio.run(main())


async def generated(items):
    await gather(needs(x) for x in items)  # want "a generator of them fails"
    await gather((needs(x) for x in items), return_exceptions=True)  # want "a generator of them fails"
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
runs(work)  # want "`work` is a coroutine function, but `runs..` needs a coroutine"
