import contextlib
import functools
import time

import deco
import tenacity
from asgiref.sync import sync_to_async
from somewhere import unknown


@deco.timed
def measured():
    time.sleep(1)


@functools.lru_cache(maxsize=None)
def cached():
    with open("x") as f:
        return f.read()


@functools.cache
def cached_too():
    with open("x") as f:
        return f.read()


@functools.cache
def cached_by_name(name):
    with open(name) as f:
        return f.read()


@tenacity.retry(stop=tenacity.stop_after_attempt(3))
def retried():
    time.sleep(1)


@deco.tagged("slow")
def marked():
    time.sleep(1)


@deco.repeated(3)
def again():
    time.sleep(1)


@deco.in_thread
def threaded():
    time.sleep(1)


@deco.in_executor
def executed():
    time.sleep(1)


@deco.in_background
def started():
    time.sleep(1)


@deco.dropped
def never():
    time.sleep(1)


@deco.threaded
def adapted():
    time.sleep(1)


@sync_to_async
def adapted_too():
    time.sleep(1)


@unknown
def mystery():
    time.sleep(1)


@contextlib.contextmanager
def locked(path):
    time.sleep(1)
    yield path


class Tools:
    @staticmethod
    def sharpen():
        time.sleep(1)

    @classmethod
    def collect(cls):
        cls.sharpen()

    @functools.lru_cache
    def weigh(self):
        time.sleep(1)
