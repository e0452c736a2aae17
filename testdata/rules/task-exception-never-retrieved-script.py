import asyncio

import api

jobs = set()
watched = set()


async def load() -> None:
    await api.load()


async def main() -> None:
    jobs.add(asyncio.create_task(load()))  # want "the tasks in `jobs`"
    task = asyncio.create_task(load())
    watched.add(task)
    task.add_done_callback(watched.discard)
    await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(main())
