from pathlib import Path

import anyio


async def main(p, path: Path):
    async with await anyio.open_file(p, "rb") as f:
        while chunk := await f.read(1024):
            yield chunk
    async with await anyio.open_file(path) as f:
        async for line in f:
            yield line
    async with await anyio.open_file(p) as f:
        text = await f.read()
    yield text
    async with await anyio.open_file(p) as f:
        await f.read()
