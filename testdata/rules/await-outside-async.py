# python 3.99 will not compile this either
import asyncio


async def work():
    return [1]


def plain():
    await work()  # want "`await` outside `async def`: `plain` is a plain function, a SyntaxError; make the function async"


def loops():
    async for x in work():  # want "`async for` outside"
        pass


def manager():
    async with work():  # want "`async with` outside"
        pass


def comprehension():
    return [x async for x in work()]  # want "an asynchronous comprehension outside"


def in_list():
    return [await x for x in []]  # want "`await` outside"


def generator():
    return (x async for x in work())


def generator_await():
    return (await x for x in [])


def generator_filter():
    return (x for x in [] if await work())


def generator_nested():
    return ([await y for y in x] for x in [])


def generator_first():
    return (x for x in await work())  # want "`await` outside"


async def fine():
    await work()
    [await x for x in []]
    async with work():
        pass

    def inner():
        await work()  # want "`inner` is a plain function"

    lambda: await work()  # want "a lambda cannot await"

    class Local:
        x = await work()  # want "`await` outside"

    async def deep():
        await work()


class Service:
    async def run(self):
        await work()

    def stop(self):
        await work()  # want "`stop` is a plain function"

    def default(self, x=lambda: 1):
        pass


lambda: await work()  # want "a lambda cannot await"
await work()  # want "`await` outside `async def`"
x = await work()  # want "`await` outside `async def`"
