import asyncio


async def cleanup(event: asyncio.Event, queue: asyncio.Queue, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
    try:
        await event.wait()
    finally:
        await asyncio.wait_for(event.wait(), 10)
        await asyncio.wait_for(asyncio.sleep(5), 10)
        await asyncio.wait_for(queue.join(), 10)
        await asyncio.wait_for(reader.read(), 10)


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
