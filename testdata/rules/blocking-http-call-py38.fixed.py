# asyncio.to_thread is there since 3.9.
import functools
import asyncio

import requests


async def main(url):
    await asyncio.get_running_loop().run_in_executor(None, requests.get, url)
    print((await asyncio.get_running_loop().run_in_executor(None, functools.partial(requests.get, url, timeout=1))).text)
    await asyncio.sleep(0)
