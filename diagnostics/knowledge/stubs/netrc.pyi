class NetrcParseError(Exception):
    def __init__(self, msg: str, filename=None, lineno=None): ...
class netrc:
    hosts: dict[str, tuple[str, str | None, str | None]]
    macros: dict[str, list[str]]
    def __init__(self, file=None): ...  #: blocks AIO205
    def authenticators(self, host: str): ...
