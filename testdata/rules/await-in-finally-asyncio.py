import asyncio


async def cleanup(event: asyncio.Event, queue: asyncio.Queue, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
    try:
        await event.wait()
    finally:
        await event.wait()  # want "`event.wait\\(\\)` in `finally` holds up a cancellation for as long as it takes; set a limit with `asyncio.wait_for\\(\\)`"
        await asyncio.sleep(5)  # want "`asyncio.sleep\\(\\)` in `finally`"
        await queue.join()  # want "`queue.join\\(\\)` in `finally`"
        await reader.read()  # want "`reader.read\\(\\)` in `finally`"


async def short(event: asyncio.Event, writer: asyncio.StreamWriter, lock: asyncio.Lock, task: asyncio.Task):
    process = await asyncio.create_subprocess_exec("x")
    try:
        await event.wait()
    except asyncio.CancelledError:
        await event.wait()
        raise
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        writer.close()
        await writer.wait_closed()
        await asyncio.sleep(0)
        await asyncio.sleep(0.1)
        await asyncio.wait_for(event.wait(), 5)
        async with asyncio.timeout(5):
            await event.wait()
        async with lock:
            pass
        process.kill()
        await process.wait()
