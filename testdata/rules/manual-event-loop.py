import asyncio
import contextlib
import sys
import threading

import pytest
import uvloop


async def work():
    await asyncio.sleep(1)


def never_closed():
    loop = asyncio.new_event_loop()  # want "`loop` is never closed; use `asyncio.run\\(\\)`, which also cancels what is left and closes generators"
    loop.run_until_complete(work())


def with_result():
    loop = uvloop.new_event_loop()  # want "`loop` is never closed"
    asyncio.set_event_loop(loop)
    result = loop.run_until_complete(work())
    return result


def not_closed_on_error():
    loop = asyncio.new_event_loop()  # want "`loop` is not closed when what it runs raises"
    loop.run_until_complete(work())
    loop.close()


def by_hand():
    loop = asyncio.new_event_loop()  # want "`loop` is made, run and closed by hand; use `asyncio.run\\(\\)`"
    asyncio.set_event_loop(loop)
    try:
        # everything
        print("begin")
        loop.run_until_complete(work())
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        asyncio.set_event_loop(None)
        loop.close()


def by_hand_returning():
    loop = asyncio.new_event_loop()  # want "`loop` is made, run and closed by hand"
    try:
        return loop.run_until_complete(work())
    finally:
        loop.close()
        print("no fix: this has to stay")


def indented(flag):
    if flag:
        loop = asyncio.new_event_loop()  # want "made, run and closed by hand"
        try:
            if flag > 1:

                print(flag)
            value = loop.run_until_complete(work())
        finally:
            loop.close()
        print(value)


def tasks():
    loop = asyncio.new_event_loop()  # want "`loop` is never closed"
    task = loop.create_task(work())
    loop.run_until_complete(task)


def thread():
    def run():
        loop = asyncio.new_event_loop()  # want "`loop` is never closed"
        asyncio.set_event_loop(loop)
        loop.run_until_complete(work())

    threading.Thread(target=run).start()


def test_something():
    loop = asyncio.new_event_loop()  # want "is not closed when"
    assert loop.run_until_complete(work()) is None
    loop.close()


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
