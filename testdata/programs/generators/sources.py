import time
from collections.abc import Iterator
from contextlib import contextmanager


def lines(path):
    with open(path) as f:
        yield from f


def through(path):
    yield from lines(path)


def quiet(n):
    for i in range(n):
        yield i


def waits_between(n) -> Iterator[int]:
    for i in range(n):
        time.sleep(1)
        yield i


@contextmanager
def opened(path):
    f = open(path)
    try:
        yield f
    finally:
        f.close()


@contextmanager
def nested(path):
    with opened(path) as f:
        yield f


@contextmanager
def noted(path):
    print(path)
    yield path


def not_run(path):
    return lines(path)


def counted(path):
    return len(list(lines(path)))
