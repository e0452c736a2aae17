"""Pitfall 7: Mixing blocking and async code incorrectly.

A thread calls the coroutine function and drops the coroutine: nothing is sent.

Instead: await it; threads are for plain functions
"""

import asyncio

sent = []


async def send(message: str) -> None:
    await asyncio.sleep(0)
    sent.append(message)


async def main() -> None:
    await send("hello")


asyncio.run(main())
if not sent:
    raise SystemExit("HARM: nothing was sent")
