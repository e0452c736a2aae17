"""Pitfall 10: Using global event loop instead of asyncio.run().

A thread has no event loop that get_event_loop() could give it.

Instead: hand on the loop that get_running_loop() gives in the coroutine
"""

import asyncio

received = []


async def send(message: str) -> None:
    await asyncio.sleep(0)
    received.append(message)


def notify(message: str) -> None:
    loop = asyncio.get_event_loop()  # want `AIO601` "get_event_loop"
    asyncio.run_coroutine_threadsafe(send(message), loop).result()


async def main() -> None:
    await asyncio.to_thread(notify, "hello")


try:
    asyncio.run(main())
except RuntimeError as problem:
    raise SystemExit(f"HARM: {problem}")
