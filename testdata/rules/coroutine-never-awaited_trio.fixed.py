import trio


async def main(n):
    await main(1)
    await trio.sleep(1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(main, 1)


trio.run(main, 1)


class Job:
    async def run(self): ...


async def channels():
    send, receive = trio.open_memory_channel[Job](3)
    async for job in receive:
        await job.run()
    send, receive = trio.open_memory_channel(3)
    async for job in receive:
        job.start()
