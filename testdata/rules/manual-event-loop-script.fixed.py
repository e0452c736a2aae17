import asyncio


async def main():
    await asyncio.sleep(1)


loop = asyncio.get_event_loop()
asyncio.run(main())
print("done")

other = asyncio.new_event_loop()
asyncio.run(main())

if __name__ == "__main__":
    asyncio.run(main())


# What follows is silent.

either = asyncio.new_event_loop()
either = None
either.run_until_complete(main())

unknown = main()
unknown.run_until_complete(main())


def run():
    loop.run_until_complete(main())
