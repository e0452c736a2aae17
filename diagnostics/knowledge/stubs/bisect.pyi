def bisect(a, x, lo: int = 0, hi: int | None = None, *, key=None) -> int: ...  #: calls key
def bisect_left(a, x, lo: int = 0, hi: int | None = None, *, key=None) -> int: ...  #: calls key
def bisect_right(a, x, lo: int = 0, hi: int | None = None, *, key=None) -> int: ...  #: calls key
def insort(a, x, lo: int = 0, hi: int | None = None, *, key=None) -> None: ...  #: calls key
def insort_left(a, x, lo: int = 0, hi: int | None = None, *, key=None) -> None: ...  #: calls key
def insort_right(a, x, lo: int = 0, hi: int | None = None, *, key=None) -> None: ...  #: calls key
