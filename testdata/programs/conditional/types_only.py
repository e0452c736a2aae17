from __future__ import annotations

import time


class Device:
    def read(self):
        time.sleep(1)

    async def poll(self):
        return None
