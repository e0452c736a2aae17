import time
from pathlib import Path
from typing import Optional, Union


class Upload:
    pass


class Remote(Upload):
    pass


def send(source, name=None):
    if isinstance(source, Upload):
        return attach(source)
    if name is None:
        return None
    return attach(Path(name))


def attach(source):
    return measure(source)


def measure(source):
    return weigh(source)


def weigh(source):
    if isinstance(source, (str, Path)):
        time.sleep(1)
    return 0


def loads(path: Optional[str] = None):
    source: Union[str, None] = path
    if source is not None:
        time.sleep(1)


def rebound(path=None):
    source = path
    source = source or "x"
    if source is not None:
        time.sleep(1)


def optional(path):
    if path is None:
        time.sleep(1)


def opens(kind: type):
    if kind is None:
        return
    time.sleep(1)


def copied(content):
    source: Union[str, Path, tuple, bytes, None] = content
    if isinstance(source, tuple):
        source = source[1]
    if isinstance(source, Path):
        time.sleep(1)


def copied_twice(content):
    source = content
    if isinstance(source, bytes):
        source = Path("x")
    if isinstance(source, Path):
        time.sleep(1)
