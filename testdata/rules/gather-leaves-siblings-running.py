import asyncio

import db


async def fetch(n=0) -> int:
    return n


async def a_library(ns):
    await asyncio.gather(fetch(1), fetch(2))
