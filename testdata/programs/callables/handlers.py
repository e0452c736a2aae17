import time
from functools import partial


def on_start(event):
    time.sleep(1)


def on_stop(event):
    with open("stop") as f:
        return f.read()


def on_idle(event):
    return event


async def on_tick(event):
    return event


BLOCKING = {"start": on_start, "stop": on_stop}
MIXED = {"start": on_start, "idle": on_idle}
TICKS = {"tick": on_tick}
ORDER = [on_start, on_stop]

start_now = partial(on_start, "now")
idle_now = partial(on_idle, "now")
wait = lambda: time.sleep(1)
quick = lambda: 1


def make_waiter(seconds):
    def waiter():
        time.sleep(seconds)

    return waiter


def make_counter():
    n = 0

    def count():
        nonlocal n
        n += 1
        return n

    return count
