"""Calls that read or change the file system, other than files and paths."""

import asyncio
import glob
import importlib
import os
import shutil
import tarfile
import zipfile
from glob import iglob
from importlib import import_module
from os import listdir, remove as delete
from shutil import rmtree
from zipfile import ZipFile

from PIL import Image
from io import BytesIO


# What must be found.


async def with_os(p):
    await asyncio.to_thread(os.listdir, p)
    await asyncio.to_thread(listdir, p), await asyncio.to_thread(delete, p)
    (await asyncio.to_thread(os.stat, p)).st_size, await asyncio.to_thread(os.lstat, p), await asyncio.to_thread(os.access, p, os.R_OK)
    await asyncio.to_thread(os.remove, p), await asyncio.to_thread(os.unlink, p), await asyncio.to_thread(os.rename, p, p), await asyncio.to_thread(os.replace, p, p), await asyncio.to_thread(os.rmdir, p), await asyncio.to_thread(os.removedirs, p)
    await asyncio.to_thread(os.mkdir, p), await asyncio.to_thread(os.makedirs, p, exist_ok=True), await asyncio.to_thread(os.chmod, p, 1), await asyncio.to_thread(os.symlink, p, p), await asyncio.to_thread(os.link, p, p)
    await asyncio.to_thread(os.open, p, os.O_RDONLY)
    await asyncio.to_thread(os.fsync, 1)
    for name in await asyncio.to_thread(os.listdir, p):
        print(name)
    for root, dirs, files in os.walk(p):
        print(root, dirs, files)
    with await asyncio.to_thread(os.scandir, p) as entries:
        for e in entries:
            print(e.name)
    files = [f for f in await asyncio.to_thread(os.listdir, p) if f.endswith(".py")]
    return sorted(await asyncio.to_thread(os.listdir, p), key=len), files


async def with_others(p):
    await asyncio.to_thread(shutil.copy, p, p), await asyncio.to_thread(shutil.copytree, p, p), await asyncio.to_thread(shutil.move, p, p), await asyncio.to_thread(rmtree, p), await asyncio.to_thread(shutil.rmtree, p, ignore_errors=True)
    await asyncio.to_thread(shutil.which, "ls"), await asyncio.to_thread(shutil.disk_usage, p), await asyncio.to_thread(shutil.make_archive, p, "zip")
    await asyncio.to_thread(glob.glob, "*"), sorted(await asyncio.to_thread(glob.glob, "*"))
    for x in await asyncio.to_thread(lambda: list(iglob("*"))):
        print(x)
    await asyncio.to_thread(importlib.import_module, "x")
    await asyncio.to_thread(import_module, "x")
    with await asyncio.to_thread(zipfile.ZipFile, p) as z:
        await asyncio.to_thread(z.extractall, "x")
        z.read("x")
    with await asyncio.to_thread(ZipFile, p, "w") as z:
        await asyncio.to_thread(z.write, "x")
    with await asyncio.to_thread(tarfile.open, p) as t:
        await asyncio.to_thread(t.extractall)
    await asyncio.to_thread(Image.open, p)


class Cleaner:
    remove = True

    async def run(self, p):
        await asyncio.to_thread(os.remove, p)

    async def __aexit__(self, *exc):
        await asyncio.to_thread(shutil.rmtree, "x")


# What must stay silent.


def sync(p):
    os.remove(p)


async def pure(p):
    os.getcwd(), os.environ["x"], os.getenv("x"), os.getpid(), os.cpu_count(), os.urandom(3), os.sep
    os.fspath(p), os.fsencode(p), os.get_terminal_size()
    os.close(3), os.kill(1, 2), os.getuid()
    glob.escape("x")
    Image.open(BytesIO(b"x"))
    Image.open(fp=BytesIO(b"x"))
    with ZipFile(BytesIO(b"x")) as z, tarfile.open(fileobj=BytesIO(b"x")) as t:
        z.read("x"), t.getmembers()
    import json

    return json


async def off_the_loop(p, pool):
    await asyncio.to_thread(os.listdir, p)
    await asyncio.to_thread(list, os.walk(p))
    await asyncio.to_thread(shutil.rmtree, p, ignore_errors=True)
    await asyncio.to_thread(lambda: [os.stat(x) for x in os.listdir(p)])
    pool.submit(os.remove, p)


async def unknown(os, shutil, glob, p):
    os.listdir(p)
    shutil.rmtree(p)
    glob.glob(p)


async def test_cleans(p):
    await asyncio.to_thread(os.remove, p)


async def load_extensions(bot):
    # Loading them reads and executes their files on the loop anyway: an Info.
    for name in await asyncio.to_thread(os.listdir, "cogs"):
        await bot.load_extension(f"cogs.{name}")
