"""Pitfall 8: Not handling exceptions in background tasks.

The feed fails at once; the price grows old, and nothing says so.

Instead: await the task, or give it a callback that looks at its exception
"""

import asyncio
import logging

noted = []


class Note(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        noted.append(record.getMessage())


class Feed:
    price = 0

    def start(self) -> None:
        self._task = asyncio.create_task(self._poll())  # want `AIO301` "nothing ever looks at the exception"

    def stop(self) -> None:
        self._task.cancel()

    async def _poll(self) -> None:
        while True:
            self.price = await self._fetch()

    async def _fetch(self) -> int:
        await asyncio.sleep(0.01)
        raise ConnectionError("the exchange does not answer")


async def main() -> None:
    feed = Feed()
    feed.start()
    await asyncio.sleep(0.1)
    if not noted:
        raise SystemExit(f"HARM: nothing says that the price of {feed.price} is old")
    feed.stop()


logging.getLogger().addHandler(Note())
asyncio.run(main())
