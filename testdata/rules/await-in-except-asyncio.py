import asyncio


async def rolls_back(session):
    try:
        await asyncio.sleep(1)
    except ValueError:
        await session.rollback()
        raise
