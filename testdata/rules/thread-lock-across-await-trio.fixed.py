import threading

import trio

lock = trio.Lock()


async def main():
    async with lock:
        await trio.sleep(1)
    with trio.CancelScope():
        await trio.sleep(1)
