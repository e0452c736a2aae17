import anyio
import trio


async def work(n=0):
    pass


async def main():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(work)
        nursery.start_soon(work, 1)
        nursery.start_soon(work(n=1))
        nursery.start_soon(work)
        nursery.start_soon(work, 1)
    async with anyio.create_task_group() as group:
        group.start_soon(work, 1)
        group.start_soon(work, 1)


trio.run(main)
trio.run(main)
anyio.run(main)


def started(portal: anyio.from_thread.BlockingPortal):
    trio.lowlevel.spawn_system_task(work)
    trio.lowlevel.spawn_system_task(work)
    portal.call(work)
    portal.call(work)
    portal.call(print, 1)
    portal.start_task_soon(work)
    portal.start_task_soon(work)
