import asyncio

from shop import api, storage


def test_create():
    api.create("a", {})  # want `AIO101` "`api.create\\(\\)` is never awaited"
    asyncio.run(api.create("b", {}))
    assert storage.encode({}) == "{}"


async def test_replace():
    await api.replace("a", {})
    storage.encode({})
    storage.write("a", {})
    storage.save("a", {})  # want `AIO207` "2 calls down"
