"""Pitfall 3: Not handling task cancellation properly.

The worker takes its cancellation for one more failed job and goes on; nothing can stop it.

Instead: raise the cancellation again, or catch only Exception
"""

import asyncio
import os


async def work() -> None:
    while True:
        try:
            await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            raise
        except BaseException as problem:
            print("a job failed:", repr(problem))


async def main() -> None:
    worker = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    worker.cancel()
    await asyncio.wait([worker], timeout=0.2)
    if not worker.done():
        print("HARM: the worker is still at work after it was cancelled", flush=True)
        os._exit(1)  # asyncio.run() would wait for it without end


asyncio.run(main())
