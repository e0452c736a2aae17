"""Pitfall 8: Not handling exceptions in background tasks.

The import fails at once, and nobody hears of it.

Instead: await the task, or give it a callback that looks at its exception
"""

# Written by hand.

import asyncio


async def load(rows: list[str]) -> None:
    await asyncio.sleep(0)
    raise ValueError(f"not a number: {rows[0]}")


async def main() -> str:
    async with asyncio.TaskGroup() as group:
        group.create_task(load(["x"]))
    return "all rows are loaded"


try:
    report = asyncio.run(main())
except* ValueError:
    report = "the rows could not be loaded"
if report == "all rows are loaded":
    raise SystemExit("HARM: the report says that all went well")
