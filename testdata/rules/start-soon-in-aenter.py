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
        self.nursery.start_soon(self.run)  # want "whoever enters the context manager may find `self.run` not ready yet; wait until it says that it is, with `await self.nursery.start\\(\\)`"
        self.nursery.start_soon(trio.serve_tcp, plain, 80)  # want "`trio.serve_tcp` not ready yet"
        self.nursery.start_soon(plain, 80)
        await self.nursery.start(self.run)
        return self

    async def start(self):
        self.nursery.start_soon(self.run)


@asynccontextmanager
async def in_nursery(unknown):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(serve, 80)  # want "`serve` not ready yet"
        nursery.start_soon(trio.run_process, "x")  # want "`trio.run_process` not ready yet"
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
        group.start_soon(serve, 80)  # want "with `await group.start\\(\\)`"
        yield


@asynccontextmanager
async def annotated(nursery: trio.Nursery):
    nursery.start_soon(serve, 80)  # want "`serve` not ready yet"
    yield


async def no_context_manager():
    async with anyio.create_task_group() as group:
        group.start_soon(serve, 80)
        group.start_soon(functools.partial(serve, 80))
        await plain(80)
