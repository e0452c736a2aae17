# target 3.14
import asyncio

import nest_asyncio

nest_asyncio.apply()  # want "breaks `asyncio.current_task`"


async def main(policy):
    asyncio.get_child_watcher()  # want "`asyncio.get_child_watcher` was removed in Python 3.14"
    asyncio.set_event_loop_policy(policy)  # want "is deprecated since Python 3.14 and will be removed in 3.16"
    asyncio.get_event_loop_policy()  # want "is deprecated since Python 3.14"
