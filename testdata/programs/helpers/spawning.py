import asyncio
import functools
import logging

tasks = set()


async def work():
    await asyncio.sleep(1)


def spawn(coro):
    """Start it."""
    return asyncio.create_task(coro)


def named(coro, name) -> asyncio.Task[None]:
    logging.debug("starts %s", name)
    task = asyncio.get_running_loop().create_task(coro)
    task.set_name(name)
    task.add_done_callback(print)
    return task


def ensured():
    return asyncio.ensure_future(work())


def again(coro):
    return spawn(coro)


def either(coro, name):
    if name:
        return named(coro, name)
    return spawn(coro)


def perhaps_future(coro):
    return asyncio.ensure_future(coro)


def kept(coro):
    task = asyncio.create_task(coro)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return task


def kept_by_callback(coro):
    task = asyncio.create_task(coro)
    asyncio.get_running_loop().call_later(9, task.cancel)
    return task


def kept_by_closure(coro):
    task = asyncio.create_task(coro)

    def end():
        task.cancel()

    asyncio.get_running_loop().call_later(9, end)
    return task


def kept_twice(coro):
    task = tasks_of_all = asyncio.create_task(coro)
    tasks.add(tasks_of_all)
    return task


def kept_as_well(coro):
    task = (other := asyncio.create_task(coro))
    tasks.add(other)
    return task


def kept_sometimes(coro, later):
    if later:
        return kept(coro)
    return asyncio.create_task(coro)


@functools.wraps(spawn)
def decorated(coro):
    return asyncio.create_task(coro)


async def coroutine():
    return asyncio.create_task(work())


class Jobs:
    def spawn(self, coro):
        return asyncio.create_task(coro)

    def __spawn(self, coro):
        return asyncio.create_task(coro)

    async def run(self):
        self.spawn(work())
        self.__spawn(work())  # want `ASYNC300` "nothing keeps the task that is given by `self.__spawn\\(\\)`"
        self.task = self.__spawn(work())
