import time


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
