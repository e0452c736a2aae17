import asyncio
from typing import AsyncIterator, Iterable


async def agen(n=3):
    yield n


async def fetch() -> list:
    return [1]


async def agens() -> AsyncIterator[int]:
    return agen()


class Rows:
    def __aiter__(self):
        return self

    async def __anext__(self):
        return 1


class Sequence:
    def __getitem__(self, i):
        return i

    def __aiter__(self):
        return agen()


class Both:
    def __iter__(self):
        return iter([])

    def __aiter__(self):
        return agen()


class Unknown(Base):
    def __aiter__(self):
        return agen()


async def main(reader: asyncio.StreamReader, thing, items: Iterable[int], numbers: list[int]):
    for x in agen():  # want "`agen..` can only be iterated asynchronously: `for` fails on it; use `async for`"
        pass
    for line in reader:  # want "`reader` can only be iterated asynchronously"
        pass
    for row in Rows():  # want "`Rows..`"
        pass
    for x in Sequence():
        pass
    for x in Both():
        pass
    async for x in Both():
        pass
    for x in Unknown():
        pass
    async for x in agen():
        pass
    async for x in thing:
        pass
    async for x in items:
        pass
    async for x in numbers:  # want "`numbers` is no asynchronous iterable: `async for` fails on it; use `for`"
        pass
    async for x in range(3):  # want "`range..` is no asynchronous iterable"
        pass
    async for x in fetch():  # want "`fetch..` gives a coroutine, which cannot be iterated; await it first"
        pass
    async for x in agen:  # want "`agen` is an async generator function"
        pass
    [x for x in agen()]  # want "`agen..`"
    {x for x in agen()}  # want "`agen..`"
    [x for x in numbers for y in agen()]  # want "`agen..`"
    [x async for x in agen()]
    [x async for x in numbers]  # want "`numbers`"
    list(agen())  # want "`agen..` can only be iterated asynchronously: `list..` fails on it; collect it"
    tuple(agen())  # want "`tuple..` fails on it"
    sorted(agen(), reverse=True)  # want "`sorted..` fails on it"
    sum(agen())  # want "`sum..`"
    next(agen())  # want "use `anext..`"
    list(numbers)
    list(x for x in agen())  # want "`agen..`"
    print(*agen())  # want "unpacking it fails"
    print("all", *agen())  # want "unpacking it fails"
    a, b = agen()  # want "unpacking it fails"
    await agen()  # want "`agen..` gives an asynchronous iterator, which cannot be awaited"
    for x in await agen():  # want "cannot be awaited"
        pass
    async for x in await agen():  # want "cannot be awaited"
        pass
    async for x in await agens():
        pass
    rows = await agen()  # want "cannot be awaited"
    async for x in rows:
        pass
    await anext(agen())
    await fetch()
    for task in asyncio.as_completed([fetch()]):
        await task
    async for task in asyncio.as_completed([fetch()]):
        await task
    for x in await fetch():
        pass


def sync():
    for x in agen():  # want "`agen..`"
        pass
    return (x async for x in agen())


class Stream:
    parts: list[int]

    def __aiter__(self):
        return self

    async def __anext__(self):
        return 1

    def taken(self):
        return [1]

    async def unpacks(self):
        print([*self.parts], [*self.taken()], (*self.parts, 1), {*self.taken()}, *self.parts)
        return [*self]  # want "`self` can only be iterated with `async for`"


async def generators(items):
    print(any(await fetch() for x in items))  # want "`any..` fails on a generator that awaits"
    print(list((await fetch() for x in items)))  # want "`list..` fails on a generator that awaits"
    print(max((await fetch() for x in items), key=id))  # want "`max..` fails on a generator that awaits"
    print(", ".join(await fetch() for x in items))  # want "`join..` fails on a generator that awaits"
    print(any([await fetch() for x in items]), sum(x for x in await fetch()), [x async for x in (await fetch() for y in items)])


async def asked():
    if 1 in agen():  # want "`in` fails on it"
        print(len(agen()))  # want "`len..` fails on it"
    print(agen()[0])  # want "a subscript fails on it"
    print(1 in [x async for x in agen()])


class Pages:
    async def pages(self):
        yield 1

    def plain(self):
        return 1

    async def all(self):
        for page in await self.pages():  # want "gives an asynchronous iterator, which cannot be awaited"
            print(page)
        return await self.plain()
