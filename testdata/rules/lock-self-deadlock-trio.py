import trio

lock = trio.Lock()


async def outer():
    async with lock:
        await inner()  # want "`inner..` takes `lock`, which is held here already and is not reentrant: the task raises `RuntimeError`"


async def inner():
    async with lock:
        await trio.sleep(1)
