import asyncio
import io
from pathlib import Path

import aiofiles


async def simple(p, path: Path, data):
    with open(p) as f:  # want `ASYNC230` "use `aiofiles.open` or run it in a thread with `await asyncio.to_thread\\(\\)`"
        text = f.read()  # want `ASYNC232` "[.]read[(]"
        more = f.read(10).strip()  # want `ASYNC232` "[.]read[(]"
    with open(p, "w", encoding="utf-8") as f:  # want `ASYNC230` "open"
        f.write(data)  # want `ASYNC232` "[.]write[(]"
        f.flush()  # want `ASYNC232` "[.]flush[(]"
    with open(p) as f:  # want `ASYNC230` "open"
        for line in f:  # want `ASYNC232` "step"
            print(line)
    with path.open("rb") as f:  # want `ASYNC230` "open"
        while chunk := f.read(1024):  # want `ASYNC232` "[.]read[(]"
            print(chunk)
    with path.open() as f:  # want `ASYNC230` "open"
        print([line for line in f])  # want `ASYNC232` "step"
    with (path / "x").open() as f:  # want `ASYNC230` "open"
        yield f.read(), text, more  # want `ASYNC232` "[.]read[(]"
    with io.open(p) as f:  # want `ASYNC230` "open"
        async with asyncio.timeout(1):
            f.read()  # want `ASYNC232` "[.]read[(]"


async def not_simple(p, parse):
    with open(p) as f:  # want `ASYNC230` "open"
        data = parse(f)
    with open(p) as f:  # want `ASYNC230` "open"
        print(f.name, f.read())  # want `ASYNC232` "[.]read[(]"
    with open(p) as f:  # want `ASYNC230` "open"
        print(list(line for line in f))  # want `ASYNC232` "step"
    with open(p) as f:  # want `ASYNC230` "open"
        print(lambda: f.read())
    with open(p) as f, open(p) as g:  # want `ASYNC230` "open" `ASYNC230` "open"
        g.write(f.read())  # want `ASYNC232` "[.]read[(]" `ASYNC232` "[.]write[(]"
    with open(p) as f:  # want `ASYNC230` "open"
        pass
    print(f.read())  # want `ASYNC232` "[.]read[(]"
    return data


async def right(p):
    async with aiofiles.open(p) as f:
        await f.read()
        async for line in f:
            print(line)
