# target 3.9
from __future__ import annotations

import asyncio

lock = asyncio.Lock(loop=asyncio.new_event_loop())  # want "`loop=` of `asyncio.Lock` is gone since Python 3.10"
none = asyncio.Lock(loop=None)  # want "is gone since Python 3.10"


async def main(loop, policy: asyncio.AbstractEventLoopPolicy):
    await asyncio.sleep(1, loop=loop)  # want "is gone since Python 3.10"
    asyncio.Task.current_task()  # want "was removed in Python 3.9"
    asyncio.iscoroutinefunction(main)  # want "is deprecated since Python 3.14"
    # Python 3.9 has no Runner with a factory: what is deprecated five versions later has to stay.
    asyncio.set_event_loop_policy(policy)
    asyncio.get_event_loop_policy()
