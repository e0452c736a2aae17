"""Pitfall 6: Not closing resources properly in async context.

The search is over, but the generator that it broke off still holds the lock.

Instead: async with aclosing() around the loop
"""

import asyncio

lock = asyncio.Lock()


async def rows():
    async with lock:
        for n in range(10):
            await asyncio.sleep(0)
            yield n


async def main() -> None:
    search = rows()
    async for n in search:  # want `AIO704` "`break` leaves the loop without closing"
        if n == 3:
            break
    if lock.locked():
        raise SystemExit("HARM: the lock is still held after the loop")


asyncio.run(main())
