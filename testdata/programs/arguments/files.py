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


def secret(name: str):
    if name.startswith("env/"):
        name = name.replace("env/", "")
    if name.startswith("file/"):
        return open(name).read()
    if "@" in name:
        time.sleep(1)
    return name


def forward(name):
    return secret(name)


def flagged(url, project=None):
    explicit = project is not None
    if explicit:
        return open(url).read()
    return url


def outer(url, project=None):
    return flagged(url, project=project)


def shout(content):
    if isinstance(content, str):
        content = content.upper()
    elif isinstance(content, Path):
        content = content.read_text()
    return content


def looped(name):
    while True:
        if name == "b":
            time.sleep(1)
        name = "b"
