import asyncio
import contextlib
import sys
import threading

import pytest
import uvloop


async def work():
    await asyncio.sleep(1)


def never_closed():

    asyncio.run(work())


def with_result():

    result = asyncio.run(work())
    return result


def not_closed_on_error():

    asyncio.run(work())


def by_hand():

    print("begin")
    asyncio.run(work())


def by_hand_returning():
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work())
    finally:
        loop.close()
        print("no fix: this has to stay")


def indented(flag):
    if flag:

        if flag > 1:

            print(flag)
        value = asyncio.run(work())
        print(value)


def tasks():
    loop = asyncio.new_event_loop()
    task = loop.create_task(work())
    loop.run_until_complete(task)


def thread():
    def run():

        asyncio.run(work())

    threading.Thread(target=run).start()


def test_something():

    assert asyncio.run(work()) is None


# What follows is silent.


def right():
    asyncio.run(work())
    with asyncio.Runner() as runner:
        runner.run(work())


def managed():
    with contextlib.closing(asyncio.new_event_loop()) as loop:
        loop.run_until_complete(work())


def forever():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()


def forever_later(server):
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
    loop.run_forever()


def handed_over(app):
    loop = asyncio.new_event_loop()
    app.start(loop)
    loop.run_until_complete(work())


def returned():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
    return loop


def closure():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
    return lambda: loop.close()


def reused():
    try:
        loop = asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    return loop.run_until_complete(work())


def old_versions():
    if sys.version_info < (3, 7):
        loop = asyncio.get_event_loop()
        loop.run_until_complete(work())


@pytest.fixture
def event_loop():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
    yield loop
    loop.close()


@pytest.fixture
def server():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
    yield
    loop.run_until_complete(work())
    loop.close()


class Service:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)

    def call(self):
        return self.loop.run_until_complete(work())

    def own(self, loop):
        loop.run_until_complete(work())


def unknown(app):
    loop = app.new_event_loop()
    loop.run_until_complete(work())


async def in_coroutine():
    # AIO602
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
