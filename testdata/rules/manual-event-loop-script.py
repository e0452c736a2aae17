import asyncio


async def main():
    await asyncio.sleep(1)


loop = asyncio.get_event_loop()
loop.run_until_complete(main())  # want "`loop` is run by hand; `asyncio.get_event_loop\\(\\)` raises `RuntimeError` since Python 3.14"
print("done")

other = asyncio.new_event_loop()
other.run_until_complete(main())  # want "`other` is made and run by hand"

if __name__ == "__main__":
    loop.run_until_complete(main())  # want "`loop` is run by hand"


# What follows is silent.

either = asyncio.new_event_loop()
either = None
either.run_until_complete(main())

unknown = main()
unknown.run_until_complete(main())


def run():
    loop.run_until_complete(main())
