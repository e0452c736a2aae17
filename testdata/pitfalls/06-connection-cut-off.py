"""Pitfall 6: Not closing resources properly in async context.

close() only begins to close: the program ends before the data has left.

Instead: await wait_closed() after close()
"""

import asyncio
import socket
import threading
import time

received = 0
size = 20_000_000


def receive(listener: socket.socket) -> None:
    global received
    peer, _ = listener.accept()
    with peer:
        peer.settimeout(1)
        time.sleep(1)
        try:
            while data := peer.recv(1 << 20):
                received += len(data)
        except OSError:
            pass


async def send(port: int) -> None:
    async with asyncio.timeout(5):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(bytes(size))
        writer.close()  # want `AIO705` "only begins to close"


with socket.create_server(("127.0.0.1", 0)) as listener:
    peer = threading.Thread(target=receive, args=[listener])
    peer.start()
    asyncio.run(send(listener.getsockname()[1]))
    peer.join()
if received < size:
    raise SystemExit(f"HARM: {received} of {size} bytes have arrived")
