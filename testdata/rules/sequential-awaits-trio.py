import trio

import api


async def fetch_user(key=0) -> str:
    return await api.call(key)


async def start(keys):
    one = await fetch_user(1)
    two = await fetch_user(2)  # want "run them in a nursery"
    return one, two, [await fetch_user(k) for k in keys]  # want "run them in a nursery"
