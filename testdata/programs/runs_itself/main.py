import asyncio

from messenger import Client

client = Client()


def script():
    client.send("hello")


async def main():
    client.send("hello")  # want "`client.send\\(\\)` is never awaited"
    await client.send("hello")


asyncio.run(main())
