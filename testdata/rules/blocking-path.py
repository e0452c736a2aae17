"""os.path and pathlib.Path where they touch the disk."""

import asyncio
import itertools
import os
import os.path
import os.path as osp
import pathlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import path
from os.path import exists, getsize as size
from pathlib import Path, PurePath
from pathlib import Path as SyncPath
from typing import Annotated, Any, Optional, Union

ROOT = Path(__file__).parent
CACHE: Path = ROOT / "cache"
SETTINGS = {"log": Path("log")}


# What must be found.


async def docs_of_flake8_async(p):
    os.path.exists(p)  # want `ASYNC240` "`os.path.exists\\(\\)` blocks the event loop; run it in a thread with `await asyncio.to_thread\\(\\)`"
    os.path.isfile(p), os.path.isdir(p), os.path.islink(p), os.path.ismount(p)  # want "isfile" "isdir" "islink" "ismount"
    os.path.getsize(p), os.path.getmtime(p), os.path.getatime(p), os.path.getctime(p)  # want "getsize" "getmtime" "getatime" "getctime"
    os.path.lexists(p), os.path.realpath(p), os.path.samefile(p, p)  # want "lexists" "realpath" "samefile"
    Path(p).exists()  # want `ASYNC240` "`Path\\(p\\).exists\\(\\)` \\(`pathlib.Path.exists`\\) blocks the event loop"
    Path(p).read_text(), Path(p).write_text("x")  # want "read_text" "write_text"


async def names(p):
    path.exists(p)  # want "`path.exists\\(\\)` \\(`os.path.exists`\\)"
    osp.exists(p)  # want "os.path.exists"
    exists(p)  # want "os.path.exists"
    size(p)  # want "os.path.getsize"
    pathlib.Path(p).stat()  # want "Path.stat"
    SyncPath(p).stat()  # want "Path.stat"
    pathlib.PosixPath(p).stat()  # want "stat"
    ROOT.exists()  # want "exists"
    CACHE.mkdir(parents=True, exist_ok=True)  # want "mkdir"
    SETTINGS["log"].touch()  # want "touch"


async def methods(p: Path):
    p.chmod(1), p.is_file(), p.is_dir(), p.is_symlink(), p.is_mount()  # want "chmod" "is_file" "is_dir" "is_symlink" "is_mount"
    p.mkdir(), p.rmdir(), p.unlink(), p.rename("x"), p.replace("x"), p.touch()  # want "mkdir" "rmdir" "unlink" "rename" "replace" "touch"
    p.read_bytes(), p.write_bytes(b""), p.read_text(), p.write_text("")  # want "read_bytes" "write_bytes" "read_text" "write_text"
    p.stat().st_size, p.lstat(), p.owner(), p.group(), p.samefile("x")  # want "[.]stat" "lstat" "owner" "group" "samefile"
    p.resolve(), p.readlink(), p.symlink_to("x"), p.hardlink_to("x")  # want "resolve" "readlink" "symlink_to" "hardlink_to"


async def chains(p: Path, name):
    (p / name).exists()  # want "exists"
    ("root" / p).exists()  # want "exists"
    p.parent.parent.mkdir()  # want "mkdir"
    p.with_suffix(".x").joinpath("y").unlink()  # want "unlink"
    p.parents[1].exists()  # want "exists"
    p.expanduser().absolute().exists()  # want "exists"
    Path.cwd().joinpath("x").is_file()  # want "is_file"
    Path.home().exists()  # want "exists"
    p.resolve().parent.exists()  # want "exists" "resolve"
    q = p
    q /= "x"
    q.exists()  # want "exists"
    if (w := p / "x").exists() and w.is_file():  # want "exists" "is_file"
        pass
    return [x.read_text() for x in p.parents if x.exists()]  # want "read_text" "exists"


async def iterated(p: Path, paths: list[Path]):
    for x in p.iterdir():  # want "iterdir"
        x.unlink()  # want "unlink"
    for x in sorted(p.glob("*")):  # want "glob"
        x.stat()  # want "stat"
    names = [x.name for x in p.rglob("*")]  # want "rglob"
    for x in paths:
        x.unlink()  # want "unlink"
    for i, x in enumerate(paths):
        x.unlink(), i  # want "unlink"
    for x, y in zip(paths, paths):
        x.rename(y)  # want "rename"
    files = list(p.iterdir())  # want "iterdir"
    newest = max(p.glob("*.log"), key=lambda x: x.stat().st_mtime)  # want "glob"
    next(p.iterdir()).exists()  # want "exists" "iterdir"
    for root, dirs, fs in p.walk():  # want "walk"
        (root / fs[0]).exists()  # want "exists"
        print(dirs)
    print(names, files, newest, any(x.is_file() for x in paths))  # want "is_file"
    text = "".join(x.read_text() for x in paths)  # want "read_text"
    print(text, sum((x.stat().st_size for x in paths), start=1).bit_length())  # want "stat"
    any(await asyncio.sleep(1, x) and x.exists() for x in paths)  # want "exists"
    later = p.iterdir()
    for x in later:  # want "`later` blocks the event loop at each step"
        x.touch()  # want "touch"


async def annotated(
    a: "Path",
    b: Optional[Path],
    c: Union[Path, None],
    d: "pathlib.Path | None",
    e: Annotated[Path, "x"],
    f: Sequence[Path],
    g: dict[str, Path],
    h: Iterable["Path"],
    i: Path = Path("x"),
    *paths: Path,
):
    a.exists(), b.exists(), c.exists(), d.exists(), e.exists(), f[0].exists()  # want "a.exists" "b.exists" "c.exists" "d.exists" "e.exists" "f.0..exists"
    g["x"].exists(), i.exists(), paths[0].exists()  # want "exists" "i.exists" "paths"
    for x in h:
        x.exists()  # want "exists"
    for k, v in g.items():
        v.exists(), k  # want "exists"


def typed() -> Path: ...


def untyped(name):
    if name:
        return ROOT / name
    return Path(name)


class Base:
    folder: Path = Path("x")

    def __init__(self, root: Union[str, Path], cache: "Path"):
        self.root = Path(root)
        self.cache, self.name = cache, "x"
        self.maybe = None

    def setup(self):
        self.maybe = self.root / "maybe"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def guessed(self):
        return self.root / "state"

    def where(self, name):
        return self.root.joinpath(name)

    async def run(self):
        self.root.exists()  # want "exists"
        self.cache.exists()  # want "exists"
        self.maybe.exists()  # want "exists"
        self.state.exists()  # want "exists"
        self.guessed.exists()  # want "exists"
        self.where("x").exists()  # want "exists"
        self.folder.exists()  # want "exists"
        typed().exists(), untyped("x").exists()  # want "exists" "exists"


@dataclass
class Job:
    path: Path
    other: "Optional[Path]" = None

    async def run(self):
        self.path.unlink(missing_ok=True)  # want "unlink"
        if self.other and self.other.exists():  # want "exists"
            pass


async def through(job: Job, base: Base):
    job.path.exists(), base.state.exists()  # want "exists" "exists"
    Job(Path("x")).path.exists()  # want "exists"


async def narrowed(p: Union[str, Path], q):
    if isinstance(p, Path):
        p.exists()  # want "exists"
    if isinstance(q, (Path, pathlib.PosixPath)):
        q.exists()  # want "exists"
    p = Path(p)
    p.exists()  # want "exists"
    q = Path(q) if isinstance(q, str) else Path("x")
    q.exists()  # want "exists"


# What must stay silent.


def sync(p: Path):
    return p.exists() and os.path.exists(p)


async def pure(p: Path, s: str):
    os.path.join("a", "b"), os.path.basename(s), os.path.dirname(s), os.path.split(s), os.path.splitext(s)
    os.path.isabs(s), os.path.normpath(s), os.path.commonpath([s]), os.path.abspath(s), os.path.expanduser(s)
    p.name, p.stem, p.suffix, p.parts, p.parent, p.as_posix(), p.is_absolute(), p.relative_to("x"), p.match("x")
    p.with_name("x"), p.with_suffix("x"), p.joinpath("x"), p / "x", str(p), Path.cwd(), p.expanduser(), p.absolute()
    s.replace("a", "b"), s.strip()
    PurePath("x").name


async def off_the_loop(p: Path, pool):
    await asyncio.to_thread(p.exists)
    await asyncio.to_thread(os.path.exists, p)
    await asyncio.to_thread(lambda: p.read_text())
    await asyncio.to_thread(sorted, p.iterdir())
    await asyncio.to_thread(list, (x.stat() for x in [p]))
    pool.submit(p.read_text)
    entries = p.iterdir()
    while batch := await asyncio.to_thread(list, entries):
        print(batch)
    return Query(p.glob("*"))


async def unknown(p, q: Any, os, r: "Missing"):
    p.exists()
    q.read_text()
    os.path.exists(p)
    r.exists()
    exists = len
    exists("x")


class Query:
    def exists(self): ...


async def own(q: Query, either: Union[Path, Query]):
    q.exists()
    either.exists()


async def test_writes(tmp_path: Path):
    (tmp_path / "x").write_text("x")  # want "write_text"


async def taken_whole(folder: Path):
    found = []
    found.extend(folder.rglob("*.py"))  # want "`folder.rglob..` .`pathlib.Path.rglob`. blocks"
    known = set()
    known.update(folder.iterdir())  # want "`folder.iterdir..` "
    list(itertools.islice(folder.glob("*"), 10))  # want "`folder.glob..` "
    found.append(folder.rglob("*.py"))
    return found, known
