import trio


async def f(*args):
    await trio.sleep(1)


async def plain(x, g):
    try:
        await f()
    finally:
        await f()  # want `ASYNC102` "an await in `finally` raises `trio.Cancelled` at once when the task is cancelled, and cuts the cleanup short; shield it with `trio.move_on_after\\(..., shield=True\\)`"
        with trio.move_on_after(10):
            await f()  # want "an await in `finally`"
        with trio.move_on_after(10, shield=False):
            await f()  # want "an await in `finally`"
        async with x:  # want "an await in `finally`"
            pass
        async for y in x:  # want "an await in `finally`"
            print(y)
        try:
            print()
        except ValueError:
            await f()  # want "an await in `finally`"
        y = await f() if x else 1  # want "an await in `finally`"
        await x.aclose(1)  # want "an await in `finally`"


async def in_handlers():
    try:
        await f()
    except trio.Cancelled:
        await f()  # want "an await in the handler of a cancellation raises"
        raise
    try:
        await f()
    except (ValueError, BaseException):
        await f()  # want "an await in the handler"
        raise
    try:
        await f()
    except:
        await f()  # want "an await in the handler"
        raise


class Manager:
    async def __aenter__(self):
        await f()

    async def __aexit__(self, *error):
        await f()  # want "an await in `__aexit__` raises"
        try:
            await f()  # want "an await in `__aexit__`"
        except ValueError:
            await f()  # want "an await in `__aexit__`"
        with trio.CancelScope(shield=True):
            await f()


# What is right.


async def shielded(x):
    try:
        await f()
    finally:
        with trio.move_on_after(10, shield=True):
            await f()
        with trio.CancelScope(shield=True, deadline=5):
            await f()
        with trio.fail_after(10) as scope:
            scope.shield = True
            await f()
        with open("x"), trio.CancelScope(shield=True):
            async with x:
                await f()
        await x.aclose()
        await trio.aclose_forcefully(x)
        await x.close_shielded()

        async def g():
            await f()

        x.register(g, lambda: f())
    with trio.CancelScope(shield=True):
        try:
            await f()
        finally:
            await f()


async def close_all(streams):
    for s in streams:
        await s.aclose()
    with trio.CancelScope(shield=True):
        await f()


async def by_a_function(streams, g):
    try:
        await f()
    finally:
        await close_all(streams)
        await g(streams, shield=True)


async def shields_the_scope(group):
    try:
        await f()
    finally:
        group.cancel_scope.shield = True
        await f()


async def other_clauses():
    try:
        await f()
    except ValueError:
        await f()
    except trio.Cancelled:
        raise
    except BaseException:
        await f()
    else:
        await f()


def sync():
    try:
        print()
    finally:
        print()


async def declared(): ...


async def declared_elsewhere():
    try:
        await f()
    finally:
        await declared()  # want "an await in `finally`"
