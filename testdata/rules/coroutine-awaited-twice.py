import asyncio


async def fetch(n=0):
    return n


async def twice(flag):
    coro = fetch()
    await coro
    await coro  # want "`coro` is awaited again, which raises RuntimeError"


async def loop():
    coro = fetch()
    for _ in range(3):
        await coro  # want "`coro` is awaited in a loop"


async def inside():
    for _ in range(3):
        coro = fetch()
        await coro


async def once():
    coro = fetch()
    while True:
        await coro
        break


async def retry():
    coro = fetch()
    while True:
        try:
            return await coro  # want "awaited in a loop"
        except OSError:
            continue


async def retry_in_time():
    coro = fetch()
    for _ in range(3):
        try:
            return await asyncio.wait_for(coro, 1)  # want "awaited in a loop"
        except asyncio.TimeoutError:
            print("again")


async def retry_a_task():
    for _ in range(3):
        try:
            coro = fetch()
            return await asyncio.wait_for(coro, 1)
        except asyncio.TimeoutError:
            print("again")


def keep_as_task():
    coro = fetch()
    for _ in range(3):
        try:
            return asyncio.ensure_future(coro)
        except RuntimeError:
            print("again")


async def handler():
    coro = fetch()
    try:
        await coro
    except OSError:
        await coro  # want "awaited again"


async def scheduled():
    coro = fetch()
    task = asyncio.create_task(coro)
    await task
    await task
    await coro  # want "awaited again"


async def timed():
    coro = fetch()
    await asyncio.wait_for(coro, 1)
    await asyncio.wait_for(coro, 1)  # want "awaited again"


def start():
    coro = fetch()
    try:
        asyncio.get_running_loop().create_task(coro)
    except RuntimeError:
        asyncio.run(coro)


async def branches(flag):
    coro = fetch()
    if flag:
        await coro
    else:
        await coro


async def conditions(flag):
    coro = fetch()
    if flag:
        await coro
    print()
    if not flag:
        await coro


async def early(flag):
    coro = fetch()
    if flag:
        return await coro
    await coro


async def falls(flag):
    coro = fetch()
    if flag:
        await coro
    await coro  # want "awaited again"


async def rebound():
    coro = fetch()
    await coro
    coro = fetch()
    await coro


async def tasks():
    task = asyncio.ensure_future(fetch())
    await task
    await task
    future = asyncio.gather(fetch())
    await future
    await future


async def captured():
    coro = fetch()

    async def inner():
        await coro

    await coro


async def closed():
    coro = fetch()
    await coro
    coro.close()


async def of_parameters(coro):
    await coro
    await coro


async def over(coros: list):
    for coro in coros:
        await coro


async def returned():
    coro = fetch()
    try:
        return await coro
    finally:
        print("done")
