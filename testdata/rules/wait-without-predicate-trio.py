import trio

changed = trio.Condition()
items = []


async def take():
    async with changed:
        if not items:
            await changed.wait()  # want "wait `while` it does not hold$"
        return items.pop()
