import functools
from urllib.request import urlopen

import trio


async def main(url):
    r = await trio.to_thread.run_sync(functools.partial(urlopen, url, timeout=1))
    print(r, await trio.to_thread.run_sync(urlopen, url))
    await trio.to_thread.run_sync(urlopen, url)
