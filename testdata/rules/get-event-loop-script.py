# What runs the loop is reported (AIO603), and that is enough.
import asyncio


async def main():
    await asyncio.sleep(1)


loop = asyncio.get_event_loop()
loop.run_until_complete(main())


def run(work):
    # AIO603 is about this one.
    loop = asyncio.get_event_loop()
    return loop.run_until_complete(work())
