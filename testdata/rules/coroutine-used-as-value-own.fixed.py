"""Methods that a coroutine object has, too, called on what a coroutine returns."""

import discord


async def greet(client: discord.Client):
    user = await client.fetch_user(1)
    await user.send("hi")
    await (await client.fetch_user(2)).send("hi")
    session = await make()
    await session.close()


async def retry(client, times=3):
    try:
        return await client.fetch()
    except OSError:
        if times == 0:
            raise
        return await retry(client, times - 1)


async def other(client):
    return retry(client)  # whoever calls it may know


def plain(times):
    return plain(times - 1)


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


async def walk(times):
    if times:
        return await walk(times - 1)
    yield_from = walk
    return yield_from


class Node:
    def __init__(self, parent):
        self.parent = parent

    async def root(self):
        return self.parent.root() if self.parent else self
