"""Pitfall 6: Not closing resources properly in async context.

The search is over, but the generator that it broke off still holds the connection.

Instead: async with aclosing() around the loop
"""

import asyncio


class Connection:
    busy = False


connection = Connection()


async def rows():
    connection.busy = True
    try:
        for n in range(10):
            await asyncio.sleep(0)
            yield n
    finally:
        connection.busy = False


async def main() -> None:
    search = rows()
    async for n in search:  # want `AIO704` "`break` leaves the loop without closing"
        if n == 3:
            break
    if connection.busy:
        raise SystemExit("HARM: the connection is still in use after the loop")


asyncio.run(main())
