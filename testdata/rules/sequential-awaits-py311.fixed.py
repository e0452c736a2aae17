# python 3.11
import asyncio

import api


async def fetch_user(key=0) -> str:
    return await api.call(key)


class Client:
    async def start(self, group):
        async with asyncio.TaskGroup() as task_group:
            name_task = task_group.create_task(fetch_user(
            1,
        ))
            title_task = task_group.create_task(fetch_user(2))
        self._name, title = name_task.result(), title_task.result()
        return title

    async def guarded(self):
        try:
            one, two = await asyncio.gather(fetch_user(1), fetch_user(2))
        except OSError:
            return None
        return one, two
