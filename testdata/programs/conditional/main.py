from __future__ import annotations

from typing import TYPE_CHECKING

import compat
from compat import json, pause, settle, wait

if TYPE_CHECKING:
    from types_only import Device


async def main(device: Device, named: "Device | None"):
    pause()  # want `AIO207` "`pause` calls `time.sleep\\(\\)`"
    settle()
    compat.Port().send()  # want `AIO207` "`send` calls `time.sleep\\(\\)`"
    compat.Port().name()
    wait()
    compat.lockfile.acquire()
    json.dumps({})
    device.read()  # want `AIO207` "`Device.read` calls `time.sleep\\(\\)`"
    device.poll()  # want `AIO101` "never awaited"
    if named:
        named.read()  # want `AIO207` "`Device.read`"
    await device.poll()
