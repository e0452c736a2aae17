"""Pitfall 6: Not closing resources properly in async context.

The connection stays open when the greeting is not what was expected.

Instead: async with, or close it in a finally
"""

import asyncio
import gc
import warnings

unclosed = []


def note(message: Warning | str, category: type[Warning], *rest: object) -> None:
    if category is ResourceWarning:
        unclosed.append(str(message))


async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"go away\n")
    writer.close()
    await writer.wait_closed()


async def check(port: int) -> None:
    async with asyncio.timeout(5):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)  # want `AIO701` "`writer` is not closed on every way"
        greeting = await reader.readline()
        if greeting != b"welcome\n":
            raise ValueError(greeting)
        writer.close()
        await writer.wait_closed()


async def main() -> None:
    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    async with server:
        try:
            await check(server.sockets[0].getsockname()[1])
        except ValueError:
            print("not welcome")
        await asyncio.sleep(0.01)
        gc.collect()


warnings.simplefilter("always")
warnings.showwarning = note
asyncio.run(main())
if unclosed:
    raise SystemExit(f"HARM: {unclosed[0]}")
