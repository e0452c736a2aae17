"""Functions that make an HTTP request and wait for the answer."""

import asyncio
import urllib.request
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING
from unittest.mock import patch

import httpx
import requests
import requests as rq
import urllib3
from requests import Session, get
from requests.api import post as send
from urllib.request import Request, urlopen as fetch

if TYPE_CHECKING:
    from requests import Response

retrieve = requests.get


# What must be found.


async def functions(url):
    await asyncio.to_thread(requests.get, url)
    await asyncio.to_thread(requests.post, url, json={})
    await asyncio.to_thread(requests.put, url), await asyncio.to_thread(requests.patch, url)
    await asyncio.to_thread(requests.delete, url)
    await asyncio.to_thread(requests.head, url)
    await asyncio.to_thread(requests.options, url)
    await asyncio.to_thread(requests.request, "GET", url)
    await asyncio.to_thread(rq.get, url)
    await asyncio.to_thread(get, url)
    await asyncio.to_thread(send, url)
    await asyncio.to_thread(retrieve, url)
    await asyncio.to_thread(httpx.get, url)
    await asyncio.to_thread(httpx.post, url)
    await asyncio.to_thread(httpx.request, "GET", url)
    with httpx.stream("GET", url) as r:
        print(r)
    await asyncio.to_thread(urllib.request.urlopen, url)
    await asyncio.to_thread(urllib.request.urlretrieve, url)
    await asyncio.to_thread(fetch, Request(url))
    await asyncio.to_thread(urllib3.request, "GET", url)


async def docs_of_flake8_async():
    with await asyncio.to_thread(urllib.request.urlopen, "http://example.com/foo/bar") as response:
        print(response.read())
    return (await asyncio.to_thread(urllib.request.urlopen, "http://example.com/foo/bar")).read()


async def fixes(url, urls, kw, args):
    r = await asyncio.to_thread(requests.get, url, timeout=3)
    r = await asyncio.to_thread(
        requests.get,
        url,  # where from
        headers={"a": "b"},
        timeout=3,
    )
    r = await asyncio.to_thread(requests.get, url, *args, **kw)
    text = (await asyncio.to_thread(requests.get, url)).text
    data = (await asyncio.to_thread(requests.get, url)).json()["items"][0]
    if (r := await asyncio.to_thread(requests.get, url)).ok and await asyncio.to_thread(requests.get, url):
        print(f"{await asyncio.to_thread(requests.get, url)} {(await asyncio.to_thread(requests.get, 'x')).text!r:>10}")
    both = await asyncio.to_thread(requests.get, requests.get(url).text)
    x = [(await asyncio.to_thread(requests.get, u)).text for u in urls]
    y = (requests.get(u) for u in urls)
    z = {u: await asyncio.to_thread(requests.get, u) for u in urls if await asyncio.to_thread(requests.head, u)}
    first = await asyncio.to_thread(requests.get, url) if url else await asyncio.to_thread(requests.get, "x")
    for line in (await asyncio.to_thread(requests.get, url)).iter_lines():
        print(line)
    for r in sorted(urls, key=lambda u: u, reverse=bool(await asyncio.to_thread(requests.get, url))):
        print(r)
    with await asyncio.to_thread(requests.get, url, stream=True) as r:
        print(r)
    with closing(await asyncio.to_thread(requests.get, url)) as r:
        print(r)
    try:
        print(await asyncio.to_thread(requests.get, url := "x"))
    except requests.RequestException:
        pass
    yield await asyncio.to_thread(requests.get, url)
    print(*await asyncio.to_thread(requests.get, url), -(await asyncio.to_thread(requests.get, url)) ** 2, not await asyncio.to_thread(requests.get, url), r, text, data, both, x, y, z, first)


class Client:
    get = print

    def __init__(self):
        self.fetch = requests.get

    async def load(self, url):
        return await asyncio.to_thread(self.fetch, url), self.get(url)


async def local_import(url):
    import requests as r
    from requests import put

    await asyncio.to_thread(r.get, url)
    await asyncio.to_thread(put, url)

    def inner(answer=r.get(url)):
        return answer

    return inner


def on_done(task):
    requests.post("http://example.com/done")


async def callbacks(url):
    task = asyncio.create_task(local_import(url))
    task.add_done_callback(on_done)
    asyncio.get_running_loop().call_later(1, lambda: requests.get(url))
    await task


# What must stay silent.


def sync(url):
    return requests.get(url)


async def off_the_loop(url, loop: asyncio.AbstractEventLoop, pool):
    await asyncio.to_thread(requests.get, url)
    await asyncio.to_thread(lambda: requests.get(url))
    await loop.run_in_executor(None, partial(requests.get, url))
    await loop.run_in_executor(pool, requests.get, url)
    pool.submit(requests.get, url)


async def asynchronous(url, session):
    async with httpx.AsyncClient() as client:
        await client.get(url)
    await session.get(url)
    session.get(url)


async def shadowed(requests, get, url):
    requests.get(url)
    get(url)


async def others(url):
    requests.utils.quote(url)
    requests.Request("GET", url)
    urllib.request.Request(url)
    httpx.URL(url)
    raise requests.HTTPError("x")


async def mocked(url):
    with patch("requests.get") as get:
        get(url)


async def annotated(response: "Response"):
    return response.json(), response.text, Session
