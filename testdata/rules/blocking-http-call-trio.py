from urllib.request import urlopen

import trio


async def main(url):
    r = urlopen(url, timeout=1)  # want "`await trio.to_thread.run_sync\\(\\)`"
    print(r, urlopen(url))  # want "urlopen"
    await trio.to_thread.run_sync(urlopen, url)
