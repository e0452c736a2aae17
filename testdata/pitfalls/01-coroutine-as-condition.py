"""Pitfall 1: Forgetting to await coroutines (creates coroutine object, doesn't run).

Everybody gets in: a coroutine is always true.

Instead: await the call
"""

import asyncio


async def allowed(user: str) -> bool:
    await asyncio.sleep(0)
    return user == "alice"


async def waiting() -> list[str]:
    await asyncio.sleep(0)
    return ["alice", "mallory"]


async def main() -> list[str]:
    inside = []
    for user in await waiting():
        if allowed(user):  # want `AIO105` "always true"
            inside.append(user)
    return inside


inside = asyncio.run(main())
if "mallory" in inside:
    raise SystemExit("HARM: mallory got in")
