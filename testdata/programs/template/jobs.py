import subprocess
import time

from base import Job, Report


class Slow(Job):
    def work(self):
        time.sleep(1)  # related "`Slow.work` blocks here"


class Quick(Job):
    def work(self):
        return None


class QuickReport(Report):
    def render(self):
        return ""


class Prepared(Quick):
    def before(self):
        super().before()
        subprocess.run(["true"])


class Computed(Quick):
    @property
    def result(self):
        with open("result") as f:
            return f.read()
