# target 3.9
import asyncio
import sys


class Scope:
    def __init__(self) -> None:
        self.pending = 0 if sys.version_info >= (3, 11) else None

    def leave(self, task: asyncio.Task[None]) -> None:
        while self.pending:
            task.uncancel()
            self.pending -= 1


async def main() -> None:
    async with asyncio.timeout(1):  # want "`asyncio.timeout` is new in Python 3.11"
        await asyncio.sleep(1)
