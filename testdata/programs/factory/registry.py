from engine import Engine, Fake

engine = Engine()
engines = [Engine(), Engine()]
by_name = {"main": Engine()}
_cached = None


def make():
    return Engine()


def make_typed() -> "Engine":
    return load("engine")


def either(fake):
    if fake:
        return Fake()
    return Engine()


def cached():
    global _cached
    if _cached is None:
        _cached = Engine()
    return _cached


def self_or_new(engine=None):
    return engine or Engine()


class Registry:
    def __init__(self):
        self.items = {}
        self.main = make()

    def add(self, name):
        self.items[name] = make()
        return self.items[name]

    def get(self) -> Engine:
        return self.main

    def __enter__(self):
        return make()

    def __exit__(self, *exc):
        return None

    @classmethod
    def create(cls):
        return cls()

    def chain(self):
        return self
