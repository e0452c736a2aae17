"""The HTTP interface."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, HTTPException

from feeds import Shop
from notify import Notifier
from store import Store
from worker import Worker

store = Store(Path("data"))
worker = Worker(Shop("https://shop.example/api"), store, Notifier("prices@shop.example"))


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    watching = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


app = FastAPI(lifespan=lifespan)


async def is_watched(sku: str) -> bool:
    return sku in await store.watched()


async def latest(sku: str) -> float:
    price = await store.latest(sku)
    if price is None:
        raise HTTPException(404, f"no price of {sku} yet")
    return price


@app.get("/prices/{sku}")
async def one_price(sku: str) -> dict[str, float]:
    if not is_watched(sku):
        raise HTTPException(404, f"nobody watches {sku}")
    return {sku: await latest(sku)}


@app.get("/prices")
async def many_prices(skus: str):
    names = skus.split(",")
    prices = await asyncio.gather([latest(sku) for sku in names])
    return dict(zip(names, prices))


@app.post("/prices/{sku}/refresh", status_code=202)
async def refresh(sku: str):
    for attempt in range(3):
        if worker.enqueue(sku):
            return {"queued": sku}
        time.sleep(0.1 * 2**attempt)
    raise HTTPException(503, "the queue is full")


@app.get("/health")
def health():
    """A plain function, which FastAPI calls in a thread: it may block."""
    return {"free": shutil.disk_usage(store.root).free}
