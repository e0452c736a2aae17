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
    async for x in agen():
        pass
    async for line in reader:
        pass
    async for row in Rows():
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
    for x in numbers:
        pass
    for x in range(3):
        pass
    for x in await fetch():
        pass
    async for x in agen():
        pass
    [x async for x in agen()]
    {x async for x in agen()}
    [x for x in numbers async for y in agen()]
    [x async for x in agen()]
    [x for x in numbers]
    [item async for item in agen()]
    tuple([item async for item in agen()])
    sorted([item async for item in agen()], reverse=True)
    sum([item async for item in agen()])
    await anext(agen())
    list(numbers)
    list(x for x in agen())
    print(*[item async for item in agen()])
    print("all", *[item async for item in agen()])
    a, b = [item async for item in agen()]
    [item async for item in agen()]
    async for x in agen():
        pass
    async for x in agen():
        pass
    async for x in await agens():
        pass
    rows = agen()
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
    for x in agen():
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
        return [*[item async for item in self]]


async def generators(items):
    print(any([await fetch() for x in items]))
    print(list([await fetch() for x in items]))
    print(max([await fetch() for x in items], key=id))
    print(", ".join([await fetch() for x in items]))
    print(any([await fetch() for x in items]), sum(x for x in await fetch()), [x async for x in (await fetch() for y in items)])


async def asked():
    if 1 in [item async for item in agen()]:
        print(len([item async for item in agen()]))
    print([item async for item in agen()][0])
    print(1 in [x async for x in agen()])


class Pages:
    async def pages(self):
        yield 1

    def plain(self):
        return 1

    async def all(self):
        async for page in self.pages():
            print(page)
        return await self.plain()
