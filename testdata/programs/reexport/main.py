import core
import core.io.disk as disk_module
from core import Disk, flush, hidden_sleep
from core import io as core_io
from core.io import *


async def main():
    flush()  # want `AIO207` "`flush\\(\\)` blocks the event loop: `flush` calls `time.sleep\\(\\)`"
    core.flush()  # want `AIO207` "`core.flush\\(\\)` blocks"
    core_io.flush()  # want `AIO207` "`core_io.flush\\(\\)` blocks"
    core.io.disk.flush()  # want `AIO207` "`core.io.disk.flush\\(\\)` blocks"
    disk_module.flush()  # want `AIO207` "blocks"
    disk.flush()  # want `AIO207` "`disk.flush\\(\\)` blocks"
    hidden_sleep()  # want `AIO207` "`hidden_sleep\\(\\)` blocks the event loop: `_hidden` calls"
    _hidden()  # want `AIO207` "`_hidden\\(\\)` blocks"
    core.notify()  # want `AIO101` "never awaited"
    await core.notify()
    Disk().sync()  # want `AIO207` "`Disk.sync` calls `os.system\\(\\)`"
    core.Disk().trim()  # want `AIO101` "never awaited"
    await notify()
