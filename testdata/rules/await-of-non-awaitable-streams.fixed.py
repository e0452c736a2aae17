import asyncio


async def talk(reader, writer):
    writer.write(b"a")
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    await reader.close()


async def other(reader, writer):
    await writer.write(b"a")
    await writer.close()


async def main():
    await asyncio.start_server(talk, port=1)
    register(other)
