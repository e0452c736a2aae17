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
    await asyncio.to_thread(open, "foo")
    with await asyncio.to_thread(open, "foo"):
        pass
    await asyncio.to_thread(os.fdopen, 0)
    await asyncio.to_thread(f.read, 0)
    await asyncio.to_thread(f.write, "x"), await asyncio.to_thread(f.readline), await asyncio.to_thread(f.readlines), await asyncio.to_thread(f.writelines, [])
    await asyncio.to_thread(b.read), await asyncio.to_thread(w.write, b""), await asyncio.to_thread(r.readall)
    for line in f:
        print(line)
    [line for line in f]


async def opened(path: Path, fd):
    await asyncio.to_thread(io.open, "x")
    await asyncio.to_thread(io_open, "x")
    await asyncio.to_thread(codecs.open, "x")
    await asyncio.to_thread(gzip.open, "x")
    await asyncio.to_thread(bz2.open, "x")
    await asyncio.to_thread(lzma.open, "x")
    await asyncio.to_thread(path.open)
    await asyncio.to_thread(Path("x").open, "w")
    with await asyncio.to_thread(os.fdopen, fd) as f:
        await asyncio.to_thread(f.read)
    await asyncio.to_thread(tempfile.mkstemp)
    await asyncio.to_thread(tempfile.mkdtemp)
    with await asyncio.to_thread(NamedTemporaryFile) as t:
        await asyncio.to_thread(t.write, b"x")
    with await asyncio.to_thread(TemporaryDirectory) as d:
        print(d)
    with await asyncio.to_thread(tempfile.TemporaryFile) as t:
        await asyncio.to_thread(t.read)


async def whole_files(p, path: Path, base: Path, data, obj):
    text = await asyncio.to_thread(Path(p).read_text)
    lines = (await asyncio.to_thread(Path(p).read_text, encoding="utf-8")).splitlines()
    raw = await asyncio.to_thread(Path(p).read_bytes)
    text = (await asyncio.to_thread(path.read_text)).strip()
    config = json.loads(await asyncio.to_thread((base / "x.json").read_text))
    config = yaml.safe_load(await asyncio.to_thread(Path(p).read_bytes))
    await asyncio.to_thread(Path(p).write_text, data)
    await asyncio.to_thread(Path(p).write_bytes, b"x" + data)
    with await asyncio.to_thread(open, p, "w", encoding="utf-8") as f:
        json.dump(obj, f)
    with await asyncio.to_thread(open, p, "a") as f:
        await asyncio.to_thread(f.write, data)
    with await asyncio.to_thread(open, p) as f:
        for line in f:
            print(line)
    yield await asyncio.to_thread(Path(p).read_text)
    with await asyncio.to_thread(open, p) as f: print(await asyncio.to_thread(f.read))
    with await asyncio.to_thread(open, p) as f, await asyncio.to_thread(open, p) as g:
        print(await asyncio.to_thread(f.read), await asyncio.to_thread(g.read))
    with (
        await asyncio.to_thread(open, p) as f,
    ):
        print(await asyncio.to_thread(f.read))
    with await asyncio.to_thread(open, p) as f:
        text = await asyncio.to_thread(f.read)
        print(text)
    with await asyncio.to_thread(open, p) as f:
        text = await asyncio.to_thread(f.read)
    print(f.closed, lines, raw, config)
    with await asyncio.to_thread(open, p, newline="") as f:
        text = await asyncio.to_thread(f.read)
    with await asyncio.to_thread(
        open,
        p
    ) as f:
        text = await asyncio.to_thread(f.read)


async def other_ways(p, stack: ExitStack):
    text = (await asyncio.to_thread(open, p)).read()
    print(f"{(await asyncio.to_thread(open, p)).read()!r} {text}")
    f = stack.enter_context(await asyncio.to_thread(open, p))
    await asyncio.to_thread(f.read)
    for line in await asyncio.to_thread(open, p):
        print(line)
    lines = [l for l in await asyncio.to_thread(open, p)]
    if (g := await asyncio.to_thread(open, p)) and await asyncio.to_thread(g.readline):
        await asyncio.to_thread(log.write, "x")
    try:
        h = await asyncio.to_thread(open, p)
    except OSError:
        h = None
    if h:
        await asyncio.to_thread(h.read)
    w = await asyncio.to_thread(open, p, "w") if p else await asyncio.to_thread(open, "y")
    await asyncio.to_thread(w.write, "x")
    read = f.read
    await asyncio.to_thread(read)
    return map(str.strip, await asyncio.to_thread(open, p)), lines


async def annotated(
    a: "TextIOWrapper",
    b: Optional[io.BufferedReader],
    c: Union[io.TextIOWrapper, None] = None,
    d: "io.BufferedWriter | None" = None,
    e: list[io.FileIO] = [],
):
    await asyncio.to_thread(a.read)
    await asyncio.to_thread(b.read)
    if c is not None:
        await asyncio.to_thread(c.read)
    await asyncio.to_thread(d.write, b"")
    await asyncio.to_thread(e[0].read)


async def typing_names(a: TextIO, b: BinaryIO, c: IO[str], d: "Optional[IO[bytes]]"):
    await asyncio.to_thread(a.read)
    await asyncio.to_thread(b.write, b"")
    await asyncio.to_thread(c.readline)
    await asyncio.to_thread(d.read)
    for line in a:
        print(line)


class Writer:
    stream: io.TextIOWrapper

    def __init__(self, path):
        self.out = open(path, "w")
        self.maybe = None

    def reopen(self):
        self.maybe = open("x")

    async def write(self, text):
        await asyncio.to_thread(self.out.write, text)
        await asyncio.to_thread(self.out.flush)
        await asyncio.to_thread(self.stream.write, text)
        await asyncio.to_thread(self.maybe.read)

    def sync(self):
        self.out.write("x")


async def generator(path):
    with await asyncio.to_thread(open, path, "rb") as f:
        while chunk := await asyncio.to_thread(f.read, 1024):
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
    assert await asyncio.to_thread(Path(tmp_path / "x").read_text)
