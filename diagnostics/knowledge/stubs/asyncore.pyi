# Removed in 3.12.
def close_all(map=None, ignore_all: bool = False) -> None: ...  #: deprecated 3.6; removed 3.12
def loop(timeout: float = 30.0, use_poll: bool = False, map=None, count: int | None = None) -> None: ...  #: blocks AIO202; deprecated 3.6; removed 3.12; instead asyncio
