from collections.abc import Awaitable
from typing import Any

import anyio
import pytest
import trio
import trio as t
from trio import sleep


async def own(*args): ...


async def statements(nursery: trio.Nursery, receive: trio.MemoryReceiveChannel, x):
    trio.sleep(1)  # want "`trio.sleep\\(\\)` is never awaited, so it never runs; await it"
    t.sleep(1)  # want "`t.sleep\\(\\)` is never awaited"
    sleep(1)  # want "`sleep\\(\\)` is never awaited"
    anyio.sleep(1)  # want "`anyio.sleep\\(\\)` is never awaited"
    trio.lowlevel.checkpoint()  # want "never awaited"
    trio.to_thread.run_sync(own)  # want "never awaited"
    nursery.start(own)  # want "`nursery.start\\(\\)` is never awaited"
    receive.receive()  # want "`receive.receive\\(\\)` is never awaited"
    trio.Path("x").exists()  # want "never awaited"
    [trio.sleep(1) for _ in x]  # want "never awaited"
    x and trio.sleep(1)  # want "never awaited"
    _ = trio.sleep(1)  # want "never awaited"


async def returns():
    return trio.sleep(1)  # want "`trio.sleep\\(\\)` is returned, not awaited, so the caller gets a coroutine that has not run"


async def returns_annotated() -> None:
    return anyio.sleep(1)  # want "is returned, not awaited"


def plain():
    trio.sleep(1)  # want "never awaited"
    return trio.sleep(1)


async def right(nursery: trio.Nursery, x):
    await trio.sleep(1)
    nursery.start_soon(trio.sleep, 1)
    nursery.cancel_scope.cancel()
    await nursery.start(own)
    own()
    x.sleep(1)
    later = lambda: trio.sleep(1)
    await later()
    with pytest.raises(TypeError):
        trio.sleep()
    return await trio.sleep(1)


async def makes() -> Awaitable[None]:
    return trio.sleep(1)


async def anything() -> Any:
    return trio.sleep(1)


async def tasks():
    trio.lowlevel.temporarily_detach_coroutine_object(print)  # want "is never awaited"
    trio.lowlevel.permanently_detach_coroutine_object(None)  # want "is never awaited"
