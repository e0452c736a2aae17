import asyncio
import os
import subprocess
import time
from asyncio import sleep
from pathlib import Path

import anyio
import trio

DONE = False


def finished(): ...


async def work(*args): ...


class Worker:
    def __init__(self):
        self.ready = False
        self.pending = []
        self.event = asyncio.Event()
        self.process = subprocess.Popen(["sleep", "1"])

    async def wait(self, path: Path, client, predicate):
        while not self.ready:  # want "the loop wakes up again and again to look whether `not self.ready` still holds; let whoever changes that set an `asyncio.Event`"
            await asyncio.sleep(1)
        while self.pending:  # want "whether `self.pending` still holds"
            await sleep(0)
        while len(self.pending) > 3:  # want "again and again"
            await asyncio.sleep(0.1)
        while not self.event.is_set():  # want "again and again"
            await asyncio.sleep(0.1)
        while not DONE:  # want "an `anyio.Event`"
            await anyio.sleep(1)
        while not DONE:  # want "a `trio.Event`"
            await trio.lowlevel.checkpoint()
        while not (DONE or self.ready):  # want "again and again"
            await trio.sleep_until(trio.current_time() + 1)
        else:
            print("done")
        while not finished():  # want "again and again"
            await trio.sleep(1)
        while True:  # want "the loop does nothing but sleep, for ever; use `await asyncio.Event\\(\\).wait\\(\\)`"
            await asyncio.sleep(3600)

    async def for_ever(self):
        while 1:  # want "use `await trio.sleep_forever\\(\\)`"
            await trio.sleep(1)

    async def outside(self, path: Path, client, predicate, deadline):
        while self.process.poll() is None:
            await asyncio.sleep(1)
        while self.process.returncode is None:
            await asyncio.sleep(1)
        while not path.exists():
            await asyncio.sleep(1)
        while not os.path.exists("x"):
            await asyncio.sleep(1)
        while time.monotonic() < deadline:
            await asyncio.sleep(1)
        while asyncio.get_running_loop().time() < deadline and not self.ready:
            await asyncio.sleep(1)
        while not await work():
            await asyncio.sleep(1)
        while not client.is_connected():
            await asyncio.sleep(1)
        while not predicate():
            await asyncio.sleep(1)

    async def does_more(self):
        while not self.ready:
            await work()
        while not self.ready:
            await asyncio.sleep(1)
            print("still waiting")
        while not self.ready:
            if self.pending:
                break
            await asyncio.sleep(1)
        while not self.ready:
            await trio.sleep_forever()
        while not self.ready:
            self.pending = await asyncio.sleep(1)


async def until_set(event: asyncio.Event):
    while not event.is_set():  # want "wakes up again and again"
        await asyncio.sleep(0.1)
    while not event.is_set():  # want "wakes up again and again"
        await asyncio.sleep(0.1)
    else:
        print(1)
