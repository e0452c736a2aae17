import contextlib
import functools
from contextlib import asynccontextmanager

import anyio
import trio


async def serve(port, *, task_status=trio.TASK_STATUS_IGNORED):
    task_status.started()


async def plain(port): ...


class Server:
    async def run(self, task_status):
        task_status.started()

    async def __aenter__(self):
        self._manager = trio.open_nursery()
        self.nursery = await self._manager.__aenter__()
        await self.nursery.start(self.run)
        await self.nursery.start(trio.serve_tcp, plain, 80)
        self.nursery.start_soon(plain, 80)
        await self.nursery.start(self.run)
        return self

    async def start(self):
        self.nursery.start_soon(self.run)


@asynccontextmanager
async def in_nursery(unknown):
    async with trio.open_nursery() as nursery:
        await nursery.start(serve, 80)
        await nursery.start(trio.run_process, "x")
        nursery.start_soon(plain, 80)
        nursery.start_soon(unknown, 80)
        await nursery.start(serve, 80)

        async def later():
            nursery.start_soon(serve, 80)

        yield later
        nursery.start_soon(serve, 80)


@contextlib.asynccontextmanager
async def in_group():
    async with anyio.create_task_group() as group:
        await group.start(serve, 80)
        yield


@asynccontextmanager
async def annotated(nursery: trio.Nursery):
    await nursery.start(serve, 80)
    yield


async def no_context_manager():
    async with anyio.create_task_group() as group:
        group.start_soon(serve, 80)
        group.start_soon(functools.partial(serve, 80))
        await plain(80)
