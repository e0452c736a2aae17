import asyncio
import io
from pathlib import Path

import aiofiles


async def simple(p, path: Path, data):
    async with aiofiles.open(p) as f:
        text = await f.read()
        more = (await f.read(10)).strip()
    async with aiofiles.open(p, "w", encoding="utf-8") as f:
        await f.write(data)
        await f.flush()
    async with aiofiles.open(p) as f:
        async for line in f:
            print(line)
    async with aiofiles.open(path, "rb") as f:
        while chunk := await f.read(1024):
            print(chunk)
    async with aiofiles.open(path) as f:
        print([line async for line in f])
    async with aiofiles.open((path / "x")) as f:
        yield await f.read(), text, more
    async with aiofiles.open(p) as f:
        async with asyncio.timeout(1):
            await f.read()


async def not_simple(p, parse):
    with await asyncio.to_thread(open, p) as f:
        data = parse(f)
    with await asyncio.to_thread(open, p) as f:
        print(f.name, await asyncio.to_thread(f.read))
    with await asyncio.to_thread(open, p) as f:
        print(list(line for line in f))
    with await asyncio.to_thread(open, p) as f:
        print(lambda: f.read())
    with await asyncio.to_thread(open, p) as f, await asyncio.to_thread(open, p) as g:
        await asyncio.to_thread(g.write, f.read())
    with await asyncio.to_thread(open, p) as f:
        pass
    print(await asyncio.to_thread(f.read))
    return data


async def right(p):
    async with aiofiles.open(p) as f:
        await f.read()
        async for line in f:
            print(line)
