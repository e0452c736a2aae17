"""Clients that wait for the answer, wherever they come from."""

import asyncio
import http.client
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Dict, Final, List, Optional, Union
from unittest.mock import MagicMock

import httpx
import requests
import urllib3
from requests import Session
from requests.sessions import Session as S
from urllib3 import HTTPConnectionPool, PoolManager

session = requests.Session()
client: httpx.Client | None = None
pools = {"a": urllib3.PoolManager()}
http_pool = PoolManager()


# What must be found.


async def docs_of_flake8_async(client: httpx.Client, pool: urllib3.HTTPConnectionPool):
    client.close()
    await asyncio.to_thread(client.get, "x")
    await asyncio.to_thread(client.post, "x"), await asyncio.to_thread(client.request, "GET", "x"), await asyncio.to_thread(client.send, None)
    await asyncio.to_thread(pool.request, "GET", "x")
    await asyncio.to_thread(pool.urlopen, "GET", "x")


async def constructed(url):
    s = requests.Session()
    s.headers["a"] = "b"
    await asyncio.to_thread(s.get, url)
    await asyncio.to_thread(requests.Session().post, url)
    await asyncio.to_thread(session.get, url)
    await asyncio.to_thread(http_pool.request, "GET", url)
    await asyncio.to_thread(pools["a"].request, "GET", url)
    conn = http.client.HTTPSConnection("x")
    await asyncio.to_thread(conn.request, "GET", "/")
    response = await asyncio.to_thread(conn.getresponse)
    await asyncio.to_thread(response.read)
    with requests.Session() as s2:
        await asyncio.to_thread(s2.put, url)
    with Session() as a, S() as b:
        await asyncio.to_thread(a.get, url), await asyncio.to_thread(b.get, url)
    with ExitStack() as stack:
        entered = stack.enter_context(httpx.Client())
        await asyncio.to_thread(entered.get, url)
    await asyncio.to_thread((walrus := httpx.Client()).get, url)
    await asyncio.to_thread(walrus.get, url)
    fetch = s.get
    await asyncio.to_thread(fetch, url)
    for c in [httpx.Client(), httpx.Client()]:
        await asyncio.to_thread(c.get, url)
    [await asyncio.to_thread(c.get, url) for c in (httpx.Client(),)]
    x, y = httpx.Client(), 1
    await asyncio.to_thread(x.get, url), y


async def annotations(
    a: "requests.Session",
    b: Optional[httpx.Client],
    c: Union[httpx.Client, None],
    d: "httpx.Client | None",
    e: Annotated[httpx.Client, "x"],
    f: List[httpx.Client],
    g: dict[str, "httpx.Client"],
    h: "Optional['httpx.Client']" = None,
    *args: httpx.Client,
    **kw: httpx.Client,
):
    await asyncio.to_thread(a.get, "x")
    if b:
        await asyncio.to_thread(b.get, "x")
    await asyncio.to_thread(b.get, "x")
    await asyncio.to_thread(c.get, "x")
    await asyncio.to_thread(d.get, "x")
    await asyncio.to_thread(e.get, "x")
    await asyncio.to_thread(f[0].get, "x")
    await asyncio.to_thread(g["a"].get, "x")
    for v in g.values():
        await asyncio.to_thread(v.get, "x")
    await asyncio.to_thread(h.get, "x")
    await asyncio.to_thread(args[0].get, "x")
    await asyncio.to_thread(kw["a"].get, "x")


def typed() -> httpx.Client: ...


def untyped():
    return httpx.Client(timeout=3)


async def coroutine():
    return httpx.Client()


async def factories():
    await asyncio.to_thread(typed().get, "x")
    await asyncio.to_thread(untyped().get, "x")
    (await coroutine()).get("x")
    c = await coroutine()
    await asyncio.to_thread(c.get, "x")


class Base:
    shared: ClassVar[requests.Session] = requests.Session()
    late: httpx.Client

    def __init__(self, client: httpx.Client, other=None):
        self.client = client
        self._session = None
        self.other = other or requests.Session()

    def connect(self):
        self._session = requests.Session()

    @property
    def session(self):
        if self._session is None:
            self.connect()
        return self._session

    def make(self):
        return requests.Session()

    async def run(self):
        await asyncio.to_thread(self.client.get, "x")
        await asyncio.to_thread(self._session.get, "x")
        await asyncio.to_thread(self.session.get, "x")
        await asyncio.to_thread(self.make().get, "x")
        await asyncio.to_thread(self.shared.get, "x")
        await asyncio.to_thread(self.late.get, "x")
        await asyncio.to_thread(Base.shared.get, "x")
        self.other.get("x")


class Derived(Base):
    async def more(self):
        await asyncio.to_thread(self.client.post, "x")
        await asyncio.to_thread(super().make().get, "x")


@dataclass
class Config:
    http: requests.Session = field(default_factory=requests.Session)
    final: Final = httpx.Client()

    async def load(self):
        await asyncio.to_thread(self.http.get, "x")
        await asyncio.to_thread(self.final.get, "x")


async def through(config: Config, base: Base):
    await asyncio.to_thread(config.http.get, "x")
    await asyncio.to_thread(base.client.get, "x")
    await asyncio.to_thread(Base(httpx.Client()).session.get, "x")


async def narrowed(x: httpx.Client | httpx.AsyncClient, y):
    if isinstance(x, httpx.Client):
        await asyncio.to_thread(x.get, "x")
    else:
        await x.get("x")
    if isinstance(y, requests.Session):
        await asyncio.to_thread(y.get, "x")
    assert isinstance(y, httpx.Client)
    await asyncio.to_thread(y.get, "x")


async def uses_global():
    global client
    client = httpx.Client()
    await asyncio.to_thread(client.get, "x")


async def reads_global():
    await asyncio.to_thread(client.get, "x")


async def fixed(s: requests.Session, url):
    r = (await asyncio.to_thread(s.get, url, timeout=1)).json()
    r = await asyncio.to_thread(
        s.get,
        url,
    )
    return await asyncio.to_thread(s.get, s.get(url).url), r


class Own(requests.Session):
    def get(self, url, **kw): ...

    def fetch(self, url):
        return super().get(url)


async def own(s: Own):
    await asyncio.to_thread(s.post, "x")
    s.get("x")


# What must stay silent.


def sync():
    session.get("x")


async def asynchronous(a: httpx.AsyncClient):
    await a.get("x")
    async with httpx.AsyncClient() as c:
        await c.get("x")
    await session.get("x")  # the annotation or the import must be wrong


async def quiet(s: requests.Session, c: httpx.Client, x: Any, unknown, either: Union[httpx.Client, Any]):
    s.headers.update({})
    s.mount("http://", None)
    s.close()
    s.cookies.get("a")
    c.close()
    c.build_request("GET", "x")
    x.get("x")
    unknown.get("x")
    unknown.session.get("x")
    either.get("x")
    {}.get("x")
    s = asyncio.Queue()
    await s.get()
    c = unknown
    c.get("x")


async def both(x: httpx.Client | httpx.AsyncClient):
    x.get("x")


async def offloaded(s: requests.Session):
    await asyncio.to_thread(s.get, "x")
    await asyncio.get_running_loop().run_in_executor(None, s.get, "x")
    await asyncio.to_thread(lambda: s.get("x"))


async def mocked():
    s = MagicMock(spec=requests.Session)
    s.get("x")


async def opener():
    urllib.request.OpenerDirector()
    d: Dict[str, int] = {}
    return d.get("x")
