"""Endless loops that never let another task run."""

import asyncio
import contextlib
import os
import sys
import time
from collections import deque


# What must be found.


async def spin(flag, queue: deque):
    while True:
        queue.append(1)
        await asyncio.sleep(0)


async def constants(n):
    while 1:
        n += 1
        await asyncio.sleep(0)


async def deeper(items):
    while True:
        for x in items:
            if x:
                break
        try:
            print(x)
        except ValueError:
            continue
        await asyncio.sleep(0)


async def finally_only(q):
    try:
        while True:
            q.put_nowait(1)
            await asyncio.sleep(0)
    finally:
        print("done")


class Worker:
    running = True

    async def run(self):
        while self.running:
            pass
            await asyncio.sleep(0)

    async def wait(self):
        while not self.done:
            ...
            await asyncio.sleep(0)


async def waits(event, stop, n):
    while not stop:
        pass
        await asyncio.sleep(0)
    while True:
        async def inner():
            await asyncio.sleep(1)

        lambda: (yield)
        await asyncio.sleep(0)


async def commented():
    while True:
        print("x")  # the last
        await asyncio.sleep(0)
        # something to do


async def one_line():
    while True: print("x")


async def busy(deadline):
    while time.monotonic() < deadline:
        pass
        await asyncio.sleep(0)


# What must stay silent.


def sync():
    while True:
        pass


async def pauses(q: asyncio.Queue, items):
    while True:
        await q.get()
    while True:
        async for x in items:
            print(x)


async def more_pauses(q, lock):
    while True:
        async with lock:
            print(q)


async def generator():
    n = 0
    while True:
        yield n
        n += 1


async def conditions(q):
    while await q.get():
        print(q)
    while True:
        x = [y async for y in q]
        print(x)


async def leaves(n, items):
    while True:
        if n:
            break
        n = next(items)
    while True:
        n -= 1
        if not n:
            return


async def raises(n, it):
    while True:
        n += 1
        if n > 3:
            raise ValueError
    while True:
        print(next(it))


async def ends():
    while True:
        try:
            sys.exit()
        finally:
            os._exit(1)


async def finite(n, todo):
    while n:
        n -= 1
    while todo:
        todo.pop()
    while n > 0 and todo:
        n = n // 2
    while (line := todo.readline()):
        print(line)
    while todo[0]:
        pass


async def until_it_fails(q):
    try:
        while True:
            q.get_nowait()
    except asyncio.QueueEmpty:
        pass
    with contextlib.suppress(asyncio.QueueEmpty):
        while True:
            q.get_nowait()


async def nested(n):
    while True:
        while True:
            if n:
                return
            n += 1


async def unreachable():
    return
    while True:
        pass


class Looks:
    async def until(self, event: asyncio.Event, task: asyncio.Task, queue: asyncio.Queue, get):
        while not event.is_set():
            pass
            await asyncio.sleep(0)
        while not task.done():
            continue
            await asyncio.sleep(0)
        while queue.empty():
            pass
            await asyncio.sleep(0)
        while True:
            # not yet
            if self.ready:
                break
            await asyncio.sleep(0)
        while True:
            if get():
                break
        while True:
            if self.ready:
                break
            else:
                get()
        while True:
            if self.ready:
                break
            self.turn()
        while not queue.empty():
            print(queue.get_nowait())
        while True:
            if self.ready:
                return
            await asyncio.sleep(0)

    async def answers(self, get):
        while True:
            if self.ready:
                return get()
