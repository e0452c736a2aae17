import time


class Channel:
    def __init__(self, name):
        self.name = name

    def send(self, data):
        self._write(data)

    def _write(self, data):
        time.sleep(0.1)

    def describe(self):
        return self.name

    async def close(self):
        return None
