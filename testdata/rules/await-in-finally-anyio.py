from anyio import CancelScope, get_cancelled_exc_class, move_on_after, sleep


async def plain():
    try:
        await sleep(1)
    finally:
        await sleep(1)  # want "raises `CancelledError` at once.*`move_on_after\\(..., shield=True\\)`"
        with CancelScope(shield=True):
            await sleep(1)


async def handler():
    try:
        await sleep(1)
    except get_cancelled_exc_class():
        await sleep(1)  # want "an await in the handler"
        raise
    with move_on_after(1):
        await sleep(1)


class Delegates:
    async def __aexit__(self, *exc):
        self.group.cancel_scope.cancel()
        return await self.group.__aexit__(*exc)


class Finishes:
    async def __aexit__(self, *exc):
        await self.finish()  # want "an await in `__aexit__`"
