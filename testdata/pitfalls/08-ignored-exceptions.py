"""Pitfall 8: Not handling exceptions in background tasks.

gather puts the exceptions among the results, where nobody looks for them.

Instead: look for exceptions among the results, or use a TaskGroup
"""

import asyncio

paid = 0


async def charge(amount: int) -> int:
    await asyncio.sleep(0)
    if amount < 0:
        raise ValueError(amount)
    return amount


async def main() -> str:
    await asyncio.gather(charge(10), charge(-5), return_exceptions=True)  # want `AIO304` "results of `asyncio.gather\\(\\)` are dropped"
    return "paid"


try:
    status = asyncio.run(main())
except* ValueError:
    status = "refused"
if status == "paid":
    raise SystemExit("HARM: a payment failed and counts as paid")
