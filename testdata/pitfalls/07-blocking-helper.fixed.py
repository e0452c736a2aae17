"""Pitfall 7: Mixing blocking and async code incorrectly.

An innocent function, two calls down, blocks the event loop.

Instead: run it in a thread
"""

import asyncio
import time

beats = 0


def load(path: str) -> str:
    time.sleep(0.3)  # as a slow disk would
    return path


def settings() -> str:
    return load("settings.toml")


def beat(loop: asyncio.AbstractEventLoop) -> None:
    global beats
    beats += 1
    loop.call_later(0.01, beat, loop)


async def main() -> int:
    beat(asyncio.get_running_loop())
    await asyncio.sleep(0.05)
    before = beats
    await asyncio.to_thread(settings)
    return beats - before


if asyncio.run(main()) == 0:
    raise SystemExit("HARM: the heart stood still while the settings were read")
