from anyio import CancelScope, create_task_group, get_cancelled_exc_class, move_on_after, sleep


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


async def by_name(connection):
    try:
        await sleep(1)
    finally:
        scope = CancelScope(shield=True)
        with scope:
            await connection.end()
        other = CancelScope()
        with other:
            with move_on_after(10, shield=True):
                await connection.end()


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
        async with create_task_group() as group:
            group.start_soon(connection.end)
            group.start_soon(connection.log)
