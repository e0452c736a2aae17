F_GETFD: int
F_GETFL: int
F_SETFD: int
F_SETFL: int
LOCK_EX: int
LOCK_NB: int
LOCK_SH: int
LOCK_UN: int
def fcntl(fd, cmd: int, arg=0, /): ...
def flock(fd, operation: int, /) -> None: ...  #: blocks AIO205; unless operation=fcntl.LOCK_EX | fcntl.LOCK_NB, operation=fcntl.LOCK_SH | fcntl.LOCK_NB, operation=LOCK_EX | LOCK_NB, operation=LOCK_SH | LOCK_NB, operation=fcntl.LOCK_UN, operation=LOCK_UN
def ioctl(fd, request: int, arg=0, mutate_flag: bool = True, /): ...
def lockf(fd, cmd: int, len: int = 0, start: int = 0, whence: int = 0, /): ...  #: blocks AIO205; unless cmd=fcntl.LOCK_EX | fcntl.LOCK_NB, cmd=fcntl.LOCK_SH | fcntl.LOCK_NB, cmd=LOCK_EX | LOCK_NB, cmd=LOCK_SH | LOCK_NB, cmd=fcntl.LOCK_UN, cmd=LOCK_UN
