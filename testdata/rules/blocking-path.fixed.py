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
    await asyncio.to_thread(os.path.exists, p)
    await asyncio.to_thread(os.path.isfile, p), await asyncio.to_thread(os.path.isdir, p), await asyncio.to_thread(os.path.islink, p), await asyncio.to_thread(os.path.ismount, p)
    await asyncio.to_thread(os.path.getsize, p), await asyncio.to_thread(os.path.getmtime, p), await asyncio.to_thread(os.path.getatime, p), await asyncio.to_thread(os.path.getctime, p)
    await asyncio.to_thread(os.path.lexists, p), await asyncio.to_thread(os.path.realpath, p), await asyncio.to_thread(os.path.samefile, p, p)
    await asyncio.to_thread(Path(p).exists)
    await asyncio.to_thread(Path(p).read_text), await asyncio.to_thread(Path(p).write_text, "x")


async def names(p):
    await asyncio.to_thread(path.exists, p)
    await asyncio.to_thread(osp.exists, p)
    await asyncio.to_thread(exists, p)
    await asyncio.to_thread(size, p)
    await asyncio.to_thread(pathlib.Path(p).stat)
    await asyncio.to_thread(SyncPath(p).stat)
    await asyncio.to_thread(pathlib.PosixPath(p).stat)
    await asyncio.to_thread(ROOT.exists)
    await asyncio.to_thread(CACHE.mkdir, parents=True, exist_ok=True)
    await asyncio.to_thread(SETTINGS["log"].touch)


async def methods(p: Path):
    await asyncio.to_thread(p.chmod, 1), await asyncio.to_thread(p.is_file), await asyncio.to_thread(p.is_dir), await asyncio.to_thread(p.is_symlink), await asyncio.to_thread(p.is_mount)
    await asyncio.to_thread(p.mkdir), await asyncio.to_thread(p.rmdir), await asyncio.to_thread(p.unlink), await asyncio.to_thread(p.rename, "x"), await asyncio.to_thread(p.replace, "x"), await asyncio.to_thread(p.touch)
    await asyncio.to_thread(p.read_bytes), await asyncio.to_thread(p.write_bytes, b""), await asyncio.to_thread(p.read_text), await asyncio.to_thread(p.write_text, "")
    (await asyncio.to_thread(p.stat)).st_size, await asyncio.to_thread(p.lstat), await asyncio.to_thread(p.owner), await asyncio.to_thread(p.group), await asyncio.to_thread(p.samefile, "x")
    await asyncio.to_thread(p.resolve), await asyncio.to_thread(p.readlink), await asyncio.to_thread(p.symlink_to, "x"), await asyncio.to_thread(p.hardlink_to, "x")


async def chains(p: Path, name):
    await asyncio.to_thread((p / name).exists)
    await asyncio.to_thread(("root" / p).exists)
    await asyncio.to_thread(p.parent.parent.mkdir)
    await asyncio.to_thread(p.with_suffix(".x").joinpath("y").unlink)
    await asyncio.to_thread(p.parents[1].exists)
    await asyncio.to_thread(p.expanduser().absolute().exists)
    await asyncio.to_thread(Path.cwd().joinpath("x").is_file)
    await asyncio.to_thread(Path.home().exists)
    (await asyncio.to_thread(p.resolve)).parent.exists()
    q = p
    q /= "x"
    await asyncio.to_thread(q.exists)
    if await asyncio.to_thread((w := p / "x").exists) and await asyncio.to_thread(w.is_file):
        pass
    return [await asyncio.to_thread(x.read_text) for x in p.parents if await asyncio.to_thread(x.exists)]


async def iterated(p: Path, paths: list[Path]):
    for x in await asyncio.to_thread(lambda: list(p.iterdir())):
        await asyncio.to_thread(x.unlink)
    for x in await asyncio.to_thread(lambda: sorted(p.glob("*"))):
        await asyncio.to_thread(x.stat)
    names = [x.name for x in await asyncio.to_thread(lambda: list(p.rglob("*")))]
    for x in paths:
        await asyncio.to_thread(x.unlink)
    for i, x in enumerate(paths):
        await asyncio.to_thread(x.unlink), i
    for x, y in zip(paths, paths):
        await asyncio.to_thread(x.rename, y)
    files = await asyncio.to_thread(lambda: list(p.iterdir()))
    newest = await asyncio.to_thread(lambda: max(p.glob("*.log"), key=lambda x: x.stat().st_mtime))
    await asyncio.to_thread(next(p.iterdir()).exists)
    for root, dirs, fs in p.walk():
        await asyncio.to_thread((root / fs[0]).exists)
        print(dirs)
    print(names, files, newest, await asyncio.to_thread(lambda: any(x.is_file() for x in paths)))
    text = await asyncio.to_thread(lambda: "".join(x.read_text() for x in paths))
    print(text, (await asyncio.to_thread(lambda: sum((x.stat().st_size for x in paths), start=1))).bit_length())
    any(await asyncio.sleep(1, x) and x.exists() for x in paths)
    later = p.iterdir()
    for x in later:
        await asyncio.to_thread(x.touch)


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
    await asyncio.to_thread(a.exists), await asyncio.to_thread(b.exists), await asyncio.to_thread(c.exists), await asyncio.to_thread(d.exists), await asyncio.to_thread(e.exists), await asyncio.to_thread(f[0].exists)
    await asyncio.to_thread(g["x"].exists), await asyncio.to_thread(i.exists), await asyncio.to_thread(paths[0].exists)
    for x in h:
        await asyncio.to_thread(x.exists)
    for k, v in g.items():
        await asyncio.to_thread(v.exists), k


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
        await asyncio.to_thread(self.root.exists)
        await asyncio.to_thread(self.cache.exists)
        await asyncio.to_thread(self.maybe.exists)
        await asyncio.to_thread(self.state.exists)
        await asyncio.to_thread(self.guessed.exists)
        await asyncio.to_thread(self.where("x").exists)
        await asyncio.to_thread(self.folder.exists)
        await asyncio.to_thread(typed().exists), await asyncio.to_thread(untyped("x").exists)


@dataclass
class Job:
    path: Path
    other: "Optional[Path]" = None

    async def run(self):
        await asyncio.to_thread(self.path.unlink, missing_ok=True)
        if self.other and await asyncio.to_thread(self.other.exists):
            pass


async def through(job: Job, base: Base):
    await asyncio.to_thread(job.path.exists), await asyncio.to_thread(base.state.exists)
    await asyncio.to_thread(Job(Path("x")).path.exists)


async def narrowed(p: Union[str, Path], q):
    if isinstance(p, Path):
        await asyncio.to_thread(p.exists)
    if isinstance(q, (Path, pathlib.PosixPath)):
        await asyncio.to_thread(q.exists)
    p = Path(p)
    await asyncio.to_thread(p.exists)
    q = Path(q) if isinstance(q, str) else Path("x")
    await asyncio.to_thread(q.exists)


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
    await asyncio.to_thread((tmp_path / "x").write_text, "x")


async def taken_whole(folder: Path):
    found = []
    found.extend(folder.rglob("*.py"))
    known = set()
    known.update(folder.iterdir())
    list(itertools.islice(folder.glob("*"), 10))
    found.append(folder.rglob("*.py"))
    return found, known
