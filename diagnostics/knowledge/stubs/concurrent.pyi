#: module concurrent.futures
FIRST_COMPLETED: str
FIRST_EXCEPTION: str
ALL_COMPLETED: str
TimeoutError = builtins.TimeoutError
class CancelledError(Exception): ...
class InvalidStateError(Exception): ...
class BrokenExecutor(RuntimeError): ...

def wait[T](fs: Iterable[Future[T]], timeout: float | None = None, return_when: str = "ALL_COMPLETED") -> concurrent.futures._base.DoneAndNotDoneFutures[T]: ...  #: blocks AIO203; unless timeout=0; instead asyncio.wait
def as_completed[T](fs: Iterable[Future[T]], timeout: float | None = None) -> Iterator[Future[T]]: ...  #: blocks AIO203; unless timeout=0; instead asyncio.as_completed

class Future[T]:
    def __init__(self): ...
    def add_done_callback(self, fn: Callable[[Future[T]], Any]) -> None: ...  #: offloads fn
    def cancel(self) -> bool: ...
    def cancelled(self) -> bool: ...
    def done(self) -> bool: ...
    def exception(self, timeout: float | None = None) -> BaseException | None: ...  #: blocks AIO203; unless timeout=0; instead asyncio.wrap_future
    def result(self, timeout: float | None = None) -> T: ...  #: blocks AIO203; unless timeout=0; instead asyncio.wrap_future
    def running(self) -> bool: ...
    def set_exception(self, exception) -> None: ...
    def set_result(self, result: T) -> None: ...
    def set_running_or_notify_cancel(self) -> bool: ...

class Executor:
    def __enter__(self) -> Self: ...
    def __exit__(self, exc_type, exc_val, exc_tb) -> bool | None: ...  #: blocks AIO203
    def map[T](self, fn: Callable[..., T], *iterables, timeout: float | None = None, chunksize: int = 1, buffersize: int | None = None) -> Iterator[T]: ...  #: offloads fn
    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None: ...  #: blocks AIO203; unless wait=False
    def submit[T](self, fn: Callable[..., T], /, *args, **kwargs) -> Future[T]: ...  #: offloads fn

class ThreadPoolExecutor(Executor):
    def __init__(self, max_workers: int | None = None, thread_name_prefix: str = "", initializer=None, initargs=(), **ctxkwargs): ...  #: offloads initializer; opens shutdown

class ProcessPoolExecutor(Executor):
    def __init__(self, max_workers: int | None = None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child: int | None = None): ...  #: offloads initializer; opens shutdown, kill_workers, terminate_workers
    def kill_workers(self) -> None: ...  #: since 3.14
    def terminate_workers(self) -> None: ...  #: since 3.14

class InterpreterPoolExecutor(ThreadPoolExecutor):
    def __init__(self, max_workers: int | None = None, thread_name_prefix: str = "", initializer=None, initargs=()): ...  #: offloads initializer; since 3.14; opens shutdown

#: module concurrent.futures.thread
from concurrent.futures import ThreadPoolExecutor
class BrokenThreadPool(concurrent.futures.BrokenExecutor): ...

#: module concurrent.futures.process
from concurrent.futures import ProcessPoolExecutor
class BrokenProcessPool(concurrent.futures.BrokenExecutor): ...

#: module concurrent.futures._base
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, InvalidStateError, TimeoutError
class DoneAndNotDoneFutures[T](tuple[set[Future[T]]]):
    done: set[Future[T]]
    not_done: set[Future[T]]
