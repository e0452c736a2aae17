# An unknown star import does not hide builtins.
from somewhere import *


async def main():
    input("x")  # want "input"
    raw_input("x")
