# target 3.14
import asyncio


async def work():
    await asyncio.sleep(1)


asyncio.ensure_future(work())  # want "`asyncio.ensure_future\\(\\)` at the top of the module"
asyncio.gather(work(), work())  # want "`asyncio.gather\\(\\)` at the top of the module"
asyncio.ensure_future(work(), loop=asyncio.new_event_loop())
asyncio.gather(*[])


def main(future):
    everything = asyncio.gather(work())  # want "no event loop is running in `main`"
    asyncio.ensure_future(future)
    asyncio.run(everything)
