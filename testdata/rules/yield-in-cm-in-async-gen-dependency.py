"""FastAPI and aiohttp make context managers of generators that yield once."""

import anyio
from fastapi import Depends, FastAPI

app = FastAPI()


async def connection():
    async with await anyio.connect_tcp("localhost", 1) as stream:
        yield stream


async def lines(path):
    async with await anyio.open_file(path) as file:
        async for line in file:
            yield line  # want "is left only when the generator goes on"


@app.get("/")
async def index(c=Depends(connection)):
    return 1
