import asyncio
import functools

import flush
from flush import Buffer


def on_done(task):
    flush.flush(task)  # want `AIO207` "`flush` calls `time.sleep\\(\\)`"


def on_quiet(task):
    flush.count(task)


def never_called_by_the_loop(task):
    flush.flush(task)


def on_timer():
    helper()  # want `AIO207` "`helper\\(\\)` blocks the event loop 2 calls down"


def helper():
    flush.flush()


def count(task):  # not the one that the loop calls
    flush.flush(task)


class Protocol(asyncio.Protocol):
    def start(self, loop):
        loop = asyncio.get_running_loop()
        loop.call_soon(self.tick)

    def tick(self):
        flush.flush()  # want `AIO207` "`flush` calls"

    def tock(self):
        flush.flush()


async def main(buffer: Buffer):
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(asyncio.sleep(1))
    task.add_done_callback(on_done)
    task.add_done_callback(on_quiet)
    loop.call_later(1, on_timer)
    loop.call_soon(lambda: flush.flush())  # want `AIO207` "`flush` calls"
    loop.call_soon(lambda: flush.count())
    loop.call_soon(flush.flush)  # want `AIO207` "`flush"
    loop.call_later(1, buffer.flush)  # want `AIO207` "`buffer.flush"
    task.add_done_callback(functools.partial(flush.flush, 1))  # want `AIO207` "`flush"
    loop.call_soon(flush.count)
    await loop.run_in_executor(None, never_called_by_the_loop, task)
    await task
