import asyncio
from functools import partial

import handlers
from bus import Bus, Waiter
from handlers import BLOCKING, MIXED, ORDER, TICKS, make_counter, make_waiter


async def tables(name, event):
    BLOCKING[name](event)  # want `AIO207` "`BLOCKING\\[name\\]\\(\\)` blocks the event loop: `on_start` calls `time.sleep\\(\\)`"
    handlers.BLOCKING["stop"](event)  # want `AIO207` "blocks the event loop"
    MIXED[name](event)
    for handler in ORDER:
        handler(event)  # want `AIO207` "`handler\\(\\)` blocks"
    TICKS[name](event)  # want `AIO101` "never awaited"


async def values():
    handlers.start_now()  # want `AIO207` "`on_start` calls"
    handlers.idle_now()
    handlers.wait()  # want `AIO207` "a lambda"
    handlers.quick()
    bound = Waiter("x").wait
    bound()  # want `AIO207` "`Waiter.wait` calls `open\\(\\)`"
    Waiter("x")()  # want `AIO207` "`Waiter.__call__` calls `open\\(\\)`"
    later = partial(bound)
    later()  # want `AIO207` "`Waiter.wait` calls"
    pause = make_waiter(1)
    pause()  # want `AIO207` "`waiter` calls `time.sleep\\(\\)`"
    make_waiter(1)()  # want `AIO207` "`waiter` calls"
    make_counter()()


async def handed_on(event, unknown):
    Bus(handlers.on_start).fire(event)
    unknown(event)
    await asyncio.to_thread(handlers.on_start, event)
    await asyncio.get_running_loop().run_in_executor(None, BLOCKING["start"], event)
    chosen = handlers.on_start if event else handlers.on_stop
    chosen(event)  # want `AIO207` "blocks the event loop"
    other = handlers.on_start if event else handlers.on_idle
    other(event)


async def nested(event):
    def inside():
        handlers.on_start(event)

    def unused():
        handlers.on_start(event)

    inside()  # want `AIO207` "`inside\\(\\)` blocks the event loop 2 calls down"
    await asyncio.to_thread(inside)
    return [handlers.on_stop(e) for e in event]  # want `AIO207` "`on_stop` calls"
