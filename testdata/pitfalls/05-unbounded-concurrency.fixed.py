"""Pitfall 5: Creating too many concurrent tasks without limits.

Each request has a connection of its own, and the process may have only so many.

Instead: a Semaphore around what each task does
"""

import asyncio
import resource

resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    async with asyncio.timeout(2):
        writer.write(await reader.readline())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def ask(port: int, question: int) -> bytes:
    async with asyncio.timeout(2):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(b"%d\n" % question)
            await writer.drain()
            return await reader.readline()
        finally:
            writer.close()
            await writer.wait_closed()


async def main() -> None:
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        semaphore = asyncio.Semaphore(10)

        async def limited(coro):
            async with semaphore:
                return await coro

        tasks = [asyncio.create_task(limited(ask(port, n))) for n in range(150)]
        await asyncio.wait(tasks)
    failed = [task.exception() for task in tasks if task.exception()]
    if failed:
        raise SystemExit(f"HARM: {len(failed)} of 150 requests failed: {failed[0]!r}")


asyncio.run(main())
