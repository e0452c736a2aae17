import asyncio


async def main():
    for x in y:
        # place: coroutine
        gat

    async with lock
    # place: coroutine
    gat


async def other(a, b
    # place: none
    gat


def next():
    # place: function
    gat


class Half(
# place: none
gat
