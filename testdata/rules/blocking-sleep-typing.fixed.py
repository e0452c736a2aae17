# An import that is never executed is no import for a fix.
from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio


async def main(t: asyncio.Task):
    await asyncio.sleep(1)
    return t
