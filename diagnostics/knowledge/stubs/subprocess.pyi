PIPE: int
STDOUT: int
DEVNULL: int

#: default blocks ASYNC221; instead asyncio.create_subprocess_exec
def call(*popenargs, timeout: float | None = None, **kwargs) -> int: ...
def check_call(*popenargs, **kwargs) -> int: ...
def check_output(*popenargs, timeout: float | None = None, **kwargs): ...
def getoutput(cmd, *, encoding: str | None = None, errors: str | None = None) -> str: ...  #: blocks ASYNC221; instead asyncio.create_subprocess_shell
def getstatusoutput(cmd, *, encoding: str | None = None, errors: str | None = None) -> tuple[int, str]: ...  #: blocks ASYNC221; instead asyncio.create_subprocess_shell
def run(*popenargs, input=None, capture_output: bool = False, timeout: float | None = None, check: bool = False, **kwargs) -> CompletedProcess: ...
#: default
def list2cmdline(seq) -> str: ...

class SubprocessError(Exception): ...
class CalledProcessError(SubprocessError):
    returncode: int
    cmd: Any
    output: Any
    stdout: Any
    stderr: Any
    def __init__(self, returncode: int, cmd, output=None, stderr=None): ...
class TimeoutExpired(SubprocessError):
    cmd: Any
    timeout: float
    output: Any
    stdout: Any
    stderr: Any
    def __init__(self, cmd, timeout: float, output=None, stderr=None): ...

class CompletedProcess:
    args: Any
    returncode: int
    stdout: Any
    stderr: Any
    def __init__(self, args, returncode: int, stdout=None, stderr=None): ...
    def check_returncode(self) -> None: ...

class Popen:
    args: Any
    stdin: io.BufferedWriter | None
    stdout: io.BufferedReader | None
    stderr: io.BufferedReader | None
    pid: int
    returncode: int | None
    universal_newlines: bool | None
    def __init__(self, args, bufsize: int = -1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds: bool = True, shell: bool = False, cwd=None, env=None, universal_newlines: bool | None = None, startupinfo=None, creationflags: int = 0, restore_signals: bool = True, start_new_session: bool = False, pass_fds=(), *, user=None, group=None, extra_groups=None, encoding: str | None = None, errors: str | None = None, text: bool | None = None, umask: int = -1, pipesize: int = -1, process_group: int | None = None): ...  #: blocks ASYNC220; instead asyncio.create_subprocess_exec
    def __enter__(self) -> Self: ...
    def __exit__(self, exc_type, value, traceback) -> None: ...
    def communicate(self, input=None, timeout: float | None = None) -> tuple[Any, Any]: ...  #: blocks ASYNC222; instead asyncio.subprocess.Process.communicate
    def kill(self) -> None: ...
    def poll(self) -> int | None: ...
    def send_signal(self, sig: int) -> None: ...
    def terminate(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...  #: blocks ASYNC222; unless timeout=0; instead asyncio.subprocess.Process.wait
