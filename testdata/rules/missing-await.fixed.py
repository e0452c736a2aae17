from collections.abc import Awaitable
from typing import Any

import anyio
import pytest
import trio
import trio as t
from trio import sleep


async def own(*args): ...


async def statements(nursery: trio.Nursery, receive: trio.MemoryReceiveChannel, x):
    await trio.sleep(1)
    await t.sleep(1)
    await sleep(1)
    await anyio.sleep(1)
    await trio.lowlevel.checkpoint()
    await trio.to_thread.run_sync(own)
    await nursery.start(own)
    await receive.receive()
    await trio.Path("x").exists()
    [await trio.sleep(1) for _ in x]
    x and await trio.sleep(1)
    _ = await trio.sleep(1)


async def returns():
    return await trio.sleep(1)


async def returns_annotated() -> None:
    return await anyio.sleep(1)


def plain():
    trio.sleep(1)
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
    await trio.lowlevel.temporarily_detach_coroutine_object(print)
    await trio.lowlevel.permanently_detach_coroutine_object(None)
