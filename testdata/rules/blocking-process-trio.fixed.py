import functools
import subprocess

import trio


async def main(args):
    await trio.to_thread.run_sync(subprocess.run, args)
    await trio.to_thread.run_sync(functools.partial(subprocess.run, args, check=True))
    p = await trio.to_thread.run_sync(subprocess.Popen, args)
    await trio.to_thread.run_sync(p.wait)
    await trio.run_process(args)
    async with trio.open_nursery() as nursery:
        q = await nursery.start(trio.run_process, args)
        await q.wait()
