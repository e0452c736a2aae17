"""Sockets and the protocols of the standard library that wait on them."""

import asyncio
import ftplib
import imaplib
import poplib
import select
import selectors
import smtplib
import socket
import ssl
from socket import AF_INET, SOCK_STREAM, create_connection, gethostbyname
from socket import socket as Socket

import paramiko


# What must be found.


async def sockets(host):
    s = socket.socket(AF_INET, SOCK_STREAM)
    await asyncio.to_thread(s.connect, (host, 80))
    await asyncio.to_thread(s.send, b"x"), await asyncio.to_thread(s.sendall, b"x"), await asyncio.to_thread(s.recv, 10), await asyncio.to_thread(s.recvfrom, 10), await asyncio.to_thread(s.recv_into, b"")
    conn, address = await asyncio.to_thread(s.accept)
    await asyncio.to_thread(conn.recv, 1)
    with Socket() as t:
        await asyncio.to_thread(t.connect, (host, 80))
    with await asyncio.to_thread(create_connection, (host, 80)) as c:
        await asyncio.to_thread(c.sendall, b"x")
    (await asyncio.to_thread(ssl.create_default_context)).wrap_socket(s)
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)


async def names(host):
    await asyncio.to_thread(socket.getaddrinfo, host, 80)
    await asyncio.to_thread(socket.gethostbyname, host), await asyncio.to_thread(gethostbyname, host)
    await asyncio.to_thread(socket.getfqdn), await asyncio.to_thread(socket.gethostbyaddr, host), await asyncio.to_thread(socket.getnameinfo, (host, 1), 0)


async def waiting(s):
    await asyncio.to_thread(select.select, [s], [], [])
    await asyncio.to_thread(select.select, [s], [], [], 1)
    p = select.poll()
    await asyncio.to_thread(p.poll)
    sel = selectors.DefaultSelector()
    await asyncio.to_thread(sel.select)
    await asyncio.to_thread(sel.select, timeout=5)


async def protocols(host):
    with await asyncio.to_thread(smtplib.SMTP, host) as smtp:
        await asyncio.to_thread(smtp.starttls)
        await asyncio.to_thread(smtp.login, "a", "b")
        await asyncio.to_thread(smtp.send_message, None)
    ftp = await asyncio.to_thread(ftplib.FTP, host)
    await asyncio.to_thread(ftp.retrbinary, "x", print)
    imap = await asyncio.to_thread(imaplib.IMAP4_SSL, host)
    await asyncio.to_thread(imap.select)
    pop = await asyncio.to_thread(poplib.POP3, host)
    await asyncio.to_thread(pop.stat)
    client = paramiko.SSHClient()
    await asyncio.to_thread(client.connect, host)
    await asyncio.to_thread(client.exec_command, "ls")


class Server:
    def __init__(self):
        self.sock = socket.socket()

    async def run(self):
        await asyncio.to_thread(self.sock.accept)


# What must stay silent.


def sync(s: socket.socket):
    s.recv(1)


async def quiet(s: socket.socket, sel: selectors.DefaultSelector, host: str):
    s.close()
    s.bind(("", 0))
    s.listen()
    s.getsockname()
    s.setsockopt(1, 2, 3)
    s.recv(1, socket.MSG_DONTWAIT)
    socket.getaddrinfo("127.0.0.1", 80)
    socket.getaddrinfo("::1", 80), socket.gethostbyname("localhost"), socket.getaddrinfo("", 80)
    if host == "localhost":
        host = socket.gethostbyname(host)
    socket.getaddrinfo("127.0.0.1", 80, flags=socket.AI_NUMERICHOST)
    select.select([s], [], [], 0)
    sel.select(0)
    sel.select(timeout=0.0)
    a, b = socket.socketpair()
    socket.gethostname()


async def asynchronous(s: socket.socket):
    loop = asyncio.get_running_loop()
    await loop.sock_recv(s, 1)
    await loop.getaddrinfo("x", 1)
    r, w = await asyncio.open_connection("x", 1)
    await r.read()
    await asyncio.to_thread(s.recv, 1)


def readable(s: socket.socket):
    s.recv(1)


async def callbacks(s: socket.socket):
    asyncio.get_running_loop().add_reader(s, readable, s)
