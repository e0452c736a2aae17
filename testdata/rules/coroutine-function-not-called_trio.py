import anyio
import trio


async def work(n=0):
    pass


async def main():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(work())  # want "`nursery.start_soon..` calls the function itself: `work..` is already a coroutine; pass `work` and its arguments"
        nursery.start_soon(work(1))  # want "already a coroutine"
        nursery.start_soon(work(n=1))  # want "already a coroutine"
        nursery.start_soon(work)
        nursery.start_soon(work, 1)
    async with anyio.create_task_group() as group:
        group.start_soon(work(1))  # want "already a coroutine"
        group.start_soon(work, 1)


trio.run(main())  # want "already a coroutine"
trio.run(main)
anyio.run(main())  # want "already a coroutine"


def started(portal: anyio.from_thread.BlockingPortal):
    trio.lowlevel.spawn_system_task(work())  # want "."
    trio.lowlevel.spawn_system_task(work)
    portal.call(work())  # want "."
    portal.call(work)
    portal.call(print, 1)
    portal.start_task_soon(work())  # want "."
    portal.start_task_soon(work)
