"""Pitfall 3: Not handling task cancellation properly.

The connection is free again when the query fails, but not when it is cancelled.

Instead: clean up in a finally
"""

import asyncio


class Pool:
    def __init__(self) -> None:
        self.in_use = 0

    async def query(self, seconds: float) -> None:
        if self.in_use == 1:
            raise RuntimeError("no connection is free")
        self.in_use += 1
        try:
            await asyncio.sleep(seconds)
        except Exception:
            self.in_use -= 1  # want `AIO407` "is skipped when the coroutine is cancelled"
            raise
        self.in_use -= 1


async def main() -> None:
    pool = Pool()
    try:
        await asyncio.wait_for(pool.query(1), 0.02)
    except TimeoutError:
        print("too slow")
    await pool.query(0)


try:
    asyncio.run(main())
except RuntimeError as problem:
    raise SystemExit(f"HARM: after one query was cancelled, {problem}")
