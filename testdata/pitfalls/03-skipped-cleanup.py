"""Pitfall 3: Not handling task cancellation properly.

The connection goes back to the pool when the query fails, but not when it is cancelled.

Instead: clean up in a finally
"""

import asyncio

pool = ["the only connection"]


async def query(seconds: float) -> str:
    connection = pool.pop()
    try:
        await asyncio.sleep(seconds)
    except Exception:
        pool.append(connection)
        raise
    pool.append(connection)  # want `AIO407` ""
    return "rows"


async def main() -> None:
    try:
        await asyncio.wait_for(query(1), 0.02)
    except TimeoutError:
        pass
    if not pool:
        raise SystemExit("HARM: the pool is empty after one query was cancelled")
    await query(0)


asyncio.run(main())
