import trio


async def main(n):
    await main(1)
    await trio.sleep(1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(main, 1)


trio.run(main, 1)
