"""Pitfall 7: Mixing blocking and async code incorrectly.

A lock of threading is held across an await; the next task that wants it stops the event loop, and with it who should release it.

Instead: asyncio.Lock
"""

import asyncio
import os
import threading

lock = asyncio.Lock()


def give_up() -> None:
    print("HARM: a deadlock", flush=True)
    os._exit(1)


async def update() -> None:
    async with lock:
        await asyncio.sleep(0.01)


async def main() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(update())
        group.create_task(update())


watchdog = threading.Timer(1, give_up)
watchdog.start()
asyncio.run(main())
watchdog.cancel()
