# A file that sets the loop knows which one it gets.
import asyncio


def setup():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)


def use():
    return asyncio.get_event_loop().create_future()


async def work():
    return asyncio.get_running_loop().create_future()
