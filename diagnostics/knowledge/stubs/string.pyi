ascii_letters: str
ascii_lowercase: str
ascii_uppercase: str
digits: str
hexdigits: str
octdigits: str
printable: str
punctuation: str
whitespace: str
def capwords(s: str, sep: str | None = None) -> str: ...
class Formatter:
    def format(self, format_string: str, /, *args, **kwargs) -> str: ...
    def vformat(self, format_string: str, args, kwargs) -> str: ...
class Template:
    template: str
    def __init__(self, template: str): ...
    def get_identifiers(self) -> list[str]: ...  #: since 3.11
    def is_valid(self) -> bool: ...  #: since 3.11
    def safe_substitute(self, mapping=..., /, **kws) -> str: ...
    def substitute(self, mapping=..., /, **kws) -> str: ...
