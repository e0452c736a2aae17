# asyncio.to_thread is there since 3.9.
import asyncio

import requests


async def main(url):
    requests.get(url)  # want "requests.get"
    print(requests.get(url, timeout=1).text)  # want "requests.get"
    await asyncio.sleep(0)
