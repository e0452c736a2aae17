from pathlib import Path

import anyio


async def main(p, path: Path):
    with open(p, "rb") as f:  # want `ASYNC230` "use `anyio.open_file` or run it in a thread"
        while chunk := f.read(1024):  # want `ASYNC232` "[.]read[(]"
            yield chunk
    with path.open() as f:  # want `ASYNC230` "open"
        for line in f:  # want `ASYNC232` "step"
            yield line
    with open(p) as f:  # want `ASYNC230` "open"
        text = f.read()  # want `ASYNC232` "[.]read[(]"
    yield text
    async with await anyio.open_file(p) as f:
        await f.read()
