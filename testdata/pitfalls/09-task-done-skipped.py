"""Pitfall 9: Forgetting to call task_done() with Queue.

The item that cannot be processed is never done, so join() never returns.

Instead: task_done() in a finally
"""

import asyncio

queue: asyncio.Queue[str] = asyncio.Queue()


async def store(item: str) -> None:
    await asyncio.sleep(0)
    print(int(item))


async def consume() -> None:
    while True:
        item = await queue.get()
        try:
            await store(item)
            queue.task_done()  # want `AIO502` "is skipped if"
        except ValueError:
            print("not a number:", item)


async def main() -> None:
    consumer = asyncio.create_task(consume())
    for item in ("1", "two", "3"):
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
