import sqlite3
import time
from dataclasses import dataclass


class Connection:
    def __init__(self, path):
        self.db = sqlite3.connect(path)  # related "`Connection.__init__` blocks here"


class Lazy:
    def __init__(self, path):
        self.path = path
        self.connection = None

    def open(self):
        self.connection = Connection(self.path)


class Derived(Connection):
    pass


class Extended(Lazy):
    def __init__(self, path):
        super().__init__(path)
        self.open()


@dataclass
class Table:
    path: str

    def __post_init__(self):
        time.sleep(1)


@dataclass
class Row:
    table: Table


class Guard:
    def __enter__(self):
        time.sleep(1)
        return self

    def __exit__(self, *exc):
        return None


class Release:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        time.sleep(1)


class AsyncGuard:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return None

    def __enter__(self):
        time.sleep(1)
        return self

    def __exit__(self, *exc):
        return None


class Pages:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        time.sleep(1)
        return self.n


class Rows:
    def __iter__(self):
        for i in range(3):
            time.sleep(1)
            yield i


class Numbers:
    def __iter__(self):
        yield from range(3)


class Proxy:
    def __getattr__(self, name):
        time.sleep(1)
        return lambda: None


class Made:
    def __new__(cls):
        time.sleep(1)
        return super().__new__(cls)
