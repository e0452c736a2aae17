from pathlib import Path

import trio


async def main(p: Path, q: trio.Path):
    await trio.to_thread.run_sync(p.exists)
    await q.exists()
    await trio.Path(p).read_text()
    (q / "x").name
