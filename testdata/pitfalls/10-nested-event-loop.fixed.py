"""Pitfall 10: Using global event loop instead of asyncio.run().

An event loop cannot be started where one is running.

Instead: await the coroutine
"""

import asyncio


async def fetch() -> str:
    await asyncio.sleep(0)
    return "page"


async def main() -> list[str]:
    return [await fetch(), await fetch()]


try:
    pages = asyncio.run(main())
except RuntimeError as problem:
    raise SystemExit(f"HARM: {problem}")
