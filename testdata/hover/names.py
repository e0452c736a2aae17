"""Names mean what they resolve to, not how they are spelled."""
import asyncio
import asyncio as aio
import asyncio.tasks
from asyncio import gather as g, Queue  # hover: asyncio.gather asyncio.gather asyncio.Queue
from asyncio.tasks import (
    gather,  # hover: asyncio.gather
)
from mine import sleep


class Jobs(asyncio.PriorityQueue):  # hover: asyncio.PriorityQueue
    pass


class Own(asyncio.Queue):  # hover: asyncio.Queue
    async def get(self):
        return await super().get()  # hover: asyncio.Queue.get


class Worker:
    queue: asyncio.Queue[int]  # hover: asyncio.Queue
    other: "asyncio.Queue[int]"
    third: Queue[int] | None = None  # hover: asyncio.Queue

    def __init__(self, jobs: Jobs, own: Own, unknown):
        self.jobs = jobs
        self.own = own
        self.made = asyncio.Queue()  # hover: asyncio.Queue
        self.unknown = unknown

    async def run(self):
        await self.queue.get()  # hover: asyncio.Queue.get
        await self.jobs.get()  # hover: asyncio.Queue.get
        await self.made.get()  # hover: asyncio.Queue.get
        await self.third.get()  # hover: asyncio.Queue.get
        await self.own.get()
        await self.unknown.get()
        get = self.made.get  # hover: asyncio.Queue.get
        await get()  # hover: asyncio.Queue.get


async def main(q: asyncio.Queue[int], gather_all=asyncio.gather):  # hover: asyncio.Queue asyncio.gather
    await asyncio.gather(q.get(), q.get())  # hover: asyncio.gather asyncio.Queue.get asyncio.Queue.get
    await aio.gather()  # hover: asyncio.gather
    await asyncio.tasks.gather()  # hover: asyncio.gather
    await g()  # hover: asyncio.gather
    await gather()  # hover: asyncio.gather
    print(f"{asyncio.gather}", "asyncio.gather")  # hover: asyncio.gather
    run(gather=1, Queue=asyncio.Queue)  # hover: asyncio.Queue
    match q:
        case asyncio.Queue():  # hover: asyncio.Queue
            pass
        case Queue(maxsize=3):  # hover: asyncio.Queue
            pass


def local():
    def gather():
        pass

    gather()
    gather = 1
    return gather


class Mine:
    def gather(self):
        return self.gather()


def run(gather, Queue): ...
