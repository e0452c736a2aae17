from contextlib import asynccontextmanager

import store
from fastapi import FastAPI


@asynccontextmanager
async def starting(app: FastAPI):
    store.load()
    yield


@asynccontextmanager
async def lifespan(app):
    store.load()
    yield


@asynccontextmanager
async def session(app):
    store.load()  # want `AIO207` "`load` calls"
    yield


app = FastAPI(lifespan=starting)


@app.on_event("startup")
async def start():
    store.load()


@app.get("/")
async def index():
    store.load()  # want `AIO207` "`load` calls"


@app.middleware("http")
async def middle(request, call_next):
    store.load()  # want `AIO207` "`load` calls"
    return await call_next(request)
