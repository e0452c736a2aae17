import asyncio


async def talk(reader, writer):
    while True:
        line = reader.readline()
        if not line:  # want "line"
            break
        if not reader.read():  # want "reader.read"
            break
        if reader.at_eof() or writer.is_closing():
            break
        word = await reader.readline()
        if not word:
            break


async def main():
    await asyncio.start_server(talk, port=1)
