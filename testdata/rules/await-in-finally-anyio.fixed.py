from anyio import CancelScope, get_cancelled_exc_class, move_on_after, sleep


async def plain():
    try:
        await sleep(1)
    finally:
        with move_on_after(10, shield=True):
            await sleep(1)
        with CancelScope(shield=True):
            await sleep(1)


async def handler():
    try:
        await sleep(1)
    except get_cancelled_exc_class():
        with move_on_after(10, shield=True):
            await sleep(1)
        raise
    with move_on_after(1):
        await sleep(1)


class Delegates:
    async def __aexit__(self, *exc):
        self.group.cancel_scope.cancel()
        return await self.group.__aexit__(*exc)


class Finishes:
    async def __aexit__(self, *exc):
        with move_on_after(10, shield=True):
            await self.finish()
