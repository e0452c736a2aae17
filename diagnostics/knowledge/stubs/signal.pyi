SIGABRT: Signals
SIGALRM: Signals
SIGCHLD: Signals
SIGCONT: Signals
SIGHUP: Signals
SIGINT: Signals
SIGKILL: Signals
SIGPIPE: Signals
SIGQUIT: Signals
SIGSTOP: Signals
SIGTERM: Signals
SIGTSTP: Signals
SIGUSR1: Signals
SIGUSR2: Signals
SIGWINCH: Signals
SIG_DFL: Any
SIG_IGN: Any
SIG_BLOCK: Any
SIG_SETMASK: Any
SIG_UNBLOCK: Any
class Signals(enum.IntEnum):
    SIGINT: int
    SIGTERM: int
    SIGHUP: int
    SIGKILL: int
    SIGUSR1: int
    SIGUSR2: int
def alarm(seconds: int, /) -> int: ...
def default_int_handler(signalnum: int, frame, /) -> NoReturn: ...
def getitimer(which: int, /) -> tuple[float, float]: ...
def getsignal(signalnum: int): ...
def pause() -> None: ...  #: blocks AIO203; instead asyncio.get_running_loop().add_signal_handler
def pidfd_send_signal(pidfd: int, signalnum: int, siginfo=None, flags: int = 0, /) -> None: ...  #: since 3.9
def pthread_kill(thread_id: int, signalnum: int, /) -> None: ...
def pthread_sigmask(how: int, mask) -> set[Any]: ...
def raise_signal(signalnum: int, /) -> None: ...
def set_wakeup_fd(fd: int, /, *, warn_on_full_buffer: bool = True) -> int: ...
def setitimer(which: int, seconds: float, interval: float = 0.0, /) -> tuple[float, float]: ...
def siginterrupt(signalnum: int, flag: bool, /) -> None: ...
def signal(signalnum: int, handler): ...  #: calls handler
def sigpending() -> set[Any]: ...
def sigtimedwait(sigset, timeout: float, /): ...  #: blocks AIO203; unless timeout=0; instead asyncio.get_running_loop().add_signal_handler
def sigwait(sigset) -> Any: ...  #: blocks AIO203; instead asyncio.get_running_loop().add_signal_handler
def sigwaitinfo(sigset, /): ...  #: blocks AIO203; instead asyncio.get_running_loop().add_signal_handler
def strsignal(signalnum: int, /) -> str | None: ...
def valid_signals() -> set[Any]: ...
