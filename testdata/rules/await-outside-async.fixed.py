# python 3.99 will not compile this either
import asyncio


async def work():
    return [1]


async def plain():
    await work()


async def loops():
    async for x in work():
        pass


async def manager():
    async with work():
        pass


async def comprehension():
    return [x async for x in work()]


async def in_list():
    return [await x for x in []]


def generator():
    return (x async for x in work())


def generator_await():
    return (await x for x in [])


def generator_filter():
    return (x for x in [] if await work())


def generator_nested():
    return ([await y for y in x] for x in [])


async def generator_first():
    return (x for x in await work())


async def fine():
    await work()
    [await x for x in []]
    async with work():
        pass

    async def inner():
        await work()

    lambda: await work()

    class Local:
        x = await work()

    async def deep():
        await work()


class Service:
    async def run(self):
        await work()

    async def stop(self):
        await work()

    def default(self, x=lambda: 1):
        pass


lambda: await work()
asyncio.run(work())
x = asyncio.run(work())
