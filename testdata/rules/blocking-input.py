"""input() waits for a human."""

import asyncio
import builtins
import getpass
from unittest.mock import patch


async def found():
    input()  # want `ASYNC250` "`input\\(\\)` blocks the event loop; use `await asyncio.to_thread\\(input\\)`"
    name = input("Name? ").strip()  # want "input"
    age = int(input(f"Age of {name}? "))  # want "input"
    builtins.input("x")  # want "input"
    while (line := input("> ")) != "q":  # want "input"
        print(line)
    ask = input
    ask("?")  # want "input"
    print([input(str(i)) for i in range(3)], age)  # want "input"
    yield input()  # want "input"


def on_key():
    input()  # want "input"


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
