import threading

import trio

lock = threading.Lock()


async def main():
    with lock:  # want "use `trio.Lock`"
        await trio.sleep(1)
    with trio.CancelScope():
        await trio.sleep(1)
