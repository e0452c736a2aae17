"""Pitfall 6: Not closing resources properly in async context.

What follows the yield is skipped when the body of the async with fails.

Instead: try and finally around the yield
"""

import asyncio
from contextlib import asynccontextmanager


class Connection:
    closed = False

    async def close(self) -> None:
        self.closed = True


made = []


@asynccontextmanager
async def connection():
    conn = Connection()
    made.append(conn)
    yield conn  # want `AIO703` "is skipped when the body of the `async with` raises"
    await conn.close()


async def main() -> None:
    try:
        async with connection():
            raise ValueError("the query failed")
    except ValueError:
        pass


asyncio.run(main())
if not all(conn.closed for conn in made):
    raise SystemExit("HARM: the connection is still open")
