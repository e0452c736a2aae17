import io
import time
from pathlib import Path


class Upload:
    def __init__(self, source, name=None, *, script: str | None = None):
        self.name = name
        self.script = script
        if isinstance(source, io.IOBase):
            self.data = source
        else:
            self.data = open(source, "rb")
        if self.script and not self.name:
            self.compile()

    def compile(self):
        time.sleep(1)  # related "`Upload.compile` blocks here"


def load(path=None):
    if path is None:
        return {}
    return Path(path).read_text()


def save(text, sync=False, mode="fast"):
    if sync:
        time.sleep(1)
    elif mode == "slow":
        time.sleep(1)
    return text


def save_all(texts, sync=False):
    for text in texts:
        save(text, sync)


def either(a=None, b=None):
    return a or Path(b).read_text()


def rebound(path=None):
    path = path or "default"
    if path:
        return Path(path).read_text()
    return ""
