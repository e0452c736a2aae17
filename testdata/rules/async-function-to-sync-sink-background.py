"""Background tasks take plain functions and coroutine functions, but no coroutines."""

from functools import partial

from starlette.background import BackgroundTask, BackgroundTasks


async def work(n=1):
    print(n)


def plain():
    return print


async def respond(tasks: BackgroundTasks):
    tasks.add_task(work, 2)
    tasks.add_task(plain)
    tasks.add_task(plain())
    tasks.add_task(partial(work, 2))
    tasks.add_task(lambda: work())
    tasks.add_task(work())  # want "`work\\(\\)` is a coroutine, but `tasks.add_task\\(\\)` needs a function to call"
    BackgroundTask(work, n=3)
    BackgroundTask(work(3))  # want "`work\\(\\)` is a coroutine"
