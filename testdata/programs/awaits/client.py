import asyncio
import contextlib


async def fetch(url):
    await asyncio.sleep(1)
    return {"url": url}


async def items():
    yield 1


def plain(url):
    return "plain"


def returns_coroutine(url):
    return fetch(url)


class Client:
    async def get(self, url):
        return await fetch(url)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return None

    @property
    def session(self):
        return self

    @classmethod
    async def open(cls, url):
        return cls()

    @staticmethod
    async def ping():
        return True

    def close(self):
        return None


class Sync:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None


@contextlib.asynccontextmanager
async def connected(url):
    yield Client()


async def sleep(seconds):
    return seconds
