import asyncio
import math
from math import inf

import anyio
import trio
from trio import sleep as ts


async def long(days, config):
    await trio.sleep(86401)  # want "`trio.sleep\\(86401\\)` sleeps for more than a day; if that means for ever, use `trio.sleep_forever\\(\\)`"
    await trio.sleep(86400.5)  # want "more than a day"
    await trio.sleep(1e9)  # want "more than a day"
    await trio.sleep(1_000_000)  # want "more than a day"
    await trio.sleep(seconds=999999)  # want "more than a day"
    await anyio.sleep(99999)  # want "`anyio.sleep_forever\\(\\)`"
    await ts(99999)  # want "`trio.sleep_forever\\(\\)`"
    await trio.sleep(math.inf)  # want "`trio.sleep\\(math.inf\\)` sleeps for ever; use `trio.sleep_forever\\(\\)`, which says so"
    await trio.sleep(inf)  # want "sleeps for ever"
    await anyio.sleep(float("inf"))  # want "sleeps for ever"
    await trio.sleep(float("Infinity"))  # want "sleeps for ever"

    await trio.sleep(86400)
    await trio.sleep(60 * 60 * 24)
    await trio.sleep(60 * 60 * 24 * 7)
    await trio.sleep(days * 86400)
    await trio.sleep(config.delay)
    await trio.sleep(-99999)
    await asyncio.sleep(99999)
    await asyncio.sleep(math.inf)
    await config.sleep(99999)
