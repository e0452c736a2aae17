import asyncio
import concurrent.futures
import functools
import threading

import anyio.to_thread
from fastapi import FastAPI
from jobs import Pool, load, offload, parse

app = FastAPI()
executor = concurrent.futures.ThreadPoolExecutor()


async def threads(path):
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(load, path)
    await asyncio.to_thread(lambda: load(path))
    await asyncio.to_thread(functools.partial(load, path))
    await loop.run_in_executor(None, load, path)
    await loop.run_in_executor(executor, lambda: parse(load(path)))
    await anyio.to_thread.run_sync(load, path)
    executor.submit(load, path).add_done_callback(print)
    threading.Thread(target=load, args=(path,)).start()


async def arguments(path):
    await asyncio.to_thread(parse, load(path))  # want `AIO207` "`load\\(\\)` blocks the event loop: `load` calls `time.sleep\\(\\)`"
    await asyncio.to_thread(load(path))  # want `AIO207` "`load\\(\\)` blocks"
    await asyncio.get_running_loop().run_in_executor(None, parse, load(path))  # want `AIO207` "`load\\(\\)` blocks"


async def lazily(paths):
    await asyncio.to_thread(list, (load(p) for p in paths))
    made = (load(p) for p in paths)
    await asyncio.to_thread(list, made)
    if any(load(p) for p in paths):  # want `AIO207` "`load\\(\\)` blocks"
        pass
    for text in (load(p) for p in paths):  # want `AIO207` "`load\\(\\)` blocks"
        parse(text)
    await asyncio.gather(*(asyncio.to_thread(load, p) for p in paths))


async def configured(path, pool: Pool):
    await offload(load, path)
    await offload(lambda: load(path))
    await pool.arun(load, path)
    await offload(parse, load(path))  # want `AIO207` "`load\\(\\)` blocks"


@app.get("/threads")
def endpoint(path: str):
    return load(path)


@app.get("/loop")
async def coroutine_endpoint(path: str):
    return load(path)  # want `AIO207` "`load\\(\\)` blocks"
