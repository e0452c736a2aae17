import anyio
import anyio.to_thread
import trio


class Worker:
    def __init__(self):
        self.ready = anyio.Event()
        self.send, self.receive = anyio.create_memory_object_stream[int](3)

    def work(self):
        self.send.send_nowait(1)  # want "`self.send.send_nowait\\(\\)` changes an `anyio.streams.memory.MemoryObjectSendStream` in a thread.*use `anyio.from_thread.run_sync\\(\\)`"
        anyio.from_thread.run_sync(self.ready.set)
        self.ready.set()  # want "changes an `anyio.Event` in a thread"
        print(self.ready.is_set())

    async def run(self):
        await anyio.to_thread.run_sync(self.work)
        await anyio.to_thread.run_sync(self.ready.set)  # want "hand it to `anyio.from_thread.run_sync\\(\\)`"
        self.ready.set()

    async def set(self):
        self.ready.set()

    def calls(self):
        anyio.from_thread.run(self.set)
        with anyio.from_thread.start_blocking_portal() as portal:
            portal.call(self.set)


def entry(nursery: trio.Nursery, task):
    nursery.start_soon(task)  # want "changes a `trio.Nursery` in a thread.*use `trio.from_thread.run_sync\\(\\)`"
    trio.from_thread.run_sync(nursery.start_soon, task)


def here(nursery: trio.Nursery, task):
    nursery.start_soon(task)


async def main(task):
    async with trio.open_nursery() as nursery:
        await trio.to_thread.run_sync(entry, nursery, task)
        here(nursery, task)
