import asyncio

from mystery import *


async def main(service):
    service.fetch_user_profile("a")
    await asyncio.sleep(1)
