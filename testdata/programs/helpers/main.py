import spawning
from spawning import again, either, ensured, named, spawn, work


async def main(unknown):
    spawn(work())  # want `ASYNC300` "nothing keeps the task that is given by `spawn\\(\\)`"
    spawning.spawn(work())  # want `ASYNC300` "`spawning.spawn\\(\\)`"
    named(work(), "x")  # want `ASYNC300` "`named\\(\\)`"
    ensured()  # want `ASYNC300` "`ensured\\(\\)`"
    again(work())  # want `ASYNC300` "`again\\(\\)`"
    either(work(), "x")  # want `ASYNC300` "`either\\(\\)`"
    task = spawn(work())
    await task
    await spawn(work())
    unknown(spawn(work()))
    spawning.perhaps_future(work())
    spawning.kept(work())
    spawning.kept_by_callback(work())
    spawning.kept_by_closure(work())
    spawning.kept_twice(work())
    spawning.kept_as_well(work())
    spawning.kept_sometimes(work(), unknown)
    spawning.decorated(work())
    await spawning.coroutine()

    def local(coro):
        return spawn(coro)

    local(work())  # want `ASYNC300` "`local\\(\\)`"
    return spawn(work())


def starts():
    spawn(work())  # want `ASYNC300` "`spawn\\(\\)`"
