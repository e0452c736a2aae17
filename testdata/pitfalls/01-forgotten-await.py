"""Pitfall 1: Forgetting to await coroutines (creates coroutine object, doesn't run).

The first order is never saved.

Instead: await the call
"""

import asyncio

saved = []


async def save(order: str) -> None:
    await asyncio.sleep(0)
    saved.append(order)


async def main() -> None:
    save("A-1")  # want `AIO101` "`save\\(\\)` .*never"
    await save("A-2")


asyncio.run(main())
if saved != ["A-1", "A-2"]:
    raise SystemExit(f"HARM: of two orders only {saved} are saved")
