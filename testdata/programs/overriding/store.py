from abc import ABC, abstractmethod
from typing import Protocol


class Store(ABC):
    @abstractmethod
    def get(self, key): ...

    @abstractmethod
    def put(self, key, value):
        raise NotImplementedError

    def copy(self, old, new):
        self.put(new, self.get(old))

    def warm(self):
        with open("cache") as f:
            return f.read()

    def size(self):
        return 0


class Reader(Protocol):
    def read(self) -> str: ...


class Clock(Protocol):
    async def now(self) -> float: ...
