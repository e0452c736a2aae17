# python 3.11
import asyncio

import api


async def fetch_user(key=0) -> str:
    return await api.call(key)


class Client:
    async def start(self, group):
        self._name = await fetch_user(
            1,
        )
        title = await fetch_user(2)  # want "run them in an `asyncio.TaskGroup`"
        return title

    async def guarded(self):
        try:
            one = await fetch_user(1)
            two = await fetch_user(2)  # want "run them in"
        except OSError:
            return None
        return one, two
