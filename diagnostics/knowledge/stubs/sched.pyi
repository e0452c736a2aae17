class Event(tuple[Any]):
    time: Any
    priority: Any
    sequence: int
    action: Any
    argument: tuple[Any, ...]
    kwargs: dict[str, Any]
class scheduler:
    def __init__(self, timefunc=..., delayfunc=...): ...
    def cancel(self, event: Event) -> None: ...
    def empty(self) -> bool: ...
    def enter(self, delay: float, priority, action, argument=(), kwargs=...) -> Event: ...  #: calls action
    def enterabs(self, time, priority, action, argument=(), kwargs=...) -> Event: ...  #: calls action
    @property
    def queue(self) -> list[Event]: ...
    def run(self, blocking: bool = True) -> float | None: ...  #: blocks ASYNC251; unless blocking=False; instead asyncio.get_running_loop().call_later
