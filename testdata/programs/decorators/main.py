import work


async def keeps():
    work.measured()  # want `AIO207` "`measured` calls `time.sleep\\(\\)`"
    work.cached()  # only once, which is worth knowing at most
    work.cached_too()
    work.cached_by_name("x")
    work.retried()  # want `AIO207` "`retried` calls"
    work.marked()  # want `AIO207` "`marked` calls"
    work.again()  # want `AIO207` "`again` calls"
    work.Tools.sharpen()  # want `AIO207` "`Tools.sharpen` calls"
    work.Tools.collect()  # want `AIO207` "2 calls down, where `Tools.sharpen`"
    work.Tools().sharpen()  # want `AIO207` "`Tools.sharpen` calls"
    work.Tools().weigh()
    with work.locked("x"):  # want `AIO207` "the `with` statement blocks the event loop: `locked` calls `time.sleep\\(\\)`"
        pass
    manager = work.locked("x")
    return manager


async def changes():
    await work.threaded()
    await work.executed()
    await work.started()
    work.never()
    await work.adapted()
    await work.adapted_too()
    work.mystery()


async def forgotten():
    work.threaded()  # want `AIO101` "never awaited"
    work.executed()  # want `AIO101` "never awaited"
