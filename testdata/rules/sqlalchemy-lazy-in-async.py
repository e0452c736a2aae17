from sqlalchemy import Column, ForeignKey, Integer, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


class Post(Base):
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("user.id"))


class User(Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column()
    email: Mapped[str]
    posts: Mapped[list[Post]] = relationship(back_populates="user")
    eager: Mapped[list[Post]] = relationship(lazy="selectin")
    kind = "user"

    def greet(self):
        return self.name


engine = create_async_engine("postgresql+asyncpg://localhost/app")
Session = async_sessionmaker(engine)
Keeping = async_sessionmaker(engine, expire_on_commit=False)


async def lazy(session: AsyncSession, pk: int):
    user = await session.get(User, pk)
    print(user.posts)  # want "reading `user.posts` loads it lazily, which raises `MissingGreenlet` in a coroutine; load it with the query, `options\\(selectinload\\(User.posts\\)\\)`"
    one = (await session.execute(select(User).where(User.id == pk))).scalar_one()
    print(len(one.posts))  # want "reading `one.posts`"
    stmt = select(User).order_by(User.id)
    first = await session.scalar(stmt)
    print(first.posts)  # want "reading `first.posts`"
    for each in (await session.scalars(select(User))).all():
        print(each.posts, each.name)  # want "reading `each.posts`"


async def committed(pk: int):
    async with Session() as session:
        user = User(name="x")
        session.add(user)
        await session.commit()
        print(user.name)  # want "reading `user.name` after the commit, which expired it, raises `MissingGreenlet`"
        if pk:
            return user.id  # want "reading `user.id` after the commit"
        print(user.greet(), user.kind)
        print(user.email)  # want "reading `user.email` after the commit"
    async with AsyncSession(engine) as other:
        loaded = await other.get(User, pk)
        loaded.name = "y"
        await other.commit()
        return loaded.name  # want "reading `loaded.name` after the commit"


# What follows is silent.


async def fine(session: AsyncSession, pk: int):
    user = await session.get(User, pk, options=[selectinload(User.posts)])
    print(user.posts, user.name)
    plain = await session.get(User, pk)
    print(plain.eager, plain.name, plain.id)
    stmt = select(User).options(selectinload(User.posts))
    one = (await session.scalars(stmt)).first()
    print(one.posts)
    print(await plain.awaitable_attrs.posts)
    row = (await session.execute(select(User, Post))).first()
    print(row.posts)
    plain.name = "z"
    # The session is given: it may keep what it commits.
    await session.commit()
    return plain.name


async def keeping():
    async with Keeping() as session:
        user = User(name="x")
        session.add(user)
        await session.commit()
        return user.id


async def refreshed():
    async with Session() as session:
        user = User(name="x")
        session.add(user)
        await session.commit()
        await session.refresh(user)
        return user.id


async def before():
    async with Session() as session:
        user = User(name="x")
        session.add(user)
        await session.flush()
        number = user.id
        await session.commit()
        return number


async def branches(flag):
    async with Session() as session:
        user = User(name="x")
        session.add(user)
        if flag:
            await session.commit()
        return user.id


async def not_added():
    async with Session() as session:
        user = User(name="x")
        await session.commit()
        return user.name


def plain(session):
    user = session.get(User, 1)
    session.commit()
    return user.posts
