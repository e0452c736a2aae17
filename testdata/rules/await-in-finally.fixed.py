import trio


async def f(*args):
    await trio.sleep(1)


async def plain(x, g):
    try:
        await f()
    finally:
        with trio.move_on_after(10, shield=True):
            await f()
        with trio.move_on_after(10):
            with trio.move_on_after(10, shield=True):
                await f()
        with trio.move_on_after(10, shield=False):
            with trio.move_on_after(10, shield=True):
                await f()
        async with x:
            pass
        async for y in x:
            print(y)
        try:
            print()
        except ValueError:
            with trio.move_on_after(10, shield=True):
                await f()
        with trio.move_on_after(10, shield=True):
            y = await f() if x else 1
        with trio.move_on_after(10, shield=True):
            await x.aclose(1)


async def in_handlers():
    try:
        await f()
    except trio.Cancelled:
        with trio.move_on_after(10, shield=True):
            await f()
        raise
    try:
        await f()
    except (ValueError, BaseException):
        with trio.move_on_after(10, shield=True):
            await f()
        raise
    try:
        await f()
    except:
        with trio.move_on_after(10, shield=True):
            await f()
        raise


class Manager:
    async def __aenter__(self):
        await f()

    async def __aexit__(self, *error):
        with trio.move_on_after(10, shield=True):
            await f()
        try:
            with trio.move_on_after(10, shield=True):
                await f()
        except ValueError:
            with trio.move_on_after(10, shield=True):
                await f()
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
        with trio.move_on_after(10, shield=True):
            await declared()
