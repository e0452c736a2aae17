import asyncio
import threading
from asyncio import Condition


async def work(n=0):
    return n


class Channel:
    def __init__(self):
        self.items = []
        self.changed = asyncio.Condition()
        self.closed = asyncio.Event()

    async def branch(self):
        async with self.changed:
            if not self.items:
                await self.changed.wait()  # want "`self.changed.wait..` returns when it is notified, whether what it waits for holds or not; wait `while` it does not hold, or use `wait_for..`"
            return self.items.pop()

    async def straight(self):
        async with self.changed:
            await self.changed.wait()  # want "self.changed.wait"
            self.items.clear()
        async with self.changed:
            await asyncio.wait_for(self.changed.wait(), 3)  # want "self.changed.wait"
        await work()

    async def for_each(self, keys):
        for key in keys:
            async with self.changed:
                await self.changed.wait()  # want "self.changed.wait"
                print(key)

    async def right(self):
        async with self.changed:
            while not self.items:
                await self.changed.wait()
            self.items.pop()
        async with self.changed:
            await self.changed.wait_for(lambda: self.items)
            self.items.pop()
        await self.closed.wait()
        print("closed")

    async def forever(self):
        while True:
            async with self.changed:
                await self.changed.wait()
            await work()

    async def progress(self):
        async with self.changed:
            if self.items:
                await self.changed.wait()
                return len(self.items)
        print("nothing to wait for")

    async def wait(self):
        async with self.changed:
            await self.changed.wait()

    async def wait_and_tell(self):
        async with self.changed:
            await self.changed.wait()
        # whoever calls this looks
        return len(self.items)


async def given(changed: Condition, other, thread: threading.Condition):
    async with changed:
        await changed.wait()  # want "changed.wait"
        print()
    async with other:
        await other.wait()
        print()
    thread.wait()
    print()


async def nested(changed: Condition):
    while True:

        async def inner():
            async with changed:
                await changed.wait()  # want "changed.wait"
                print()

        await inner()


async def test_notify():
    changed = asyncio.Condition()
    async with changed:
        await changed.wait()
        print()


async def process(p: asyncio.subprocess.Process):
    await p.wait()
    print()


class Reload:
    def __init__(self):
        self.running = False
        self.changed = asyncio.Condition()

    async def once(self):
        async with self.changed:
            if self.running:
                await self.changed.wait()
        async with self.changed:
            if not self.running:
                self.running = True
            else:
                await self.changed.wait()
        print("done")

    async def signal(self):
        async with self.changed:
            await self.changed.wait()  # want "self.changed.wait"
        print("now")


class Events:
    def __init__(self, given):
        self._ready = asyncio.Event()
        self._started: asyncio.Event = asyncio.Event()
        self._stopped = asyncio.Event()
        self._given = given or asyncio.Event()
        self._shown = asyncio.Event()
        self.public = asyncio.Event()

    async def wait_ready(self):
        if not self._ready.is_set():
            await self._ready.wait()  # want "nothing sets `self._ready`, so that `self._ready.wait..` waits for ever; call `self._ready.set..` where what it stands for has come about"
        await asyncio.wait_for(self._started.wait(), 3)  # want "nothing sets `self._started`"
        await self._stopped.wait()
        await self._given.wait()
        await self._shown.wait()
        await self.public.wait()

    def stop(self):
        self._stopped.set()

    @property
    def shown(self):
        return self._shown


async def events(given: asyncio.Event):
    done = asyncio.Event()
    await done.wait()  # want "nothing sets `done`"
    await given.wait()
    forever = asyncio.Event()
    await forever.wait()
    await asyncio.Event().wait()
    other = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(15, other.set)
    await other.wait()
    handed = asyncio.Event()
    asyncio.create_task(given_away(handed))
    await handed.wait()
    captured = asyncio.Event()

    def call():
        captured.set()

    asyncio.get_running_loop().call_later(1, call)
    await captured.wait()


async def given_away(event):
    event.set()


async def main():
    stop = asyncio.Event()
    await stop.wait()
