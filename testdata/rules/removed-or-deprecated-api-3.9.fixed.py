# target 3.9
from __future__ import annotations

import inspect
import asyncio

lock = asyncio.Lock()
none = asyncio.Lock()


async def main(loop, policy: asyncio.AbstractEventLoopPolicy):
    await asyncio.sleep(1)
    asyncio.current_task()
    inspect.iscoroutinefunction(main)
    # Python 3.9 has no Runner with a factory: what is deprecated five versions later has to stay.
    asyncio.set_event_loop_policy(policy)
    asyncio.get_event_loop_policy()
