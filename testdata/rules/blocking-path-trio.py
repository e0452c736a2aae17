from pathlib import Path

import trio


async def main(p: Path, q: trio.Path):
    p.exists()  # want "use `trio.Path` or run it in a thread with `await trio.to_thread.run_sync\\(\\)`"
    await q.exists()
    await trio.Path(p).read_text()
    (q / "x").name
