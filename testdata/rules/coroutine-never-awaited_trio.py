import trio


async def main(n):
    main(1)  # want "`main..` is never awaited"
    await trio.sleep(1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(main, 1)


main(1)  # want "`main..` is never awaited"


class Job:
    async def run(self): ...


async def channels():
    send, receive = trio.open_memory_channel[Job](3)
    async for job in receive:
        job.run()  # want "`job.run\\(\\)` is never awaited"
    send, receive = trio.open_memory_channel(3)
    async for job in receive:
        job.start()
