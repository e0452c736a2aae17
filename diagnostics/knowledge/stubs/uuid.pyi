NAMESPACE_DNS: UUID
NAMESPACE_OID: UUID
NAMESPACE_URL: UUID
NAMESPACE_X500: UUID
class UUID:
    bytes: Any
    bytes_le: Any
    clock_seq: int
    fields: tuple[int, ...]
    hex: str
    int: Any
    node: Any
    urn: str
    variant: str
    version: Any
    def __init__(self, hex: str | None = None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *, is_safe=...): ...
def getnode() -> int: ...
def uuid1(node: int | None = None, clock_seq: int | None = None) -> UUID: ...
def uuid3(namespace: UUID, name) -> UUID: ...
def uuid4() -> UUID: ...
def uuid5(namespace: UUID, name) -> UUID: ...
def uuid6(node: int | None = None, clock_seq: int | None = None) -> UUID: ...  #: since 3.14
def uuid7() -> UUID: ...  #: since 3.14
def uuid8(a: int | None = None, b: int | None = None, c: int | None = None) -> UUID: ...  #: since 3.14
