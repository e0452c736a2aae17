from sqlalchemy.engine import create_engine, Engine
from sqlmodel.orm.session import Session
#: module sqlmodel.orm.session
class Session(sqlalchemy.orm.session.Session):
    def exec(self, statement, **kw): ...  #: blocks AIO201; instead sqlmodel.ext.asyncio.session.AsyncSession
    def query(self, *entities, **kwargs) -> sqlalchemy.orm.query.Query: ...
#: module sqlmodel.ext.asyncio.session
class AsyncSession(sqlalchemy.ext.asyncio.session.AsyncSession):
    async def exec(self, statement, **kw): ...
