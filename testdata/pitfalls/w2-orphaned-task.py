"""Critical warning: An orphaned task may be garbage collected.

The event loop refers to the task only weakly; so does the bus that it waits for. It vanishes before the message comes.

Instead: keep the task until it is done, or await it
"""

import asyncio
import gc
import weakref

subscribers: weakref.WeakSet[asyncio.Queue[str]] = weakref.WeakSet()
received = []


async def listen() -> None:
    inbox: asyncio.Queue[str] = asyncio.Queue()
    subscribers.add(inbox)
    received.append(await inbox.get())


async def main() -> None:
    asyncio.create_task(listen())  # want `ASYNC300` "garbage-collected"
    await asyncio.sleep(0.01)
    gc.collect()  # as happens by itself now and then
    for inbox in subscribers:
        inbox.put_nowait("hello")
    await asyncio.sleep(0.01)


asyncio.run(main())
if not received:
    raise SystemExit("HARM: the task is gone, and the message with it")
