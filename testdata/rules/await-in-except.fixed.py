import anyio
import anyio.abc


async def f(*args):
    await anyio.sleep(1)


async def raises(x):
    try:
        await f()
    except ValueError:
        with anyio.move_on_after(10, shield=True):
            await f()
        raise
    except OSError:
        if x:
            with anyio.move_on_after(10, shield=True):
                await f()
        raise RuntimeError from None
    except KeyError:
        async with x:
            pass
        try:
            with anyio.move_on_after(10, shield=True):
                await f()
        except TypeError:
            print("x")
        if x:
            raise
    except Exception as e:
        with anyio.move_on_after(5):
            with anyio.move_on_after(10, shield=True):
                await f(e)
        raise e


# What is right.


async def does_not_raise(x):
    try:
        await f()
    except ValueError:
        await f()
    except OSError:
        if x:
            raise
        await f()
    except KeyError:
        with anyio.CancelScope(shield=True):
            await f()
        raise
    except TypeError:
        await x.aclose()
        raise
    except LookupError:
        try:
            await f()
        except ValueError:
            raise
    except AttributeError:
        await f()

        def g():
            raise ValueError

        g()
    else:
        await f()
        raise ValueError


async def behind(x):
    error = None
    try:
        await f()
    except ValueError as e:
        error = e
    if error:
        await f()
        raise error


async def another_rule(x):
    try:
        await f()
    except BaseException:
        await f()
        raise
    try:
        await f()
    finally:
        try:
            await f()
        except ValueError:
            await f()
            raise
