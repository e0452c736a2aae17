import asyncio
import math
from math import inf

import anyio
import trio
from trio import sleep as ts


async def long(days, config):
    await trio.sleep_forever()
    await trio.sleep_forever()
    await trio.sleep_forever()
    await trio.sleep_forever()
    await trio.sleep_forever()
    await anyio.sleep_forever()
    await trio.sleep_forever()
    await trio.sleep_forever()
    await trio.sleep_forever()
    await anyio.sleep_forever()
    await trio.sleep_forever()

    await trio.sleep(86400)
    await trio.sleep(60 * 60 * 24)
    await trio.sleep(60 * 60 * 24 * 7)
    await trio.sleep(days * 86400)
    await trio.sleep(config.delay)
    await trio.sleep(-99999)
    await asyncio.sleep(99999)
    await asyncio.sleep(math.inf)
    await config.sleep(99999)
