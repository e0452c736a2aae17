"""Pitfall 4: Using time.sleep() instead of asyncio.sleep().

While one task sleeps, no other task runs.

Instead: await asyncio.sleep()
"""

import asyncio
import time

beats = 0


def beat(loop: asyncio.AbstractEventLoop) -> None:
    global beats
    beats += 1
    loop.call_later(0.01, beat, loop)


async def main() -> int:
    beat(asyncio.get_running_loop())
    await asyncio.sleep(0.05)
    before = beats
    await asyncio.sleep(0.3)
    return beats - before


if asyncio.run(main()) == 0:
    raise SystemExit("HARM: the heart stood still for a third of a second")
