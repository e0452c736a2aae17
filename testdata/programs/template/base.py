from abc import ABC, abstractmethod


class Job(ABC):
    def run(self):
        self.before()
        self.work()
        return self.result

    def before(self):
        return None

    @abstractmethod
    def work(self): ...

    @property
    def result(self):
        return None

    @classmethod
    def create(cls):
        return cls()


class Report(Job):
    def work(self):
        self.render()

    def render(self):
        with open("report") as f:
            return f.read()
