from asyncio import TimeoutError, wait_for


async def imported(step):
    try:
        await wait_for(step(), 1)
    except TimeoutError:
        pass
