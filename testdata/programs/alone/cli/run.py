import store


async def run():
    store.load()
