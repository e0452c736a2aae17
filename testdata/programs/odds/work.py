import functools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

_index = None
_cache = {}


def rare(kind, path, force, quiet):
    if force and path and not quiet:
        if kind == "b":
            time.sleep(1)
    return kind


def one_of_many(kind, path):
    if kind == "a":
        return 1
    elif kind == "b":
        return 2
    elif kind == "c":
        return 3
    elif kind == "d":
        return Path(path).read_text()
    else:
        raise ValueError(kind)


def one_of_two(kind, path):
    if kind == "a":
        return Path(path).read_text()
    return ""


def fails(path):
    if not path:
        raise ValueError(path)
    if path is None:
        return None
    if path == "x":
        return ""
    return Path(path).read_text()


def checked(path):
    if path:
        return Path(path).read_text()
    else:
        raise ValueError(path)


def matched(kind, path):
    match kind:
        case "a":
            return 1
        case "b":
            return 2
        case "c":
            return 3
        case _:
            return Path(path).read_text()


def after_others(kind, path):
    if kind.a:
        return kind.a
    if kind.b:
        return kind.b
    if kind.c:
        return kind.c
    if kind.d:
        return kind.d
    return Path(path).read_text()


def on_error(path):
    try:
        return path.name
    except AttributeError:
        if path.retry:
            time.sleep(1)


def on_second_error(path):
    try:
        return path.name
    except AttributeError:
        try:
            return path.stem
        except AttributeError:
            return Path(path).read_text()


def index():
    global _index
    if _index is None:
        _index = subprocess.run(["ls"]).stdout
    return _index


def item(key):
    if key in _cache:
        return _cache[key]
    _cache[key] = subprocess.run(["ls", key]).stdout
    return _cache[key]


@functools.cache
def version():
    return Path("version").read_text()


_settings = None


def settings(again=False):
    global _settings
    if _settings and not again:
        return _settings
    _settings = Path("settings").read_text()
    return _settings


def exists(path):
    return os.path.exists(path)


def exists_1(path):
    return exists(path)


def exists_2(path):
    return exists_1(path)


def makes(path):
    os.mkdir(path)


def makes_1(path):
    makes(path)


def makes_2(path):
    makes_1(path)


def makes_3(path):
    makes_2(path)


def exists_if(path, sure, certain):
    if sure and certain:
        return exists(path)
    return False


def tree_if(path, sure, certain):
    if sure and certain:
        shutil.rmtree(path)


def tree_3(path, sure, certain):
    tree_if(path, sure, certain)


def tree_2(path, sure, certain):
    tree_3(path, sure, certain)


def tree_1(path, sure, certain):
    tree_2(path, sure, certain)


def tree_0(path, sure, certain):
    if sure:
        tree_1(path, sure, certain)


class Lazy:
    def __init__(self):
        self._conn = None
        self._seen = {}

    def conn(self):
        if self._conn is None:
            self._conn = subprocess.run(["ls"])
        return self._conn

    def conn_again(self):
        if not self._conn and self.wanted and self.needed:
            self._conn = subprocess.run(["ls"])
        return self._conn

    def wanted(self):
        return True

    def needed(self):
        return True


def reads_or_sleeps(path, flag):
    if flag:
        time.sleep(1)
    exists(path)
    text(path)


def text(path):
    return Path(path).read_text()


class Log:
    def __init__(self, path):
        self.path = path

    def debug(self, text):
        self._write(text)

    def info(self, text):
        self._write(text)

    def warning(self, text):
        self._write(text)

    def error(self, text):
        self._write(text)

    def error_status(self, text):
        self._write(text)

    def rotate(self):
        self._write("")

    def _write(self, text):
        with open(self.path, "a") as f:
            f.write(text)


def logs(log: Log):
    log.info("x")


def logs_and_reads(log: Log):
    log.info("x")
    text_of_text("x")


def text_of_text(path):
    return text(path)


def on_windows(path):
    if sys.platform == "win32":
        subprocess.run(["dir", path])


def not_elsewhere(path):
    if sys.platform != "win32":
        return
    subprocess.run(["dir", path])


def on_both(path):
    if sys.platform == "win32":
        subprocess.run(["dir", path])
    else:
        subprocess.run(["ls", path])


def repeats(path, times=1):
    for _ in range(times):
        text(path)
