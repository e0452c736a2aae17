"""Coroutines that web frameworks and their relatives give."""

from asgiref.sync import sync_to_async
from beanie import Document
from channels.db import database_sync_to_async
from fastapi import Depends, FastAPI
from starlette.endpoints import WebSocketEndpoint
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from tortoise.models import Model

app = FastAPI()


def mail(to):
    print(to)


class Service:
    async def save(self):
        pass


def service():
    yield Service()


@app.post("/")
async def post(s=Depends(service)):
    s.save()  # want "`s.save\\(\\)`"
    await s.save()


@app.middleware("http")
async def logged(request, call_next):
    call_next(request)  # want "`call_next\\(\\)`"
    return await call_next(request)


class Identified:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message):
            send(message)  # want "`send\\(\\)`"
            await send(message)

        self.app(scope, receive, marked)  # want "`self.app\\(\\)`"
        await self.app(scope, receive, marked)


class Checked(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        request.body()  # want "`request.body\\(\\)`"
        return await call_next(request)


class Echo(WebSocketEndpoint):
    async def on_receive(self, websocket, data):
        websocket.send_text(data)  # want "`websocket.send_text\\(\\)`"
        await websocket.send_text(data)

    def other(self, websocket):
        websocket.send_text("")


@database_sync_to_async
def write():
    pass


class Store:
    @sync_to_async
    def write(self):
        pass


async def writes(store: Store):
    write()  # want "`write\\(\\)`"
    store.write()  # want "`store.write\\(\\)`"
    sync_to_async(mail)("x")  # want "`sync_to_async\\(\\)\\(\\)`|`sync_to_async"
    await write()
    await store.write()
    await sync_to_async(mail)("x")
    sync_to_async(mail)
    sync_to_async(thread_sensitive=False)(mail)


class Product(Document):
    name: str


class Team(Model):
    pass


async def objects():
    product = await Product.get(1)
    product.save()  # want "`product.save\\(\\)`"
    team = await Team.get(id=1)
    team.save()  # want "`team.save\\(\\)`"
    team = await Team.create(name="x")
    await team.save()
