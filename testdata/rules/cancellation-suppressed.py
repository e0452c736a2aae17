import asyncio
import contextlib
from asyncio import CancelledError
from contextlib import suppress


async def work():
    await asyncio.sleep(1)


async def own_work():
    with suppress(asyncio.CancelledError):  # want `AIO401` "`suppress\\(asyncio.CancelledError\\)` swallows cancellation, so that the task cannot be cancelled here; let it pass"
        await work()
    await work()


async def with_others(urls):
    for url in urls:
        with contextlib.suppress(KeyError, CancelledError):  # want "`suppress\\(CancelledError\\)` swallows"
            async with url:
                print(url)
    with suppress((OSError, CancelledError)):  # want "swallows"
        await work()
    with suppress(BaseException):  # want "`suppress\\(BaseException\\)` also swallows cancellation.*; suppress `Exception`"
        await work()
    with open("x") as f, suppress(BaseException) as s:  # want "also swallows"
        await work()
    with (
        # A comment.
        suppress(
            CancelledError,  # want "swallows"
        ),
    ):
        await work()
    with suppress(CancelledError):  # why  # want "swallows"
        await work()
        await work()
    await work()


async def a_task_that_nobody_cancels():
    task = asyncio.create_task(work())
    with suppress(CancelledError):  # want "swallows"
        await task
    await work()


async def gathered():
    with suppress(CancelledError):  # want "swallows"
        await asyncio.gather(work(), work())
    await work()


async def helper():
    with suppress(CancelledError):  # want "swallows"
        await work()


async def caller():
    await helper()


async def background():
    with suppress(CancelledError):  # want "so that the task ends as if its work were done; let it pass"
        while True:
            await work()


task = asyncio.ensure_future(background())


# What is right.


async def own_task():
    task = asyncio.create_task(work())
    await work()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    with suppress(CancelledError):
        task.cancel()
        await asyncio.wait_for(task, 1)
    await work()


async def own_tasks(tasks, pending: set[asyncio.Task]):
    for t in tasks:
        with suppress(CancelledError):
            await t
    for p in pending:
        p.cancel()
    with suppress(CancelledError):
        await asyncio.gather(*pending, return_exceptions=True)
    with suppress(CancelledError):
        await asyncio.wait([*pending])
    await work()


class Owner:
    def close(self):
        self._task.cancel()

    async def wait_closed(self):
        with suppress(CancelledError):
            await self._task
        await self.wait_closed()

    async def join(self):
        task, self._task = self._task, None
        with suppress(CancelledError):
            await task
        await self.wait_closed()


async def others(log):
    with suppress(KeyError, Exception):
        await work()
    with log.suppress(CancelledError):
        await work()
    with suppress(CancelledError):
        log.info("no await")
    with suppress(*log.errors):
        await work()
    await work()


async def main():
    with suppress(CancelledError):
        await work()


async def run_forever():
    with suppress(asyncio.CancelledError, KeyboardInterrupt):
        await work()


def plain(loop):
    with suppress(CancelledError):
        loop.run_until_complete(work())
