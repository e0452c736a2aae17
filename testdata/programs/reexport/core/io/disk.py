import os
import time


def flush():
    time.sleep(0.1)  # related "`flush` blocks here"


def _hidden():
    time.sleep(0.2)


async def notify():
    return None


class Disk:
    def sync(self):
        os.system("sync")

    async def trim(self):
        return self
