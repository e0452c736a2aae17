import asyncio

import anyio
import trio


async def use(*args): ...


async def loops(items):
    for item in items:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(use, item)
            if item:
                nursery.cancel_scope.cancel()
                continue
            if not item:
                nursery.cancel_scope.cancel()
                break
            try:
                nursery.cancel_scope.cancel()
                return item
            finally:
                await use()
    while items:
        async with anyio.create_task_group() as group:
            for item in items:
                if item:
                    group.cancel_scope.cancel()
                    return
                group.start_soon(use, item)
    while items:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(use())
            for item in items:
                print(item)
            else:
                break
            await task
    async with asyncio.TaskGroup() as group:
        group.create_task(use())
        with trio.move_on_after(5):
            if items:
                return
            await use()
        match items:
            case 1:
                return


async def at_the_end():
    async with asyncio.TaskGroup() as group:
        group.create_task(use())
        return await use()


async def within_the_end():
    async with asyncio.TaskGroup() as group, use():
        group.create_task(use())
        async with use() as x:
            return x


async def would_be_cancelled(items):
    async with anyio.create_task_group() as group:
        group.start_soon(use)
        if items:
            return await use()


async def right(items):
    async with trio.open_nursery() as nursery:
        if not items:
            return
        nursery.start_soon(use)
        for item in items:
            if item:
                break
            continue
        while items:
            break

        def inner():
            return 1

        async def other():
            return 2

        print(lambda: inner, other)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(use)
        if items:
            nursery.cancel_scope.cancel()
            return
    async with asyncio.TaskGroup():
        if items:
            return
    with trio.fail_after(3):
        await use()
        return
    async with items as group:
        group.start_soon(use)
        return


async def behind():
    async with asyncio.TaskGroup() as group:
        task = group.create_task(use())
    return task.result()


async def handed(start, log):
    async with trio.open_nursery() as nursery:
        start(nursery)
        nursery.cancel_scope.cancel()
        return 1


async def handed_by_name(start):
    async with asyncio.TaskGroup() as group:
        await start(group=group)
        return 1


async def untouched(start):
    async with trio.open_nursery() as nursery:
        start()
        return 1
