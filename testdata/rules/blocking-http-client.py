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
    client.get("x")  # want `ASYNC212` "`client.get\\(\\)` \\(`httpx.Client.get`\\) blocks the event loop; use `httpx.AsyncClient`"
    client.post("x"), client.request("GET", "x"), client.send(None)  # want "post" "request" "send"
    pool.request("GET", "x")  # want "request"
    pool.urlopen("GET", "x")  # want "urlopen"


async def constructed(url):
    s = requests.Session()
    s.headers["a"] = "b"
    s.get(url)  # want "requests.Session.get|requests.sessions.Session.get"
    requests.Session().post(url)  # want "post"
    session.get(url)  # want "get"
    http_pool.request("GET", url)  # want "request"
    pools["a"].request("GET", url)  # want "request"
    conn = http.client.HTTPSConnection("x")
    conn.request("GET", "/")  # want "request"
    response = conn.getresponse()  # want "getresponse"
    response.read()  # want "read"
    with requests.Session() as s2:
        s2.put(url)  # want "put"
    with Session() as a, S() as b:
        a.get(url), b.get(url)  # want "get" "get"
    with ExitStack() as stack:
        entered = stack.enter_context(httpx.Client())
        entered.get(url)  # want "get"
    (walrus := httpx.Client()).get(url)  # want "get"
    walrus.get(url)  # want "get"
    fetch = s.get
    fetch(url)  # want "get"
    for c in [httpx.Client(), httpx.Client()]:
        c.get(url)  # want "get"
    [c.get(url) for c in (httpx.Client(),)]  # want "get"
    x, y = httpx.Client(), 1
    x.get(url), y  # want "get"


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
    a.get("x")  # want "get"
    if b:
        b.get("x")  # want "get"
    b.get("x")  # want "get"
    c.get("x")  # want "get"
    d.get("x")  # want "get"
    e.get("x")  # want "get"
    f[0].get("x")  # want "get"
    g["a"].get("x")  # want "get"
    for v in g.values():
        v.get("x")  # want "get"
    h.get("x")  # want "get"
    args[0].get("x")  # want "get"
    kw["a"].get("x")  # want "get"


def typed() -> httpx.Client: ...


def untyped():
    return httpx.Client(timeout=3)


async def coroutine():
    return httpx.Client()


async def factories():
    typed().get("x")  # want "get"
    untyped().get("x")  # want "get"
    (await coroutine()).get("x")  # want "get"
    c = await coroutine()
    c.get("x")  # want "get"


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
        self.client.get("x")  # want "get"
        self._session.get("x")  # want "get"
        self.session.get("x")  # want "get"
        self.make().get("x")  # want "get"
        self.shared.get("x")  # want "get"
        self.late.get("x")  # want "get"
        Base.shared.get("x")  # want "get"
        self.other.get("x")


class Derived(Base):
    async def more(self):
        self.client.post("x")  # want "post"
        super().make().get("x")  # want "get"


@dataclass
class Config:
    http: requests.Session = field(default_factory=requests.Session)
    final: Final = httpx.Client()

    async def load(self):
        self.http.get("x")  # want "get"
        self.final.get("x")  # want "get"


async def through(config: Config, base: Base):
    config.http.get("x")  # want "get"
    base.client.get("x")  # want "get"
    Base(httpx.Client()).session.get("x")  # want "get"


async def narrowed(x: httpx.Client | httpx.AsyncClient, y):
    if isinstance(x, httpx.Client):
        x.get("x")  # want "get"
    else:
        await x.get("x")
    if isinstance(y, requests.Session):
        y.get("x")  # want "get"
    assert isinstance(y, httpx.Client)
    y.get("x")  # want "get"


async def uses_global():
    global client
    client = httpx.Client()
    client.get("x")  # want "get"


async def reads_global():
    client.get("x")  # want "get"


async def fixed(s: requests.Session, url):
    r = s.get(url, timeout=1).json()  # want "get"
    r = s.get(  # want "get"
        url,
    )
    return s.get(s.get(url).url), r  # want "get" "get"


class Own(requests.Session):
    def get(self, url, **kw): ...

    def fetch(self, url):
        return super().get(url)


async def own(s: Own):
    s.post("x")  # want "post"
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
