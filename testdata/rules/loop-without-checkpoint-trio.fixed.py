import trio


async def main(x):
    while True:
        x += 1
        await trio.sleep(0)
