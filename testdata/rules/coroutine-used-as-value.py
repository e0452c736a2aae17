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
    print(f"{text()}")  # want "`text..` is spelt as text without await: it is a coroutine, not its result; await it"
    print(f"{text()!r:>10}")  # want "spelt as text"
    str(text())  # want "spelt as text"
    print(text())  # want "`text..` is printed without await"
    print("a", await text(), sep=await text())
    len(fetch())  # want "measured"
    json.dumps(fetch())  # want "serialised"
    "%s" % text()  # want "spelt as text"
    "%s %d" % (text(), 1)  # want "spelt as text"
    int(size())  # want "converted"
    sum([1])
    sorted(fetch())  # want "iterated"
    isinstance(fetch(), dict)
    type(fetch())
    id(fetch())
    asyncio.iscoroutine(fetch())


async def operated():
    1 + size()  # want "used with `.`"
    size() + 1  # want "used with `.`"
    -size()  # want "as a number"
    total = 0
    total += size()  # want "used with `..`"
    await size() + 1
    1 + await size()


async def compared(flag):
    if size() > 1:  # want "`size..` is compared without await"
        pass
    if size() is None:  # want "compared"
        pass
    if "x" in fetch():  # want "compared"
        pass
    if 1 < size() < 2:  # want "compared"
        pass
    if (n := size()) > 1:  # want "compared"
        pass
    maybe = size() if flag else None
    if maybe is None:
        return
    await maybe
    return size() if flag else None


async def taken_apart():
    fetch()["x"]  # want "subscripted"
    fetch().get("x")  # want "asked for its attribute `get`"
    text().strip().lower()  # want "`strip`"
    (await fetch())["x"]
    (await fetch()).get("x")
    fetch().close()
    fetch().send(None)
    fetch().cr_frame
    fetch().__name__
    for x in fetch():  # want "iterated"
        pass
    [x for x in fetch()]  # want "iterated"
    a, b = fetch()  # want "unpacked"
    print(*fetch())  # want "unpacked"
    print("all", *fetch(), [1, *fetch()])  # want "unpacked" "unpacked"
    save(**fetch())  # want "unpacked"
    match fetch():  # want "matched"
        case _:
            pass
    raise fetch()  # want "raised"


async def variables():
    data = fetch()
    data["x"]  # want "`data` is subscripted although it holds a coroutine"
    name = text()
    print(f"{name}")  # want "`name` is spelt as text"
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
    nobody = fetch()
    if nobody is None:  # want "`nobody` is compared"
        pass
    both = fetch()
    if both == 1:  # want "`both` is compared"
        pass
    await both


async def arguments():
    save(fetch())  # want "passed as `data`"
    save({}, name=text())  # want "passed as `name`"
    save(await fetch(), name=await text())
    save({}, anything=fetch())
    takes_coroutine(fetch())
    takes_coroutine(1, obj=fetch())
    unknown(fetch())


async def returned() -> dict:
    return fetch()  # want "returned as `dict`"


async def returned_none() -> None:
    return fetch()  # want "returned as `None`"


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
        self.get("x")["y"]  # want "subscripted"
        f"{self.get('x')}"  # want "spelt as text"
        (x for x in [1] if self.get("y") == 1)  # want "compared"
        return [self.get(k)["v"] for k in "ab"]  # want "subscripted"


def sync():
    return fetch()["x"]  # want "subscripted"


class Gauge:
    @property
    async def level(self):
        return 1

    async def report(self, other):
        print(self.level)  # want "`self.level` is printed without await"
        total = self.level + 1  # want "is used with `\\+` without await"
        print(await self.level, other.level)
        return total


async def read(gauge: Gauge):
    level = await gauge.level
    pending = gauge.level
    return level, await pending


async def pieces(items, json_file, client: aiohttp.ClientSession, pool: asyncpg.Pool):
    print(", ".join(fetch() for x in items))  # want "`fetch..` is joined without await"
    print(sum(fetch() for x in items))  # want "`fetch..` is added up"
    await max([fetch(), fetch()])  # want "`fetch..` is compared" "`fetch..` is compared"
    print("{} of {}".format(fetch(), 2))  # want "`fetch..` is spelt as text"
    logging.info("got %s", fetch())  # want "`fetch..` is logged"
    texts = [fetch() for x in items]
    print(len(texts), ", ".join(texts))  # want "`texts` holds coroutines, which are joined without await"
    by_name = {x: fetch() for x in items}
    json.dump(by_name, json_file)  # want "`by_name` holds coroutines, which are serialised without await"
    later = {x: fetch() for x in items}
    for x in items:
        later[x] = await later[x]
    json.dump(later, json_file)
    print(", ".join([await fetch() for x in items]))
    answer = client.get("x")
    print(answer.status)  # want "`answer` has no `status` before it is awaited"
    print(await client.get("x").json())  # want "`client.get..` has no `json` before it is awaited"
    await pool.acquire().fetch("x")  # want "`pool.acquire..` has no `fetch` before it is awaited"
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
    for result in results:  # want "`results` is iterated although it is a future"
        print(result)
    task = asyncio.create_task(size())
    print(task + 1)  # want "`task` is used with `.` although it is a future"
    print(loop.run_in_executor(None, page).title)  # want "has no `title` before it is awaited"
    first, second = asyncio.gather(fetch(), fetch())  # want "is unpacked although it is a future"
    print(asyncio.create_task(fetch())["x"], first, second)  # want "is subscripted although it is a future"
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
        for item in self.items:  # want "`self.items` is iterated although it is a coroutine"
            print(item, self.items[0])  # want "`self.items` is subscripted although it is a coroutine"
        for item in self.more:
            print(item)
        print(self.maybe, self.items, await self.items)


async def compare_results():
    both = asyncio.gather(fetch(), fetch())
    assert both == [1, 2]  # want "`both` is compared although it is a future"
    assert asyncio.ensure_future(size()) != 1  # want "is compared although it is a future"
    assert both == unittest.mock.ANY and both is not None and both in [1]
    assert await both == [1, 2]


class Test(unittest.IsolatedAsyncioTestCase):
    async def test(self):
        self.assertEqual(size(), 1)  # want "`size..` is compared without await"
        self.assertEqual(1, size())  # want "`size..` is compared without await"
        self.assertEqual(await size(), 1)
        self.assertIsNone(size())  # want "`size..` is compared without await"
        self.assertIn(1, fetch())  # want "`fetch..` is compared without await"
        value = size()
        self.assertGreater(value, 1)  # want "`value` is compared although it holds a coroutine"
        coro = size()
        task = asyncio.create_task(coro)
        self.assertIs(task.get_coro(), coro)
        self.assertIsInstance(size(), typing.Coroutine)
        self.assertCoroutine(size())
        await task
        load = unittest.mock.AsyncMock(return_value=3)
        self.assertEqual(load(), 3)  # want "`load..` is compared without await"
        load.assert_awaited_once()
        self.assertEqual(load.return_value, 3)
        self.assertEqual(load.other(), 3)


async def shown(items: list):
    items.extend(fetch())  # want "`fetch..` is iterated without await"
    items.append(fetch())
    click.echo(fetch())  # want "`fetch..` is printed without await"
    typer.secho(fetch(), fg="red")  # want "`fetch..` is printed without await"
    typer.echo(await fetch())


async def reply(name):
    held = fetch()
    json.dumps({"role": "user", "content": text(), "parts": [size(), 1]})  # want "`text..` is serialised without await" "`size..` is serialised without await"
    json.dumps({"held": held}, default=str)  # want "`held` is serialised although it holds a coroutine"
    kept = fetch()
    json.dumps({"kept": await kept, "name": name, **await fetch()})
    return {"text": text(), "kept": kept}
