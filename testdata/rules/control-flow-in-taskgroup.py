import asyncio

import anyio
import trio


async def use(*args): ...


async def loops(items):
    for item in items:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(use, item)
            if item:
                continue  # want "`continue` takes effect only when all tasks of the task group have ended; cancel them first, or move it behind the `async with`"
            if not item:
                break  # want "`break` takes effect"
            try:
                return item  # want "`return` takes effect"
            finally:
                await use()
    while items:
        async with anyio.create_task_group() as group:
            for item in items:
                if item:
                    return  # want "`return` takes effect"
                group.start_soon(use, item)
    while items:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(use())
            for item in items:
                print(item)
            else:
                break  # want "`break` takes effect"
            await task
    async with asyncio.TaskGroup() as group:
        group.create_task(use())
        with trio.move_on_after(5):
            if items:
                return  # want "`return` takes effect"
            await use()
        match items:
            case 1:
                return  # want "`return` takes effect"


async def at_the_end():
    async with asyncio.TaskGroup() as group:
        group.create_task(use())
        return await use()  # want "`return` takes effect"


async def within_the_end():
    async with asyncio.TaskGroup() as group, use():
        group.create_task(use())
        async with use() as x:
            return x  # want "`return` takes effect"


async def would_be_cancelled(items):
    async with anyio.create_task_group() as group:
        group.start_soon(use)
        if items:
            return await use()  # want "`return` takes effect"


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
        return 1  # want "`return` takes effect only when"


async def handed_by_name(start):
    async with asyncio.TaskGroup() as group:
        await start(group=group)
        return 1  # want "`return` takes effect only when"


async def untouched(start):
    async with trio.open_nursery() as nursery:
        start()
        return 1
