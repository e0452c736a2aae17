import asyncio

from base import Channel
from mixins import Compressing, Logging, Opens, Quiet


class Plain(Channel):
    pass


class Packed(Compressing, Channel):
    def describe(self):
        return super().describe() + " packed"


class Silent(Quiet, Channel):
    pass


class Loud(Logging, Plain):
    def send(self, data):
        self.log(data)


class Polite(Plain):
    def send(self, data):
        super().send(data)


class Left(Channel):
    def describe(self):
        return "left"


class Right(Channel):
    def _write(self, data):
        return data

    def describe(self):
        open("right").close()


class Diamond(Left, Right):
    pass


class Waiting(Opens):
    def __init__(self):
        self._opened = asyncio.Event()
        self._closed = asyncio.Event()

    async def wait(self):
        await self._opened.wait()
        await self._closed.wait()


class Forgetful:
    def __init__(self):
        self._ended = asyncio.Event()

    async def wait(self):
        await self._ended.wait()  # want `AIO510` "nothing sets `self._ended`"
