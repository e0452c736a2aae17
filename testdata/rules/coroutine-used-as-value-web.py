"""What web frameworks hand to a function, and what they do with what it gives."""

from typing import Any

import fastapi
from aiohttp import web
from asgiref.sync import sync_to_async
from beanie import Document
from channels.db import database_sync_to_async
from fastapi import Depends, FastAPI, Request
from quart import Quart
from quart import request as current
from sanic import Sanic
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from tortoise.models import Model

app = FastAPI()
routes = web.RouteTableDef()
pages = Quart(__name__)
server = Sanic("server")
Session: async_sessionmaker[AsyncSession]


def twice(f):
    async def wrapper(*args):
        return await f(args[0], "more", *args[1:])

    return wrapper


# The function under a decorator is called with what the framework has.
@routes.post("/a")
async def posted(request):
    data = request.json()
    return web.Response(text=data["name"])  # want "`data` is subscripted although it holds a coroutine"


@routes.post("/a")
async def posted_well(request):
    data = await request.json()
    return web.Response(text=data["name"] + request["user"] + request.match_info["id"])


@routes.post("/b")
@twice
async def wrapped(more, request):
    return web.Response(text=more.text().upper() + request.read().decode())


@web.middleware
async def measured(request, handler):
    response = handler(request)
    response.headers["x"] = "1"  # want "`response` is asked for its attribute `headers`"
    return response


@app.middleware("http")
async def timed(request, call_next):
    response = call_next(request)
    response.headers["x"] = "1"  # want "`response` is asked for its attribute `headers`"
    return response


@app.middleware("http")
async def timed_well(request, call_next):
    response = await call_next(request)
    response.headers["x"] = "1"
    return response


class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        if request.headers.get("x"):
            return call_next(request).body  # want "`call_next\\(\\)` is asked for its attribute `body`"
        response = await call_next(request)
        return response

    async def other(self, request, call_next):
        return call_next(request).body


class Handler:
    async def dispatch(self, request, call_next):
        return call_next(request).body


class Page(web.View):
    async def get(self):
        body = self.request.text()
        return web.Response(text=body.upper())  # want "`body` is asked for its attribute `upper`"


@server.get("/")
async def sanic_page(request):
    return request.json["x"]


@server.websocket("/feed")
async def feed(request, ws):
    while True:
        data = ws.recv()
        await ws.send(data.upper())  # want "`data` is asked for its attribute `upper`"


# Dependencies of FastAPI.
async def session():
    async with Session() as s:
        yield s


async def settings() -> dict:
    return {}


class Service:
    async def count(self) -> int:
        return 1


def service():
    return Service()


@app.get("/c")
async def counted(s=Depends(service), db=Depends(session), conf=Depends(settings), other=Depends(), raw=fastapi.Depends(object)):
    n = s.count()
    print(n + 1)  # want "`n` is used with `\\+`"
    rows = db.execute("select 1")
    print(rows.all())  # want "`rows` is asked for its attribute `all`"
    print(conf["x"], other.x, raw.y)
    return (await db.execute("select 1")).all()


@app.get("/c")
async def by_class(s=Depends(Service), limit=10, name=str("x")):
    return {"n": s.count(), "limit": limit, "name": name.upper()}  # want "`s.count\\(\\)` is sent without await"


# What a function under a decorator returns is sent as it is.
@app.get("/d")
async def sent():
    return settings()  # want "`settings\\(\\)` is sent without await"


@app.get("/d")
async def sent_within():
    return {"all": [settings()], "one": await settings()}  # want "`settings\\(\\)` is sent without await"


@app.get("/d")
def sent_from_a_thread():
    return [1]


@app.get("/d")
@twice
async def sent_wrapped(more):
    return settings()


@app.get("/d")
async def sent_well():
    async def later():
        return settings()

    return await (await later())


@pages.get("/e")
async def page():
    return settings()  # want "`settings\\(\\)` is sent without await"


async def respond(request: Request) -> Response:
    if request.method == "GET":
        return JSONResponse(settings())  # want "`settings\\(\\)` is sent without await"
    if request.method == "POST":
        return JSONResponse({"data": settings()}, status_code=201)  # want "`settings\\(\\)` is sent without await"
    if request.method == "PUT":
        return PlainTextResponse(content=settings())  # want "`settings\\(\\)` is sent without await"
    return JSONResponse({"data": await settings()}, headers={"x": "y"})


async def respond_aiohttp(request: web.Request):
    if request.method == "GET":
        return web.json_response(settings())  # want "`settings\\(\\)` is sent without await"
    if request.method == "POST":
        return web.Response(text=settings())  # want "`settings\\(\\)` is sent without await"
    return web.json_response(await settings(), status=201)


# Quart: what has to be read from the connection is an asynchronous property.
async def quart_request():
    print(current.form["x"])  # want "`current.form` is subscripted"
    print((await current.form)["x"], current.args["x"])
    client = pages.test_client()
    response = client.get("/")
    assert response.status_code == 200  # want "`response` is asked for its attribute `status_code`"
    response = await client.get("/")
    assert response.status_code == 200


# Decorators that make a coroutine function of a plain one.
@sync_to_async
def load() -> list[int]:
    return [1]


@sync_to_async(thread_sensitive=False)
def load_elsewhere() -> list[int]:
    return [1]


@database_sync_to_async
def load_all() -> list[int]:
    return [1]


async def loads():
    print(len(load()))  # want "`load\\(\\)` is measured"
    print(len(load_elsewhere()))  # want "`load_elsewhere\\(\\)` is measured"
    print(load_all()[0])  # want "`load_all\\(\\)` is subscripted"
    print(len(await load()), (await load_all())[0])
    f: Any = sync_to_async(thread_sensitive=False)(len)
    print((await f([])) + 1)
    print(sync_to_async(thread_sensitive=False)(len).func)


# Object mappers.
class Product(Document):
    name: str


class Team(Model):
    pass


async def objects():
    product = await Product.get(1)
    n = Product.find(Product.name == "x").count()
    print(n + 1)  # want "`n` is used with `\\+`"
    print(await Product.find_one(Product.name == "x"), await Product.find_all().to_list(), product)
    teams = await Team.filter(name="x").order_by("name")
    print(teams[0], len(teams))
