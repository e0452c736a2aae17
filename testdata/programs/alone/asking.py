import store


async def asks():
    name = input("Name: ")  # want `ASYNC250` "."
    store.load()
    return name


async def asks_not(input):
    name = input("Name: ")
    store.load()  # want `AIO207` "`load` calls"
    return name
