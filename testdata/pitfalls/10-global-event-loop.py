"""Pitfall 10: Using global event loop instead of asyncio.run().

get_event_loop() gives no loop once asyncio.run() has been used.

Instead: asyncio.run()
"""

import asyncio


async def fetch(n: int) -> int:
    await asyncio.sleep(0)
    return n


def load(n: int) -> int:
    return asyncio.get_event_loop().run_until_complete(fetch(n))  # want `AIO603` "use `asyncio.run"


first = asyncio.run(fetch(1))
try:
    second = load(2)
except RuntimeError as problem:
    raise SystemExit(f"HARM: {problem}")
