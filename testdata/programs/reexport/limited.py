import time

__all__ = ["shown"]


def shown():
    time.sleep(1)


def not_exported():
    time.sleep(1)


class Later:
    async def run(self):
        return None
