import asyncio

import requests
import sqlalchemy.orm


async def uses(service):
    import mystery.client as m
    service.fetch_user_profile(m)


async def uses_not(service):
    service.fetch_user_profile("a")  # want `AIO101` "never awaited"
    await asyncio.sleep(1)
    print(requests.codes, sqlalchemy.orm)
