import asyncio


async def work():
    await asyncio.sleep(1)


def idiom():
    loop = asyncio.get_event_loop()  # want "`loop` is run by hand; `asyncio.get_event_loop\\(\\)` raises `RuntimeError` since Python 3.14"
    loop.run_until_complete(work())
    loop.close()


def chained():
    asyncio.get_event_loop().run_until_complete(work())  # want "the event loop is run by hand"
    return asyncio.new_event_loop().run_until_complete(work())  # want "the event loop is never closed"


def several():
    loop = asyncio.get_event_loop()  # want "call `asyncio.run\\(\\)` once, with a coroutine that does all"
    loop.run_until_complete(work())
    loop.run_until_complete(work())


def gathered():
    loop = asyncio.get_event_loop()  # want "`loop` is run by hand"
    loop.run_until_complete(asyncio.gather(work(), work()))


if __name__ == "__main__":
    loop = asyncio.get_event_loop()  # want "`loop` is run by hand"
    loop.run_until_complete(work())
