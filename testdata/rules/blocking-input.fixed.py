"""input() waits for a human."""

import asyncio
import builtins
import getpass
from unittest.mock import patch


async def found():
    await asyncio.to_thread(input)
    name = (await asyncio.to_thread(input, "Name? ")).strip()
    age = int(await asyncio.to_thread(input, f"Age of {name}? "))
    await asyncio.to_thread(builtins.input, "x")
    while (line := await asyncio.to_thread(input, "> ")) != "q":
        print(line)
    ask = input
    await asyncio.to_thread(ask, "?")
    print([await asyncio.to_thread(input, str(i)) for i in range(3)], age)
    yield await asyncio.to_thread(input)


def on_key():
    input()


async def callbacks():
    asyncio.get_running_loop().add_reader(0, on_key)


def sync():
    return input()


async def silent(input, session):
    input()
    await session.input("x")
    session.input("x")


async def own():
    def input(): ...

    input()


async def offloaded():
    await asyncio.to_thread(input, "x")
    await asyncio.get_running_loop().run_in_executor(None, input)
    await asyncio.to_thread(lambda: input("x"))
    with patch("builtins.input") as fake:
        fake()


class Prompt:
    def input(self): ...

    async def run(self):
        self.input()
        return getpass
