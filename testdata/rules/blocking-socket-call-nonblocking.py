# The sockets of this file are non-blocking.
import socket


async def main():
    s = socket.socket()
    s.setblocking(False)
    try:
        s.recv(1)
        s.connect(("x", 1))
    except BlockingIOError:
        pass
    socket.getaddrinfo("x", 1)  # want "getaddrinfo"
