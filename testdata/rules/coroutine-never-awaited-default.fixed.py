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
    await current.get().close()
    await current.get(None).close()
    if peer := perhaps.get():
        await peer.close()
    free.get().close()
    await peers.pop(key).close()
    peers.pop(key, other).close()
    peer = peers.get(key)
    if peer is not None:
        await peer.close()
    peers.get(key, other).close()
    await free.get()
