import os
from pathlib import Path

import anyio


async def main(p: Path, q: anyio.Path):
    p.exists()  # want "use `anyio.Path` or run it in a thread with `await anyio.to_thread.run_sync\\(\\)`"
    os.path.exists(p)  # want "anyio.Path"
    p.mkdir(parents=True)  # want "anyio.Path"
    for x in p.iterdir():  # want "iterdir"
        print(x)
    print(sorted(p.iterdir()))  # want "iterdir"
    await q.exists()
    await anyio.Path(p).read_text()
    async for y in q.iterdir():
        print(y)
