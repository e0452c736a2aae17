import asyncio


async def work():
    await asyncio.sleep(1)


def idiom():

    asyncio.run(work())


def chained():
    asyncio.run(work())
    return asyncio.run(work())


def several():
    loop = asyncio.get_event_loop()
    loop.run_until_complete(work())
    loop.run_until_complete(work())


def gathered():
    loop = asyncio.get_event_loop()
    loop.run_until_complete(asyncio.gather(work(), work()))


if __name__ == "__main__":

    asyncio.run(work())
