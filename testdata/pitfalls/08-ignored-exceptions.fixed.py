"""Pitfall 8: Not handling exceptions in background tasks.

gather puts the exceptions among the results, where nobody looks for them.

Instead: look for exceptions among the results, or use a TaskGroup
"""

# Written by hand.

import asyncio

paid = 0


async def charge(amount: int) -> int:
    await asyncio.sleep(0)
    if amount < 0:
        raise ValueError(amount)
    return amount


async def main() -> str:
    async with asyncio.TaskGroup() as group:
        group.create_task(charge(10))
        group.create_task(charge(-5))
    return "paid"


try:
    status = asyncio.run(main())
except* ValueError:
    status = "refused"
if status == "paid":
    raise SystemExit("HARM: a payment failed and counts as paid")
