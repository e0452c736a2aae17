# A local name hides an import: there is no fix.
import asyncio
import time


async def main(asyncio):
    time.sleep(1)  # want "asyncio.sleep"


async def run():
    await asyncio.sleep(1)
