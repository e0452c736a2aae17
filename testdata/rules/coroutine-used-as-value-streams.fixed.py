import asyncio


async def talk(reader, writer):
    line = await reader.readline()
    print(line.decode())
    rest = reader.read()
    words = (await rest).split()
    header = await reader.readexactly(4)
    print(words, header.decode())
    print(f"{await reader.read(3)}")


async def other(reader, writer):
    line = reader.readline()
    print(line.decode())


async def main():
    await asyncio.start_server(talk, port=1)
    register(other)
