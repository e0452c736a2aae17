from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


class Loaded:
    def __init__(self, path):
        self.path = Path(path)

    @property
    def text(self):
        return self.path.read_text()  # related "`Loaded.text` blocks here"

    @cached_property
    def lines(self):
        return self.text.splitlines()  # related "`Loaded.lines` calls `Loaded.text`"

    @property
    def name(self):
        return self.path.name


class Probe:
    def ping(self):
        import socket

        socket.create_connection(("localhost", 1))

    async def ready(self):
        return True


@dataclass
class Settings:
    loaded: Loaded
    probe: Probe = field(default_factory=Probe)
    title: str = ""
