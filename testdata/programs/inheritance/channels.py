from base import Channel
from mixins import Compressing, Logging, Quiet


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
