# target 3.11
from __future__ import annotations

import asyncio


def annotated(loop: asyncio.EventLoop, name: "asyncio.EventLoop") -> asyncio.EventLoop:
    return asyncio.EventLoop()  # want "`asyncio.EventLoop` is new in Python 3.13, but the project supports 3.11"


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(main(), eager_start=True)  # want "`eager_start=` of `asyncio.TaskGroup.create_task` is new in Python 3.14"
    queue = asyncio.PriorityQueue()
    queue.shutdown()  # want "Queue.shutdown` is new in Python 3.13"
