from abc import abstractmethod
from typing import Protocol, overload

import anyio.abc
import trio


async def use(*args, **kw): ...


async def never(task_status):  # want "`never` never calls `task_status.started\\(\\)`, so whoever starts it with `start\\(\\)` gets RuntimeError"
    await use()


async def keyword(port, *, task_status=trio.TASK_STATUS_IGNORED):  # want "`keyword` never calls"
    while True:
        await use(port)


async def annotated(status: anyio.abc.TaskStatus[int] = anyio.TASK_STATUS_IGNORED):  # want "`annotated` never calls `status.started\\(\\)`"
    await use()


async def forgot_to_call(task_status: trio.TaskStatus):  # want "`forgot_to_call` never calls"
    task_status.started
    await use()


class Server:
    async def run(self, *, task_status):  # want "`run` never calls"
        await use(self)

    async def started(self, *, task_status):
        task_status.started()
        await use(self)

    @abstractmethod
    async def abstract(self, *, task_status):
        await use(self)

    @overload
    async def several(self, task_status: int): ...
    @overload
    async def several(self, task_status: str): ...
    async def several(self, task_status):
        task_status.started(1)


async def calls(task_status):
    if await use():
        task_status.started()


async def in_a_function(task_status):
    def ready():
        task_status.started()

    await use(ready)


async def hands_on(task_status):
    await use(task_status)


async def hands_on_by_name(*, task_status):
    await use(task_status=task_status)


async def keeps(task_status):
    use.status = task_status


async def hands_on_the_method(task_status):
    await use(task_status.started)


async def empty(task_status): ...


async def documented(task_status):
    """Does nothing."""


async def not_there(task_status):
    raise ImportError("not there")


class Startable(Protocol):
    async def __call__(self, *, task_status): ...


def plain(task_status):
    return 1


async def positional_only(task_status, /):
    await use()


async def other(status, **kw):
    await use()
