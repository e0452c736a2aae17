# The sockets of this file are non-blocking.
import asyncio
import socket


async def main():
    s = socket.socket()
    s.setblocking(False)
    try:
        s.recv(1)
        s.connect(("x", 1))
    except BlockingIOError:
        pass
    await asyncio.to_thread(socket.getaddrinfo, "x", 1)
