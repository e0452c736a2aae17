"""Files that are opened, read and written on the loop."""

import asyncio
import bz2
import codecs
import gzip
import io
import json
import lzma
import os
import sys
import tempfile
from contextlib import ExitStack
from io import BytesIO, StringIO, TextIOWrapper
from io import open as io_open
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import IO, Any, BinaryIO, Optional, TextIO, Union

import yaml

log = open("log", "a")


# What must be found.


async def docs_of_flake8_async(f: io.TextIOWrapper, b: io.BufferedReader, w: io.BufferedWriter, r: io.FileIO):
    open("foo")  # want `ASYNC230` "`open\\(\\)` blocks the event loop"
    with open("foo"):  # want `ASYNC230` "open"
        pass
    os.fdopen(0)  # want `ASYNC231` "os.fdopen"
    f.read(0)  # want `ASYNC232` "`f.read\\(\\)` \\(`io.TextIOWrapper.read`\\)"
    f.write("x"), f.readline(), f.readlines(), f.writelines([])  # want `ASYNC232` "[.]write[(]" `ASYNC232` "[.]readline[(]" `ASYNC232` "[.]readlines[(]" `ASYNC232` "[.]writelines[(]"
    b.read(), w.write(b""), r.readall()  # want `ASYNC232` "[.]read[(]" `ASYNC232` "[.]write[(]" `ASYNC232` "readall"
    for line in f:  # want `ASYNC232` "`f` blocks the event loop at each step"
        print(line)
    [line for line in f]  # want `ASYNC232` "each step"


async def opened(path: Path, fd):
    io.open("x")  # want `ASYNC230` "io.open"
    io_open("x")  # want `ASYNC230` "open"
    codecs.open("x")  # want `ASYNC230` "codecs.open"
    gzip.open("x")  # want `ASYNC230` "gzip.open"
    bz2.open("x")  # want `ASYNC230` "bz2.open"
    lzma.open("x")  # want `ASYNC230` "lzma.open"
    path.open()  # want `ASYNC230` "pathlib.Path.open"
    Path("x").open("w")  # want `ASYNC230` "Path.open"
    with os.fdopen(fd) as f:  # want `ASYNC231` "fdopen"
        f.read()  # want `ASYNC232` "[.]read[(]"
    tempfile.mkstemp()  # want `ASYNC230` "mkstemp"
    tempfile.mkdtemp()  # want `ASYNC230` "mkdtemp"
    with NamedTemporaryFile() as t:  # want `ASYNC230` "NamedTemporaryFile"
        t.write(b"x")  # want `ASYNC232` "[.]write[(]"
    with TemporaryDirectory() as d:  # want `ASYNC230` "TemporaryDirectory"
        print(d)
    with tempfile.TemporaryFile() as t:  # want `ASYNC230` "TemporaryFile"
        t.read()  # want `ASYNC232` "[.]read[(]"


async def whole_files(p, path: Path, base: Path, data, obj):
    with open(p) as f:  # want `ASYNC230` "open"
        text = f.read()  # want `ASYNC232` "[.]read[(]"
    with open(p, encoding="utf-8") as f:  # want `ASYNC230` "open"
        lines = f.read().splitlines()  # want `ASYNC232` "[.]read[(]"
    with open(file=p, mode="rb") as f:  # want `ASYNC230` "open"
        raw = f.read()  # want `ASYNC232` "[.]read[(]"
    with path.open() as f:  # want `ASYNC230` "open"
        text = f.read().strip()  # want `ASYNC232` "[.]read[(]"
    with open(base / "x.json") as f:  # want `ASYNC230` "open"
        config = json.load(f)
    with open(p, "rb") as f:  # want `ASYNC230` "open"
        config = yaml.safe_load(f)
    with open(p, "w") as f:  # want `ASYNC230` "open"
        f.write(data)  # want `ASYNC232` "[.]write[(]"
    with open(p, "wb") as f:  # want `ASYNC230` "open"
        f.write(b"x" + data)  # want `ASYNC232` "[.]write[(]"
    with open(p, "w", encoding="utf-8") as f:  # want `ASYNC230` "open"
        json.dump(obj, f)
    with open(p, "a") as f:  # want `ASYNC230` "open"
        f.write(data)  # want `ASYNC232` "[.]write[(]"
    with open(p) as f:  # want `ASYNC230` "open"
        for line in f:  # want `ASYNC232` "each step"
            print(line)
    with open(p) as f:  # want `ASYNC230` "open"
        yield f.read()  # want `ASYNC232` "[.]read[(]"
    with open(p) as f: print(f.read())  # want `ASYNC230` "open" `ASYNC232` "[.]read[(]"
    with open(p) as f, open(p) as g:  # want `ASYNC230` "open" `ASYNC230` "open"
        print(f.read(), g.read())  # want `ASYNC232` "[.]read[(]" `ASYNC232` "[.]read[(]"
    with (
        open(p) as f,  # want `ASYNC230` "open"
    ):
        print(f.read())  # want `ASYNC232` "[.]read[(]"
    with open(p) as f:  # want `ASYNC230` "open"
        text = f.read()  # want `ASYNC232` "[.]read[(]"
        print(text)
    with open(p) as f:  # want `ASYNC230` "open"
        text = f.read()  # want `ASYNC232` "[.]read[(]"
    print(f.closed, lines, raw, config)
    with open(p, newline="") as f:  # want `ASYNC230` "open"
        text = f.read()  # want `ASYNC232` "[.]read[(]"
    with open(  # want `ASYNC230` "open"
        p
    ) as f:
        text = f.read()  # want `ASYNC232` "[.]read[(]"


async def other_ways(p, stack: ExitStack):
    text = open(p).read()  # want `ASYNC230` "open" `ASYNC232` "[.]read[(]"
    print(f"{open(p).read()!r} {text}")  # want `ASYNC230` "open" `ASYNC232` "[.]read[(]"
    f = stack.enter_context(open(p))  # want `ASYNC230` "open"
    f.read()  # want `ASYNC232` "[.]read[(]"
    for line in open(p):  # want `ASYNC230` "`open\\(\\)` blocks" `ASYNC232` "`open\\(p\\)` blocks the event loop at each step"
        print(line)
    lines = [l for l in open(p)]  # want `ASYNC230` "open" `ASYNC232` "step"
    if (g := open(p)) and g.readline():  # want `ASYNC230` "open" `ASYNC232` "[.]readline[(]"
        log.write("x")  # want `ASYNC232` "[.]write[(]"
    try:
        h = open(p)  # want `ASYNC230` "open"
    except OSError:
        h = None
    if h:
        h.read()  # want `ASYNC232` "[.]read[(]"
    w = open(p, "w") if p else open("y")  # want `ASYNC230` "open" `ASYNC230` "open"
    w.write("x")  # want `ASYNC232` "[.]write[(]"
    read = f.read
    read()  # want `ASYNC232` "[.]read`"
    return map(str.strip, open(p)), lines  # want `ASYNC230` "open"


async def annotated(
    a: "TextIOWrapper",
    b: Optional[io.BufferedReader],
    c: Union[io.TextIOWrapper, None] = None,
    d: "io.BufferedWriter | None" = None,
    e: list[io.FileIO] = [],
):
    a.read()  # want `ASYNC232` "[.]read[(]"
    b.read()  # want `ASYNC232` "[.]read[(]"
    if c is not None:
        c.read()  # want `ASYNC232` "[.]read[(]"
    d.write(b"")  # want `ASYNC232` "[.]write[(]"
    e[0].read()  # want `ASYNC232` "[.]read[(]"


async def typing_names(a: TextIO, b: BinaryIO, c: IO[str], d: "Optional[IO[bytes]]"):
    a.read()  # want `ASYNC232` "[.]read[(]"
    b.write(b"")  # want `ASYNC232` "[.]write[(]"
    c.readline()  # want `ASYNC232` "[.]readline[(]"
    d.read()  # want `ASYNC232` "[.]read[(]"
    for line in a:  # want `ASYNC232` "step"
        print(line)


class Writer:
    stream: io.TextIOWrapper

    def __init__(self, path):
        self.out = open(path, "w")
        self.maybe = None

    def reopen(self):
        self.maybe = open("x")

    async def write(self, text):
        self.out.write(text)  # want `ASYNC232` "[.]write[(]"
        self.out.flush()  # want `ASYNC232` "[.]flush[(]"
        self.stream.write(text)  # want `ASYNC232` "[.]write[(]"
        self.maybe.read()  # want `ASYNC232` "[.]read[(]"

    def sync(self):
        self.out.write("x")


async def generator(path):
    with open(path, "rb") as f:  # want `ASYNC230` "open"
        while chunk := f.read(1024):  # want `ASYNC232` "[.]read[(]"
            yield chunk


# What must stay silent.


def sync(p):
    with open(p) as f:
        return f.read()


async def in_memory():
    f = BytesIO(b"x")
    f.read()
    with StringIO() as s:
        s.write("x")
    for line in io.StringIO("a\nb"):
        print(line)
    io.TextIOWrapper(BytesIO())
    os.close(1)


async def off_the_loop(p, pool, f: io.TextIOWrapper):
    await asyncio.to_thread(open, p)
    await asyncio.to_thread(f.read)
    await asyncio.to_thread(lambda: open(p).read())
    pool.submit(sync, p)

    def work():
        with open(p) as g:
            return g.read()

    await asyncio.to_thread(work)


async def shadowed(open, p):
    with open(p) as f:
        f.read()


async def unknown(f, g: Any, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, either: Union[io.TextIOWrapper, Any]):
    f.read()
    g.write("x")
    await reader.read()
    writer.write(b"x")
    either.read()
    sys.stdout.write("x")
    print("x", file=sys.stderr)
    log.close()
    print(log.name, log.closed, log.fileno())


async def not_a_file(p: Path):
    return p.name, p.with_suffix(".x"), TextIO


class Own:
    def open(self, p): ...

    def read(self): ...

    async def use(self):
        self.open("x")
        self.read()


async def own_open():
    def open(p):
        return StringIO(p)

    open("x").read()


async def test_reads_file(tmp_path):
    with open(tmp_path / "x") as f:  # want `ASYNC230` "open"
        assert f.read()  # want `ASYNC232` "[.]read[(]"
