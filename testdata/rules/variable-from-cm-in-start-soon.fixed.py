import asyncio

import anyio
import trio


def connect(): ...


async def use(*args, **kw): ...


async def arguments():
    with open("x") as f:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(use, f)
            nursery.start_soon(f.read)
            await nursery.start(use, f)
            nursery.start_soon(use, [f], 1)
            nursery.start_soon(lambda: use(f))
            nursery.start_soon(use, *f)
            nursery.start_soon(use, name=f)
            nursery.start_soon(use, "f")
            nursery.start_soon(use, nursery.f)
            nursery.start_soon(use)


async def libraries():
    async with connect() as c:
        async with anyio.create_task_group() as group:
            group.start_soon(use, c)
    async with connect() as c:
        async with asyncio.TaskGroup() as group:
            # a comment
            group.create_task(use(c))
    async with connect() as c, asyncio.TaskGroup() as group:
        group.create_task(c.run())
    async with connect() as (reader, writer):
        async with anyio.create_task_group() as group:
            if reader:
                group.start_soon(use, writer)
    async with anyio.create_task_group() as outer:
        async with anyio.create_task_group() as inner:
            outer.start_soon(use, inner)
            inner.start_soon(use, outer)
    with open("x") as f:
        async with anyio.create_task_group() as group:
            async with anyio.create_task_group() as inner:
                group.start_soon(use, f)
                inner.start_soon(use, f)


async def right(group, other):
    with open("x") as f:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(use, f)
    with open("x") as f, trio.move_on_after(5):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(use, f)
    async with connect() as c, trio.open_nursery() as nursery:
        nursery.start_soon(use, c)
    async with trio.open_nursery() as nursery:
        with trio.CancelScope() as scope:
            nursery.start_soon(use, scope)
            await use()
        with trio.move_on_after(5) as scope:
            nursery.start_soon(use, scope)
            await use()
    async with trio.open_nursery() as nursery:
        with open("x") as f:
            text = f.read()
            nursery.start_soon(use, text)
        nursery.start_soon(use, f)
    async with trio.open_nursery() as nursery:
        async with connect() as c:
            nursery.start_soon(use, c)
            await use(c)
            nursery.cancel_scope.cancel()
    async with asyncio.TaskGroup() as group:
        async with connect() as c:
            task = group.create_task(use(c))
            await task
            await asyncio.gather(group.create_task(use(c)), use(c))
    async with connect() as c:
        group.start_soon(use, c)
        other.start_soon(use, c)
    async with connect() as pool:
        async with connect() as c:
            pool.create_task(use(c))
    async with trio.open_nursery() as nursery:
        with open("x") as f:

            def later(f):
                nursery.start_soon(use, f)

            later(None)


async def assigned():
    async with asyncio.TaskGroup() as group:
        with open("x") as f:
            task = group.create_task(use(f))
        with open("y") as g:
            early = group.create_task(use(g))
            await early
    return task.result()


async def channels(stream: trio.SocketStream, lock: trio.Lock, unknown):
    async with trio.open_nursery() as nursery:
        send, receive = trio.open_memory_channel(0)
        async with send, receive:
            nursery.start_soon(use, send.clone())
            nursery.start_soon(use, receive)
        async with send as out:
            nursery.start_soon(use, out.clone())
        async with stream:
            nursery.start_soon(use, stream)
        async with lock:
            nursery.start_soon(use, lock)
        async with unknown:
            nursery.start_soon(use, unknown)
    async with stream:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(use, stream)


async def handles():
    async with anyio.create_task_group() as group:
        async with connect() as c:
            handle = group.start_soon(use, c)
            await handle
