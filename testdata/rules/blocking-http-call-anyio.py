import anyio
import requests
from functools import partial as bind


async def main(url, args, kw):
    r = requests.get(url)  # want "use `httpx.AsyncClient` or run it in a thread with `await anyio.to_thread.run_sync\\(\\)`"
    r = requests.get(url, timeout=1)  # want "requests.get"
    r = requests.get(url, *args)  # want "requests.get"
    r = requests.get(  # want "requests.get"
        url,
        **kw,
    )
    print(r, requests.get(url).text)  # want "requests.get"
    await anyio.to_thread.run_sync(bind(requests.get, url, timeout=1))
