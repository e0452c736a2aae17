import time
from pathlib import Path


class Job:
    def __init__(self, name, path=None, retries: int = 0, *, slow=False):
        self.name = name
        self.path = path
        self.retries = retries
        self.slow = slow
        self.moved = path
        self.changed = path
        if self.path:
            self._load()
        self._check()

    def _load(self):
        time.sleep(1)

    def _check(self):
        if self.slow:
            time.sleep(1)

    def save(self):
        if self.path is not None:
            self._write()

    def _write(self):
        time.sleep(1)

    def again(self):
        self._again()

    def _again(self):
        if not self.path:
            return
        time.sleep(1)

    def move(self, path):
        self.moved = path

    def use(self):
        if self.moved:
            time.sleep(1)

    def assigned(self):
        self.changed = "x"
        if self.changed:
            time.sleep(1)


class Quick(Job):
    def save_all(self):
        self.save()
        super().save()


plain = Job("a")
stored = Job("a", "path")
perhaps = Job("a", path=None)
hidden = Job("a", *[None])
quick = Quick("a")


class Folder:
    def __init__(self, path=None, **options):
        self.path = Path(path) if path else None
        self.name = path or None
        if self.path:
            self._load()
        filter = options.get("filter")
        if filter is not None:
            self._filter(filter)

    def _load(self):
        time.sleep(1)

    def _filter(self, filter):
        time.sleep(1)

    def list(self):
        if self.path:
            time.sleep(1)

    def rename(self):
        if self.name:
            time.sleep(1)


def rebinds(path=None):
    path = path or "x"
    copy = path
    if copy:
        time.sleep(1)


def renames(path=None):
    copy = path or None
    if copy:
        time.sleep(1)


def options(**options: str):
    path = options.get("path")
    if path:
        time.sleep(1)
    if options.get("other", "x"):
        text = options.get("text")
        if text:
            time.sleep(1)
