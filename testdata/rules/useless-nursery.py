import asyncio

import anyio
import trio


def connect(): ...


async def use(*args, **kw): ...


async def useless(x, y):
    async with trio.open_nursery() as nursery:  # want "`nursery` starts one task and waits for it, which is what `await` does; await the function"
        nursery.start_soon(use)
    async with trio.open_nursery() as nursery:  # want "starts one task"
        nursery.start_soon(use, x, y)
    async with trio.open_nursery() as nursery:  # want "starts one task"
        await nursery.start(use, x)
    async with anyio.create_task_group() as group:  # want "`group` starts one task"
        group.start_soon(lambda: use(x))
    async with asyncio.TaskGroup() as group:  # want "starts one task"
        group.create_task(use(x))
    async with asyncio.TaskGroup() as group:  # want "starts one task"
        await group.create_task(use(x))
    async with trio.open_nursery(strict_exception_groups=False) as nursery:  # want "starts one task"
        nursery.start_soon(use, name="named")
    async with connect(), trio.open_nursery() as nursery:  # want "starts one task"
        nursery.start_soon(use)
    for item in x:
        async with anyio.create_task_group() as group:  # want "starts one task"
            group.start_soon(
                use,
                item,
            )


async def useful(x, other):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(use, nursery)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(nursery.start_soon, use)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(use, nursery.cancel_scope)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(use)
        nursery.start_soon(use)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(use)
        await use()
    async with trio.open_nursery() as nursery:
        for item in x:
            nursery.start_soon(use, item)
    async with trio.open_nursery() as nursery:
        if x:
            nursery.start_soon(use)
    async with trio.open_nursery() as nursery:
        value = await nursery.start(use)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(use(x))
    async with trio.open_nursery() as nursery:
        await use(value, task)
    async with trio.open_nursery() as nursery:
        other.start_soon(use)
    async with other as nursery:
        nursery.start_soon(use)
    async with asyncio.TaskGroup():
        use()


async def used_later():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(use)
    return nursery.child_tasks


async def used_by_a_function():
    async def more():
        nursery.start_soon(use)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(more)
