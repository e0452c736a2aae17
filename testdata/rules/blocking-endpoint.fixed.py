import functools
import time

import fastapi
import unknown
from aiohttp import web
from fastapi import APIRouter, Depends, FastAPI
from quart import Quart

app = FastAPI()
router = APIRouter()
quart = Quart(__name__)
routes = web.RouteTableDef()


def crunch():
    time.sleep(1)  # noqa: ASYNC251


def wait():
    time.sleep(1)


@app.get("/direct")
def direct():
    time.sleep(1)


@router.post("/chain")
@app.put("/chain")
def chain(n: int):
    wait()
    return n


@quart.route("/")
def page():
    wait()
    return ""


def repeated(fn):
    @functools.wraps(fn)
    async def wrapper(*args):
        await fn(*args)
        return await fn(*args)

    return wrapper


@app.get("/wrapped")
@repeated
async def wrapped():
    wait()


@app.get("/cached")
@unknown.cache
async def cached():
    wait()


@app.get("/fine")
async def fine():
    crunch()
    return {}


@app.get("/awaits")
async def awaits():
    wait()
    await fastapi.concurrency.run_in_threadpool(wait)


@app.get("/plain")
def plain():
    wait()


@app.websocket("/ws")
async def socket(ws):
    wait()


@routes.get("/aiohttp")
async def handler(request):
    wait()


@app.get("/nested")
async def nested():
    def inner():
        wait()

    return inner


@app.on_event("startup")
async def startup():
    wait()


async def dependency(value=Depends(plain)):
    wait()
