"""Pitfall 9: Forgetting to call task_done() with Queue.

join() waits for a task_done() for each item, and never returns.

Instead: task_done() for each item, in a finally
"""

import asyncio

queue: asyncio.Queue[str] = asyncio.Queue()


async def consume() -> None:
    while True:
        item = await queue.get()  # want `AIO501` "nothing calls `queue.task_done"
        print(item)


async def main() -> None:
    consumer = asyncio.create_task(consume())
    for item in ("1", "2", "3"):
        await queue.put(item)
    try:
        async with asyncio.timeout(0.3):
            await queue.join()
        joined = True
    except TimeoutError:
        joined = False
    consumer.cancel()
    await asyncio.wait([consumer])
    if not joined:
        raise SystemExit("HARM: all items are consumed, but join() does not return")


asyncio.run(main())
