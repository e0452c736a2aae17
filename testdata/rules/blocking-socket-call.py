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
    s.connect((host, 80))  # want `AIO202` "`s.connect\\(\\)` \\(`socket.socket.connect`\\) blocks the event loop"
    s.send(b"x"), s.sendall(b"x"), s.recv(10), s.recvfrom(10), s.recv_into(b"")  # want "send" "sendall" "recv" "recvfrom" "recv_into"
    conn, address = s.accept()  # want "accept"
    conn.recv(1)  # want "recv"
    with Socket() as t:
        t.connect((host, 80))  # want "connect"
    with create_connection((host, 80)) as c:  # want "create_connection"
        c.sendall(b"x")  # want "sendall"
    ssl.create_default_context().wrap_socket(s)  # want "wrap_socket" "create_default_context"
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)


async def names(host):
    socket.getaddrinfo(host, 80)  # want "getaddrinfo"
    socket.gethostbyname(host), gethostbyname(host)  # want "gethostbyname" "gethostbyname"
    socket.getfqdn(), socket.gethostbyaddr(host), socket.getnameinfo((host, 1), 0)  # want "getfqdn" "gethostbyaddr" "getnameinfo"


async def waiting(s):
    select.select([s], [], [])  # want "select.select"
    select.select([s], [], [], 1)  # want "select.select"
    p = select.poll()
    p.poll()  # want "poll"
    sel = selectors.DefaultSelector()
    sel.select()  # want "select"
    sel.select(timeout=5)  # want "select"


async def protocols(host):
    with smtplib.SMTP(host) as smtp:  # want "smtplib.SMTP"
        smtp.starttls()  # want "starttls"
        smtp.login("a", "b")  # want "login"
        smtp.send_message(None)  # want "send_message"
    ftp = ftplib.FTP(host)  # want "FTP"
    ftp.retrbinary("x", print)  # want "retrbinary"
    imap = imaplib.IMAP4_SSL(host)  # want "IMAP4_SSL"
    imap.select()  # want "select"
    pop = poplib.POP3(host)  # want "POP3"
    pop.stat()  # want "stat"
    client = paramiko.SSHClient()
    client.connect(host)  # want "connect"
    client.exec_command("ls")  # want "exec_command"


class Server:
    def __init__(self):
        self.sock = socket.socket()

    async def run(self):
        self.sock.accept()  # want "accept"


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
