"""Critical warning: Blocking I/O in a coroutine blocks the event loop.

The program asks its own server, which cannot answer while the event loop waits for the answer.

Instead: an asynchronous HTTP client, or a thread
"""

import asyncio
import urllib.request


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    async with asyncio.timeout(5):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nup")
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main() -> int:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/health"
        answer = urllib.request.urlopen(url, timeout=0.5)  # want `ASYNC210` "blocks the event loop"
        with answer:
            return answer.status


try:
    status = asyncio.run(main())
except TimeoutError:
    raise SystemExit("HARM: the request waits for the server, and the server for the request")
