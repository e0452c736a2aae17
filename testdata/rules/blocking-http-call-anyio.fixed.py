import anyio
import requests
from functools import partial as bind


async def main(url, args, kw):
    r = await anyio.to_thread.run_sync(requests.get, url)
    r = await anyio.to_thread.run_sync(bind(requests.get, url, timeout=1))
    r = await anyio.to_thread.run_sync(requests.get, url, *args)
    r = await anyio.to_thread.run_sync(bind(
        requests.get,
        url,
        **kw,
    ))
    print(r, (await anyio.to_thread.run_sync(requests.get, url)).text)
    await anyio.to_thread.run_sync(bind(requests.get, url, timeout=1))
