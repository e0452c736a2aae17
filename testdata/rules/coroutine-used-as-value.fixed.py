import asyncio
import json
import logging
import typing
import unittest
import unittest.mock

import aiohttp
import asyncpg
import click
import typer


async def fetch(n=0) -> dict:
    return {}


async def text() -> str:
    return ""


async def size() -> int:
    return 1


def save(data: dict, *, name: str = "", anything=None) -> None:
    pass


def takes_coroutine(coro, task: "asyncio.Task | None" = None, obj: object = None):
    pass


async def formatted():
    print(f"{await text()}")
    print(f"{await text()!r:>10}")
    str(await text())
    print(await text())
    print("a", await text(), sep=await text())
    len(await fetch())
    json.dumps(await fetch())
    "%s" % await text()
    "%s %d" % (await text(), 1)
    int(await size())
    sum([1])
    sorted(await fetch())
    isinstance(fetch(), dict)
    type(fetch())
    id(fetch())
    asyncio.iscoroutine(fetch())


async def operated():
    1 + await size()
    await size() + 1
    -await size()
    total = 0
    total += await size()
    await size() + 1
    1 + await size()


async def compared(flag):
    if await size() > 1:
        pass
    if await size() is None:
        pass
    if "x" in await fetch():
        pass
    if 1 < await size() < 2:
        pass
    if (n := await size()) > 1:
        pass
    maybe = size() if flag else None
    if maybe is None:
        return
    await maybe
    return size() if flag else None


async def taken_apart():
    (await fetch())["x"]
    (await fetch()).get("x")
    (await text()).strip().lower()
    (await fetch())["x"]
    (await fetch()).get("x")
    fetch().close()
    fetch().send(None)
    fetch().cr_frame
    fetch().__name__
    for x in await fetch():
        pass
    [x for x in await fetch()]
    a, b = await fetch()
    print(*await fetch())
    print("all", *await fetch(), [1, *await fetch()])
    save(**await fetch())
    match await fetch():
        case _:
            pass
    raise await fetch()


async def variables():
    data = await fetch()
    data["x"]
    name = await text()
    print(f"{name}")
    scheduled = text()
    logging.info(f"starting {scheduled}")
    print(scheduled)
    await scheduled
    named = text()
    print(named)
    asyncio.create_task(named)
    tested = fetch()
    if tested is not None and asyncio.iscoroutine(tested):
        await tested
    nobody = await fetch()
    if nobody is None:
        pass
    both = fetch()
    if both == 1:
        pass
    await both


async def arguments():
    save(await fetch())
    save({}, name=await text())
    save(await fetch(), name=await text())
    save({}, anything=fetch())
    takes_coroutine(fetch())
    takes_coroutine(1, obj=fetch())
    unknown(fetch())


async def returned() -> dict:
    return await fetch()


async def returned_none() -> None:
    return await fetch()


def promised() -> dict:
    return fetch()


def passed_on():
    return fetch()


async def untold():
    return fetch()


def told() -> "asyncio.Future[dict] | None":
    return fetch()


def narrowed(x: "asyncio.Task | int"):
    x = x + 1


async def unknowns(thing, awaitable):
    f"{thing()}"
    thing.fetch()["x"]
    awaitable["x"]


class Repo:
    async def get(self, key: str) -> dict:
        return {}

    async def use(self):
        (await self.get("x"))["y"]
        f"{await self.get('x')}"
        (x for x in [1] if self.get("y") == 1)
        return [(await self.get(k))["v"] for k in "ab"]


def sync():
    return fetch()["x"]


class Gauge:
    @property
    async def level(self):
        return 1

    async def report(self, other):
        print(await self.level)
        total = await self.level + 1
        print(await self.level, other.level)
        return total


async def read(gauge: Gauge):
    level = await gauge.level
    pending = gauge.level
    return level, await pending


async def pieces(items, json_file, client: aiohttp.ClientSession, pool: asyncpg.Pool):
    print(", ".join(fetch() for x in items))
    print(sum(fetch() for x in items))
    await max([await fetch(), await fetch()])
    print("{} of {}".format(await fetch(), 2))
    logging.info("got %s", await fetch())
    texts = [fetch() for x in items]
    print(len(texts), ", ".join(texts))
    by_name = {x: fetch() for x in items}
    json.dump(by_name, json_file)
    later = {x: fetch() for x in items}
    for x in items:
        later[x] = await later[x]
    json.dump(later, json_file)
    print(", ".join([await fetch() for x in items]))
    answer = client.get("x")
    print(answer.status)
    print(await (await client.get("x")).json())
    await (await pool.acquire()).fetch("x")
    request = client.get("x")
    async with request as response:
        print(response.status)
    request.close()


class Page:
    title = ""


def page() -> Page:
    return Page()


async def futures(tasks, loop: asyncio.AbstractEventLoop):
    results = asyncio.gather(fetch(), fetch())
    for result in results:
        print(result)
    task = asyncio.create_task(size())
    print(task + 1)
    print((await loop.run_in_executor(None, page)).title)
    first, second = asyncio.gather(fetch(), fetch())
    print(asyncio.create_task(fetch())["x"], first, second)
    done = asyncio.create_task(size())
    if done in tasks or done == task or done is task or done.done():
        done.add_done_callback(print)
        done = await done
        print(done + 1)
    print(done.unknown, task.get_name(), task.cancelled())


class Holder:
    async def load(self):
        return [1]

    async def start(self):
        self.items = self.load()
        self.more = await self.load()
        self.maybe = None
        if self.more:
            self.maybe = self.load()

    async def show(self):
        for item in self.items:
            print(item, self.items[0])
        for item in self.more:
            print(item)
        print(self.maybe, self.items, await self.items)


async def compare_results():
    both = asyncio.gather(fetch(), fetch())
    assert both == [1, 2]
    assert asyncio.ensure_future(size()) != 1
    assert both == unittest.mock.ANY and both is not None and both in [1]
    assert await both == [1, 2]


class Test(unittest.IsolatedAsyncioTestCase):
    async def test(self):
        self.assertEqual(await size(), 1)
        self.assertEqual(1, await size())
        self.assertEqual(await size(), 1)
        self.assertIsNone(await size())
        self.assertIn(1, await fetch())
        value = await size()
        self.assertGreater(value, 1)
        coro = size()
        task = asyncio.create_task(coro)
        self.assertIs(task.get_coro(), coro)
        self.assertIsInstance(size(), typing.Coroutine)
        self.assertCoroutine(size())
        await task
        load = unittest.mock.AsyncMock(return_value=3)
        self.assertEqual(await load(), 3)
        load.assert_awaited_once()
        self.assertEqual(load.return_value, 3)
        self.assertEqual(load.other(), 3)


async def shown(items: list):
    items.extend(await fetch())
    items.append(fetch())
    click.echo(await fetch())
    typer.secho(await fetch(), fg="red")
    typer.echo(await fetch())


async def reply(name):
    held = fetch()
    json.dumps({"role": "user", "content": await text(), "parts": [await size(), 1]})
    json.dumps({"held": held}, default=str)
    kept = fetch()
    json.dumps({"kept": await kept, "name": name, **await fetch()})
    return {"text": text(), "kept": kept}
