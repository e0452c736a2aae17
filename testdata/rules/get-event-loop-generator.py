import asyncio

from tornado import gen
from tornado.testing import AsyncTestCase, gen_test


@gen.coroutine
def fetch():
    loop = asyncio.get_event_loop()
    return (yield loop.run_in_executor(None, len, "a"))


class Test(AsyncTestCase):
    @gen_test
    def test(self):
        yield asyncio.get_event_loop().run_in_executor(None, len, "a")

    def prepare(self):
        return asyncio.get_event_loop()  # want "raises `RuntimeError`"
