import asyncio
from contextvars import ContextVar


class Peer:
    async def close(self):
        await asyncio.sleep(1)


current: ContextVar[Peer] = ContextVar("current")
perhaps: ContextVar[Peer | None] = ContextVar("perhaps", default=None)
free = ContextVar("free", default=None)
peers: dict[str, Peer] = {}


async def main(key, other):
    current.get().close()  # want "never awaited"
    current.get(None).close()  # want "never awaited"
    if peer := perhaps.get():
        peer.close()  # want "never awaited"
    free.get().close()
    peers.pop(key).close()  # want "never awaited"
    peers.pop(key, other).close()
    peer = peers.get(key)
    if peer is not None:
        peer.close()  # want "never awaited"
    peers.get(key, other).close()
    await free.get()
