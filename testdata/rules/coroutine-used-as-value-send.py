"""Methods that a coroutine object has, too, called on what a coroutine returns."""

import discord


async def greet(client: discord.Client):
    user = client.fetch_user(1)
    await user.send("hi")  # want "`user` is asked for its attribute `send` although it holds a coroutine"
    await client.fetch_user(2).send("hi")  # want "attribute `send`"
    session = make()
    await session.close()  # want "attribute `close`"


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
