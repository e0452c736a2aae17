# An import that is never executed is no import for a fix.
from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio


async def main(t: asyncio.Task):
    time.sleep(1)  # want "asyncio.sleep"
    return t
