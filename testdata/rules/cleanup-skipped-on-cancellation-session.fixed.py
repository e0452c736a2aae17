"""A session of SQLAlchemy rolls back when it is closed, whoever does that."""

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

Session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))


async def session():
    async with Session() as s:
        yield s


async def lent(s: AsyncSession):
    try:
        await s.commit()
    except Exception:
        await s.rollback()
        raise


async def lent_by_fastapi(s=Depends(session)):
    try:
        await s.commit()
    except Exception as e:
        await s.rollback()
        raise RuntimeError from e


class Repository:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def save(self, obj):
        try:
            self.session.add(obj)
            await self.session.commit()
        except Exception:
            await self.session.rollback()
            raise


async def unknown(transaction):
    try:
        await transaction.run()
    except BaseException:
        await transaction.rollback()
        raise
