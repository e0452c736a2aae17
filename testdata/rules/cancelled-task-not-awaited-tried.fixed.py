import asyncio
import log


async def work(done):
    try:
        await asyncio.sleep(3)
    finally:
        done()


async def first(a, b):
    try:
        done, pending = await asyncio.wait({a, b}, return_when=asyncio.FIRST_COMPLETED)
        for t in pending:
            t.cancel()
            log.info("cancelled %s", t)
        await asyncio.gather(*pending, return_exceptions=True)
        for t in done:
            t.result()
    except OSError:
        log.error("lost")


async def one(done):
    task = asyncio.create_task(work(done))
    try:
        await asyncio.sleep(1)
        task.cancel()
        log.info("cancelled")
        await asyncio.wait([task])
    except OSError:
        log.error("lost")


async def never(done):
    task = asyncio.create_task(work(done))
    try:
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        log.info("cancelled")
    except OSError:
        log.error("lost")
