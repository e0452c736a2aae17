from collections.abc import Awaitable
from typing import Any

import anyio
import pytest
import trio
import trio as t
import trio.testing
from anyio.streams.stapled import StapledObjectStream
from anyio.streams.tls import TLSStream
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


async def files(root: trio.Path, other: anyio.Path, url):
    file = await trio.open_file("x")
    await file.read()
    file.fileno()
    await file.aclose()
    async with await root.open() as opened:
        await opened.write("x")
        async for line in opened:
            print(line)
    child = root / "a" / "b"
    await child.touch()
    await child.parent.rmdir()
    print(child.with_suffix(".py"), ("a" / root).name)
    for entry in await root.iterdir():
        await entry.unlink()
    await (await other.resolve()).unlink()
    await (other / url).mkdir()
    (url / other).mkdir()
    await (other / url).mkdir()


async def sockets(address):
    sock = trio.socket.socket()
    await sock.connect(address)
    sock.close()
    left, right = trio.socket.socketpair()
    await left.sendto(b"x", address)
    await right.sendto(b"x", address)
    sock.listen()


@trio.as_safe_channel
async def numbers():
    yield 1


async def safe_channel():
    async with numbers() as stream:
        await stream.receive()
        async for n in stream:
            print(n)


async def streams(stapled: StapledObjectStream, tls: TLSStream):
    await stapled.receive()
    await tls.send(b"x")
    left, right = trio.testing.memory_stream_pair()
    await left.send_all(b"x")
    await right.receive_some(1)
