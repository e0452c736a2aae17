import trio


async def main(p):
    async with await trio.open_file(p) as f:
        return await f.read()
