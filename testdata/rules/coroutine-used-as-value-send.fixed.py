"""Methods that a coroutine object has, too, called on what a coroutine returns."""

import discord


async def greet(client: discord.Client):
    user = await client.fetch_user(1)
    await user.send("hi")
    await (await client.fetch_user(2)).send("hi")
    session = await make()
    await session.close()


class Session:
    async def close(self):
        pass


async def make() -> Session:
    return Session()


async def fine():
    coroutine = make()
    coroutine.close()
    other = make()
    try:
        other.send(None)
    except StopIteration:
        pass
    await (await make()).close()
