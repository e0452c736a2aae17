"""Pitfall 2: Blocking the event loop with CPU-intensive work.

While a password is hashed, nothing else runs.

Instead: run it in a thread or a process pool
"""

import asyncio
import hashlib

beats = 0


def beat(loop: asyncio.AbstractEventLoop) -> None:
    global beats
    beats += 1
    loop.call_later(0.01, beat, loop)


async def main() -> int:
    beat(asyncio.get_running_loop())
    await asyncio.sleep(0.05)
    before = beats
    hashlib.pbkdf2_hmac("sha256", b"secret", b"salt", 600_000)  # want `AIO206` "pbkdf2_hmac"
    return beats - before


if asyncio.run(main()) == 0:
    raise SystemExit("HARM: the heart stood still while the password was hashed")
