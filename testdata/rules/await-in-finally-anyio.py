from anyio import CancelScope, create_task_group, get_cancelled_exc_class, move_on_after, sleep


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


async def by_name(connection):
    try:
        await sleep(1)
    finally:
        scope = CancelScope(shield=True)
        with scope:
            await connection.end()
        other = CancelScope()
        with other:
            await connection.end()  # want "an await in `finally`"


async def group_of_its_own(connection):
    try:
        await sleep(1)
    finally:
        async with create_task_group() as group:
            group.cancel_scope.shield = True
            group.start_soon(connection.end)
            group.start_soon(connection.log)


async def group_of_no_shield(connection):
    try:
        await sleep(1)
    finally:
        async with create_task_group() as group:  # want "an await in `finally`"
            group.start_soon(connection.end)
            group.start_soon(connection.log)
