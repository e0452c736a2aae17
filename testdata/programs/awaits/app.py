import asyncio
import functools

import client
from client import Client, Sync, connected, fetch, items, plain, returns_coroutine
from factory import Holder, get_client


async def dropped(holder: Holder):
    fetch("a")  # want `AIO101` "never awaited"
    client.fetch("a")  # want `AIO101` "never awaited"
    returns_coroutine("a")  # want `AIO101` "never awaited"
    get_client().get("a")  # want `AIO101` "never awaited"
    holder.client.get("a")  # want `AIO101` "never awaited"
    holder.client.session.get("a")  # want `AIO101` "never awaited"
    Client.open("a")  # want `AIO101` "never awaited"
    Client.ping()  # want `AIO101` "never awaited"
    client.sleep(1)  # want `AIO101` "never awaited"
    plain("a")
    get_client().close()
    holder.client.missing("a")


async def lost():
    asyncio.create_task(fetch("a"))  # want `ASYNC300` "."
    asyncio.ensure_future(get_client().get("a"))  # want `ASYNC300` "."
    task = asyncio.create_task(fetch("b"))
    await task


class Owner:
    def __init__(self, holder, client: Client):
        self.holder = Holder()
        self.client = client
        self.unknown = holder

    async def run(self):
        self.client.get("a")  # want `AIO101` "never awaited"
        self.holder.client.get("a")  # want `AIO101` "never awaited"
        self.client.close()
        self.unknown.close()
        await self.client.get("b")


async def variable():
    data = fetch("a")  # want `AIO103` "."
    kept = fetch("b")
    return kept


async def value():
    print(f"{fetch('a')}")  # want `AIO104` "."
    fetch("a")["url"]  # want `AIO104` "."
    (await fetch("a"))["url"]


async def condition():
    if Client.ping():  # want `AIO105` "."
        pass
    if await Client.ping():
        pass


async def nothing():
    await plain("a")  # want `AIO107` "."
    await get_client().close()  # want `AIO107` "."
    await returns_coroutine("a")


async def sink():
    await asyncio.to_thread(fetch, "a")  # want `AIO108` "."
    await asyncio.to_thread(plain, "a")
    await asyncio.get_running_loop().run_in_executor(None, get_client().get, "a")  # want `AIO108` "."
    asyncio.get_running_loop().call_soon(functools.partial(plain, "a"))


async def uncalled():
    await asyncio.gather(fetch, Client.ping())  # want `AIO109` "."
    await asyncio.create_task(fetch)  # want `AIO109` "."
    await asyncio.gather(fetch("a"), Client.ping())


async def wrong():
    with Client() as c:  # want `AIO110` "."
        print(c)
    async with Sync() as s:  # want `AIO110` "."
        print(s)
    with connected("a") as c:  # want `AIO110` "."
        print(c)
    async with connected("a") as c:
        c.get("b")  # want `AIO101` "never awaited"
    for item in items():  # want `AIO111` "."
        print(item)
    async for item in items():
        print(item)


class Sub(Client):
    async def again(self):
        self.get("a")  # want `AIO101` "never awaited"
        super().get("a")  # want `AIO101` "never awaited"
        await self.get("a")
        self.close()
