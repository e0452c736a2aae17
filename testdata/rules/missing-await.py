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


async def files(root: trio.Path, other: anyio.Path, url):
    file = await trio.open_file("x")
    file.read()  # want "`file.read\\(\\)` is never awaited"
    file.fileno()
    await file.aclose()
    async with await root.open() as opened:
        opened.write("x")  # want "`opened.write\\(\\)` is never awaited"
        async for line in opened:
            print(line)
    child = root / "a" / "b"
    child.touch()  # want "`child.touch\\(\\)` is never awaited"
    child.parent.rmdir()  # want "`child.parent.rmdir\\(\\)` is never awaited"
    print(child.with_suffix(".py"), ("a" / root).name)
    for entry in await root.iterdir():
        entry.unlink()  # want "`entry.unlink\\(\\)` is never awaited"
    (await other.resolve()).unlink()  # want "is never awaited"
    (other / url).mkdir()  # want "is never awaited"
    (url / other).mkdir()
    await (other / url).mkdir()


async def sockets(address):
    sock = trio.socket.socket()
    sock.connect(address)  # want "`sock.connect\\(\\)` is never awaited"
    sock.close()
    left, right = trio.socket.socketpair()
    await left.sendto(b"x", address)
    right.sendto(b"x", address)  # want "`right.sendto\\(\\)` is never awaited"
    sock.listen()


@trio.as_safe_channel
async def numbers():
    yield 1


async def safe_channel():
    async with numbers() as stream:
        stream.receive()  # want "`stream.receive\\(\\)` is never awaited"
        async for n in stream:
            print(n)


async def streams(stapled: StapledObjectStream, tls: TLSStream):
    stapled.receive()  # want "`stapled.receive\\(\\)` is never awaited"
    tls.send(b"x")  # want "`tls.send\\(\\)` is never awaited"
    left, right = trio.testing.memory_stream_pair()
    left.send_all(b"x")  # want "`left.send_all\\(\\)` is never awaited"
    await right.receive_some(1)
