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
    requests.get(url)  # want `ASYNC210` "`requests.get\\(\\)` blocks the event loop; use `httpx.AsyncClient` or run it in a thread with `await asyncio.to_thread\\(\\)`"
    requests.post(url, json={})  # want "`requests.post\\(\\)`"
    requests.put(url), requests.patch(url)  # want "requests.put" "requests.patch"
    requests.delete(url)  # want "requests.delete"
    requests.head(url)  # want "requests.head"
    requests.options(url)  # want "requests.options"
    requests.request("GET", url)  # want "requests.request"
    rq.get(url)  # want "`rq.get\\(\\)` \\(`requests.get`\\)"
    get(url)  # want "requests.get"
    send(url)  # want "requests.api.post"
    retrieve(url)  # want "requests.get"
    httpx.get(url)  # want "httpx.get"
    httpx.post(url)  # want "httpx.post"
    httpx.request("GET", url)  # want "httpx.request"
    with httpx.stream("GET", url) as r:  # want "httpx.stream"
        print(r)
    urllib.request.urlopen(url)  # want "urllib.request.urlopen"
    urllib.request.urlretrieve(url)  # want "urlretrieve"
    fetch(Request(url))  # want "urllib.request.urlopen"
    urllib3.request("GET", url)  # want "urllib3.request"


async def docs_of_flake8_async():
    with urllib.request.urlopen("http://example.com/foo/bar") as response:  # want "urlopen"
        print(response.read())
    return urllib.request.urlopen("http://example.com/foo/bar").read()  # want "urlopen"


async def fixes(url, urls, kw, args):
    r = requests.get(url, timeout=3)  # want "requests.get"
    r = requests.get(  # want "requests.get"
        url,  # where from
        headers={"a": "b"},
        timeout=3,
    )
    r = requests.get(url, *args, **kw)  # want "requests.get"
    text = requests.get(url).text  # want "requests.get"
    data = requests.get(url).json()["items"][0]  # want "requests.get"
    if (r := requests.get(url)).ok and requests.get(url):  # want "requests.get" "requests.get"
        print(f"{requests.get(url)} {requests.get('x').text!r:>10}")  # want "requests.get" "requests.get"
    both = requests.get(requests.get(url).text)  # want "requests.get" "requests.get"
    x = [requests.get(u).text for u in urls]  # want "requests.get"
    y = (requests.get(u) for u in urls)  # want "requests.get"
    z = {u: requests.get(u) for u in urls if requests.head(u)}  # want "requests.get" "requests.head"
    first = requests.get(url) if url else requests.get("x")  # want "requests.get" "requests.get"
    for line in requests.get(url).iter_lines():  # want "requests.get"
        print(line)
    for r in sorted(urls, key=lambda u: u, reverse=bool(requests.get(url))):  # want "requests.get"
        print(r)
    with requests.get(url, stream=True) as r:  # want "requests.get"
        print(r)
    with closing(requests.get(url)) as r:  # want "requests.get"
        print(r)
    try:
        print(requests.get(url := "x"))  # want "requests.get"
    except requests.RequestException:
        pass
    yield requests.get(url)  # want "requests.get"
    print(*requests.get(url), -requests.get(url) ** 2, not requests.get(url), r, text, data, both, x, y, z, first)  # want "requests.get" "requests.get" "requests.get"


class Client:
    get = print

    def __init__(self):
        self.fetch = requests.get

    async def load(self, url):
        return self.fetch(url), self.get(url)  # want "requests.*get"


async def local_import(url):
    import requests as r
    from requests import put

    r.get(url)  # want "requests.get"
    put(url)  # want "requests.put"

    def inner(answer=r.get(url)):  # want "requests.get"
        return answer

    return inner


def on_done(task):
    requests.post("http://example.com/done")  # want "requests.post"


async def callbacks(url):
    task = asyncio.create_task(local_import(url))
    task.add_done_callback(on_done)
    asyncio.get_running_loop().call_later(1, lambda: requests.get(url))  # want "requests.get"
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
