import aiofiles


async def save(key):
    async with aiofiles.open(key, "w") as f:
        await f.write(key)


async def try_save(key):
    try:
        await save(key)
    except OSError:
        pass
