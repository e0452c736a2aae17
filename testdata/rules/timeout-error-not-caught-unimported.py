from asyncio import wait_for


async def imported(step):
    try:
        await wait_for(step(), 1)
    except TimeoutError:  # want "`wait_for\\(\\)` raises"
        pass
