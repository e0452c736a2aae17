import asyncio

from mystery.client import Client


async def main(service, other: Client):
    service.fetch_user_profile("a")
    other.connect().fetch_user_profile("a")
    await asyncio.sleep(1)
