import asyncio
import contextlib
from contextlib import aclosing, asynccontextmanager
from typing import AsyncIterator


async def rows(connect):
    async with connect() as db:
        async for row in db:
            yield row


async def numbered(connect):
    conn = await connect()
    try:
        n = 0
        while True:
            yield n
            n += 1
    finally:
        await conn.close()


async def pure(n) -> AsyncIterator[int]:
    for i in range(n):
        await asyncio.sleep(0)
        yield i


def plain_wrapper(connect) -> AsyncIterator[int]:
    return numbered(connect)


async def breaks(connect):
    async for row in rows(connect):  # want `AIO704` "`break` leaves the loop without closing the generator `rows\\(\\)`, and what it holds is released late"
        if row:
            # Enough.
            break
        print("""
    not indented
""")
    else:
        print("none")


async def returns(connect):
    async for row in rows(connect):  # want "`return` leaves the loop"
        for part in row:
            if part:
                return part


async def through_a_name(connect):
    source = numbered(connect)
    async for n in source:  # want "generator `numbered\\(\\)`"
        if n > 3:
            break


async def wrapped(connect):
    async for n in plain_wrapper(connect):
        if n:
            break


async def taken(connect):
    return await anext(numbered(connect))  # want "after its first item"


async def in_the_else_of_a_loop_within(connect):
    async for row in rows(connect):  # want "`break`"
        for part in row:
            if part:
                break
        else:
            break


class Feed:
    async def items(self):
        async with self.lock:
            yield 1

    async def first(self):
        items = 1
        async for x in self.items():  # want "`self.items\\(\\)`"
            return x + items

    @asynccontextmanager
    async def open(self):
        async with self.lock:
            yield 1

    def __aiter__(self):
        return self.items()


# What follows is right, or no business of the rule.


async def whole(connect):
    async for row in rows(connect):
        print(row)
        for part in row:
            break

        def inner():
            return row

        while row:
            break


async def closed(connect):
    async with aclosing(rows(connect)) as found:
        async for row in found:
            if row:
                break


async def closed_by_hand(connect):
    found = rows(connect)
    try:
        async for row in found:
            if row:
                break
    finally:
        await found.aclose()


async def handed_on(connect, stack):
    found = rows(connect)
    stack.push_async_callback(found.aclose)
    async for row in found:
        if row:
            return row


async def nothing_held():
    async for n in pure(10):
        if n:
            break
    return await anext(pure(1))


async def parameter(found, feed: Feed):
    async for row in found:
        if row:
            break
    async for row in feed:
        if row:
            break


async def unknown(client):
    async for row in client.rows():
        if row:
            break


async def in_parts(connect):
    found = numbered(connect)
    async for n in found:
        if n > 3:
            break
    async for n in found:
        print(n)


async def a_context_manager(feed: Feed):
    async with feed.open() as x:
        for y in x:
            break


async def dead(connect):
    async for row in rows(connect):
        continue
        break


async def broken_lines(connect):
    async for row in rows(  # want "generator `rows"
        connect,
    ):
        if row:
            break


def raw():
    contextlib.suppress()
