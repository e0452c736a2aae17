"""Pitfall 10: Using global event loop instead of asyncio.run().

A loop that is run by hand leaves its tasks where they are: the log is never flushed.

Instead: asyncio.run()
"""

import asyncio

background = set()
flushed = []


async def log() -> None:
    try:
        await asyncio.sleep(60)
    finally:
        flushed.append("log")


async def main() -> None:
    background.add(asyncio.create_task(log()))
    await asyncio.sleep(0.01)


loop = asyncio.new_event_loop()
loop.run_until_complete(main())  # want `AIO603` "use `asyncio.run"
if not flushed:
    raise SystemExit("HARM: the program ends, and its log is not flushed")
