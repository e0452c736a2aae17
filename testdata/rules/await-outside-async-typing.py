import asyncio


async de main():
    for i in range(3):
        await asyncio.sleep(i)
    await asyncio.sleep(1)


class Service:
    asyn def run(self):
        await asyncio.sleep(1)


if True:
    await asyncio.sleep(1)  # want "`await` outside `async def`"
