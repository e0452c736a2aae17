# An unknown star import does not hide builtins.
import asyncio
from somewhere import *


async def main():
    await asyncio.to_thread(input, "x")
    raw_input("x")
