import functools
import os
from pathlib import Path

import anyio


async def main(p: Path, q: anyio.Path):
    await anyio.to_thread.run_sync(p.exists)
    await anyio.to_thread.run_sync(os.path.exists, p)
    await anyio.to_thread.run_sync(functools.partial(p.mkdir, parents=True))
    for x in await anyio.to_thread.run_sync(lambda: list(p.iterdir())):
        print(x)
    print(await anyio.to_thread.run_sync(lambda: sorted(p.iterdir())))
    await q.exists()
    await anyio.Path(p).read_text()
    async for y in q.iterdir():
        print(y)
