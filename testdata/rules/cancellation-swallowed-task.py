"""At the end of a task's own coroutine: only worth a hint."""

import asyncio


async def worker(queue):
    try:
        while True:
            await queue.get()
    except asyncio.CancelledError:  # want "swallows cancellation, so that the task ends as if its work were done; re-raise it"
        print("bye")


class Server:
    def start(self, app):
        self.task = asyncio.get_running_loop().create_task(self._run())
        app.add_background_task(self.tidy)
        coro = self.watch()
        self.watcher = asyncio.ensure_future(coro)

    async def _run(self):
        try:
            await self.step()
        except asyncio.CancelledError:  # want "as if its work were done"
            pass
        finally:
            await self.step()

    async def tidy(self):
        try:
            await self.step()
        except BaseException:  # want "also swallows cancellation, so that the task ends as if its work were done; let it pass"
            pass

    async def watch(self):
        try:
            await self.step()
        except asyncio.CancelledError:  # want "as if its work were done"
            pass

    async def step(self):
        await asyncio.sleep(1)


async def test_swallows():
    async def stubborn():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:  # want "cannot be cancelled here"
            pass
        await asyncio.sleep(1)

    await stubborn()
