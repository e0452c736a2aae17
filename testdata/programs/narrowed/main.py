from pathlib import Path
from typing import Optional

import parts
from parts import Remote, Upload


async def main(thing, maybe: Optional[Upload], path: Optional[Path], upload: Upload):
    parts.attach(thing)  # want `AIO207` "3 calls down, where `weigh`"
    if isinstance(thing, Remote):
        parts.attach(thing)
        parts.attach([thing])
    if isinstance(thing, (str, Upload)):
        parts.attach(thing)  # want `AIO207` "3 calls down, where `weigh`"
    parts.attach(maybe)
    if maybe:
        parts.attach(maybe)
    parts.attach(path)  # want `AIO207` "3 calls down, where `weigh`"
    parts.send(upload)
    parts.send(upload, "x")
    parts.loads()
    parts.loads(None)
    parts.loads(thing)  # want `AIO207` "`loads` calls"
    parts.rebound()  # want `AIO207` "`rebound` calls"
    parts.optional(upload)
    parts.optional(path)  # want `AIO207` "`optional` calls"
    if path is not None:
        parts.optional(path)
    nothing = None
    parts.optional(nothing)  # want `AIO207` "`optional` calls"
    parts.opens(nothing)


async def copies(thing, data: bytes, pair: tuple):
    parts.copied(thing)  # want `AIO207` "`copied` calls"
    parts.copied(data)
    parts.copied(pair)  # want `AIO207` "`copied` calls"
    parts.copied_twice(data)  # want `AIO207` "`copied_twice` calls"
