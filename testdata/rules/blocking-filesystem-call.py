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
    os.listdir(p)  # want `AIO205` "`os.listdir\\(\\)` blocks the event loop"
    listdir(p), delete(p)  # want "os.listdir" "os.remove"
    os.stat(p).st_size, os.lstat(p), os.access(p, os.R_OK)  # want "stat" "lstat" "access"
    os.remove(p), os.unlink(p), os.rename(p, p), os.replace(p, p), os.rmdir(p), os.removedirs(p)  # want "remove" "unlink" "rename" "replace" "rmdir" "removedirs"
    os.mkdir(p), os.makedirs(p, exist_ok=True), os.chmod(p, 1), os.symlink(p, p), os.link(p, p)  # want "mkdir" "makedirs" "chmod" "symlink" "link"
    os.open(p, os.O_RDONLY)  # want "os.open"
    os.fsync(1)  # want "fsync"
    for name in os.listdir(p):  # want "listdir"
        print(name)
    for root, dirs, files in os.walk(p):  # want "os.walk"
        print(root, dirs, files)
    with os.scandir(p) as entries:  # want "scandir"
        for e in entries:
            print(e.name)
    files = [f for f in os.listdir(p) if f.endswith(".py")]  # want "listdir"
    return sorted(os.listdir(p), key=len), files  # want "listdir"


async def with_others(p):
    shutil.copy(p, p), shutil.copytree(p, p), shutil.move(p, p), rmtree(p), shutil.rmtree(p, ignore_errors=True)  # want "copy" "copytree" "move" "rmtree" "rmtree"
    shutil.which("ls"), shutil.disk_usage(p), shutil.make_archive(p, "zip")  # want "which" "disk_usage" "make_archive"
    glob.glob("*"), sorted(glob.glob("*"))  # want "glob" "glob"
    for x in iglob("*"):  # want "iglob"
        print(x)
    importlib.import_module("x")  # want "import_module"
    import_module("x")  # want "import_module"
    with zipfile.ZipFile(p) as z:  # want "ZipFile"
        z.extractall("x")  # want "extractall"
        z.read("x")
    with ZipFile(p, "w") as z:  # want "ZipFile"
        z.write("x")  # want "write"
    with tarfile.open(p) as t:  # want "tarfile.open|TarFile.open"
        t.extractall()  # want "extractall"
    Image.open(p)  # want "PIL.Image.open"


class Cleaner:
    remove = True

    async def run(self, p):
        os.remove(p)  # want "remove"

    async def __aexit__(self, *exc):
        shutil.rmtree("x")  # want "rmtree"


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
    os.remove(p)  # want "remove"


async def load_extensions(bot):
    # Loading them reads and executes their files on the loop anyway: an Info.
    for name in os.listdir("cogs"):  # want "`os.listdir..` blocks"
        await bot.load_extension(f"cogs.{name}")
