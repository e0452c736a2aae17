import asyncio
import asyncio as aio
import sys
from asyncio import StreamReader, StreamWriter


async def echo(reader: StreamReader, writer: StreamWriter):
    while data := await reader.read(100):
        writer.write(data)
        await writer.drain()


async def several(writer: StreamWriter, lines):
    async for line in lines:
        writer.write(line)
        writer.write(b"\n")
        await writer.drain()


async def opened(host, chunks):
    _, out = await aio.open_connection(host, 80)
    try:
        for chunk in chunks:
            if chunk:
                out.writelines([chunk])
                await out.drain()
    finally:
        out.close()
        await out.wait_closed()


async def process(lines):
    proc = await asyncio.create_subprocess_exec("cat", stdin=asyncio.subprocess.PIPE)
    while lines:
        proc.stdin.write(lines.pop())
        await proc.stdin.drain()
    proc.stdin.close()
    await proc.wait()


async def late(writer: StreamWriter, reader: StreamReader):
    while not reader.at_eof():
        writer.write(await reader.readline())
        await writer.drain()
    await writer.drain()


class Client:
    def __init__(self, writer: StreamWriter):
        self.writer = writer

    async def feed(self, source):
        async for x in source:
            self.writer.write(x)
            await self.writer.drain()

    async def feed_and_flush(self, source):
        async for x in source:
            self.writer.write(x)
            await self.flush()

    async def flush(self):
        await self.writer.drain()

    async def close(self):
        self.writer.close()

    async def on_connect(self, reader, writer):
        while data := await reader.read(100):
            writer.write(data)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def serve(self):
        await asyncio.start_server(self.on_connect, port=1)


async def handler(reader, writer):
    writer.write(b"bye")
    writer.close()
    await writer.wait_closed()


async def helped(writer: StreamWriter, greet):
    await greet(writer)
    writer.close()
    await writer.wait_closed()


async def other_handler(reader, writer):
    writer.write(b"bye")
    writer.close()


async def main():
    server = await asyncio.start_server(handler, "localhost", 8888)
    async with server:
        await server.serve_forever()


async def in_one_branch(writer: StreamWriter, wait):
    writer.write(b"x")
    writer.close()
    await writer.wait_closed()
    if wait:
        await writer.wait_closed()


# What follows is right.


async def drained(reader: StreamReader, writer: StreamWriter):
    while data := await reader.read(100):
        writer.write(data)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def drained_now_and_then(reader: StreamReader, writer: StreamWriter):
    n = 0
    async for line in reader:
        writer.write(line)
        n += 1
        if n % 100 == 0:
            await writer.drain()


async def batch(writer: StreamWriter, headers: dict):
    for k, v in headers.items():
        writer.write(f"{k}: {v}\r\n".encode())
    writer.write(b"\r\n")
    await writer.drain()


async def batches(writer: StreamWriter, queue):
    while True:
        for x in await queue.get():
            writer.write(x)
        await writer.drain()


async def once(writer: StreamWriter):
    while True:
        writer.write(b"x")
        break


async def handed_on(writer: StreamWriter, reader, flush):
    while data := await reader.read(100):
        writer.write(data)
        await flush(writer)
    writer.close()
    await asyncio.wait_for(writer.wait_closed(), 1)


async def refused(writer: StreamWriter, known):
    if not known:
        writer.close()
        return
    writer.write(b"hello")
    await writer.drain()
    known.writer = writer


async def closed_together(a: StreamWriter, b: StreamWriter):
    a.close()
    b.close()
    await asyncio.gather(a.wait_closed(), b.wait_closed())


async def closed_in_finally(writer: StreamWriter):
    try:
        writer.write(b"x")
        await writer.drain()
    finally:
        writer.close()
        try:
            await writer.wait_closed()
        except OSError:
            pass


async def closed_by_another(writer: StreamWriter, closing):
    writer.close()
    closing.add(asyncio.create_task(finish(writer)))


async def finish(writer: StreamWriter):
    await writer.wait_closed()


async def asked_later(writer: StreamWriter):
    writer.close()

    async def wait():
        await writer.wait_closed()

    return wait


def synchronous(writer: StreamWriter, lines):
    for line in lines:
        writer.write(line)
    writer.close()


async def a_file(path, f, out, lines):
    with open(path, "w") as log:
        for line in lines:
            log.write(line)
            f.write(line)
            out.writer.write(line)
            sys.stdout.write(line)
    f.close()


async def a_transport(transport: asyncio.Transport, lines):
    for line in lines:
        transport.write(line)
    transport.close()
