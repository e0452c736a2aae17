import trio


async def main(n):
    main(1)  # want "`main..` is never awaited"
    await trio.sleep(1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(main, 1)


main(1)  # want "`main..` is never awaited"
