import asyncio


async def talk(reader, writer):
    while True:
        line = await reader.readline()
        if not line:
            break
        if not await reader.read():
            break
        if reader.at_eof() or writer.is_closing():
            break
        word = await reader.readline()
        if not word:
            break


async def main():
    await asyncio.start_server(talk, port=1)
