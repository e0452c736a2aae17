import enum
import time
from functools import singledispatch
from typing import Generic, NamedTuple, TypeVar, overload

T = TypeVar("T")


def wait():
    time.sleep(1)


def quick():
    return None


class Box(Generic[T]):
    def __init__(self, item: T):
        self.item = item

    def get(self) -> T:
        return self.item


class Disk:
    def sync(self):
        time.sleep(1)

    async def trim(self):
        return None


class Pair(NamedTuple):
    disk: Disk
    name: str


class Color(enum.Enum):
    RED = 1

    def paint(self):
        time.sleep(1)


class Machine:
    waiting = staticmethod(wait)
    calm = staticmethod(quick)
    table = {"wait": wait}
    disk = Disk()

    class Part:
        def turn(self):
            time.sleep(1)

    def steps(self):
        return self.table["wait"]()

    @property
    def level(self):
        return self._level

    @level.setter
    def level(self, value):
        time.sleep(1)
        self._level = value

    @overload
    def read(self, n: int) -> str: ...

    @overload
    def read(self, n: str) -> bytes: ...

    def read(self, n):
        with open("machine") as f:
            return f.read(n)

    def part(self):
        return self.Part()


@overload
def load(n: int) -> str: ...


@overload
def load(n: str) -> bytes: ...


def load(n):
    time.sleep(1)


@singledispatch
def show(value):
    time.sleep(1)


@show.register
def _(value: int):
    return value


def local_class():
    class Local:
        def run(self):
            time.sleep(1)

    return Local()


def redefined():
    time.sleep(1)


def redefined():
    return None


def __getattr__(name):
    time.sleep(1)
    return name
