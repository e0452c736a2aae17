import subprocess

import trio


async def main(args):
    subprocess.run(args)  # want "use `trio.run_process` or run it in a thread with `await trio.to_thread.run_sync\\(\\)`"
    subprocess.run(args, check=True)  # want "trio.run_process"
    p = subprocess.Popen(args)  # want "subprocess.Popen"
    p.wait()  # want "wait"
    await trio.run_process(args)
    async with trio.open_nursery() as nursery:
        q = await nursery.start(trio.run_process, args)
        await q.wait()
