"""Pitfall 2: Blocking the event loop with CPU-intensive work.

The loop waits for mail that only another task can bring, and never lets that one run.

Instead: await something in the loop
"""

import asyncio
import os
import threading

inbox: list[str] = []


def give_up() -> None:
    print("HARM: the loop never ends, because nothing else can run", flush=True)
    os._exit(1)


async def deliver() -> None:
    await asyncio.sleep(0.01)
    inbox.append("hello")


async def read() -> str:
    await asyncio.sleep(0)
    while not inbox:
        pass
        await asyncio.sleep(0)
    return inbox.pop()


async def main() -> None:
    delivery = asyncio.create_task(deliver())
    print(await read())
    await delivery


watchdog = threading.Timer(1, give_up)
watchdog.start()
asyncio.run(main())
watchdog.cancel()
