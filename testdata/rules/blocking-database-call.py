"""Databases that answer synchronously."""

import asyncio
import sqlite3
from contextlib import closing
from typing import Annotated

import mysql.connector
import psycopg
import psycopg2
import psycopg2.extras
import pymongo
import pymysql
import redis
from fastapi import Depends, FastAPI
from psycopg2.pool import ThreadedConnectionPool
from redis import Redis
from sqlalchemy import create_engine, select, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker

engine = create_engine("sqlite://")
SessionLocal = sessionmaker(bind=engine)
async_engine = create_async_engine("sqlite+aiosqlite://")
cache = redis.Redis()
app = FastAPI()


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


# What must be found.


async def with_sqlite(name):
    conn = sqlite3.connect("x.db")  # want `AIO201` "`sqlite3.connect\\(\\)` blocks the event loop; use `aiosqlite`"
    cur = conn.cursor()
    cur.execute("select 1")  # want "sqlite3.Cursor.execute"
    cur.fetchall()  # want "fetchall"
    cur.fetchone(), cur.fetchmany(3), cur.executemany("", []), cur.executescript("")  # want "fetchone" "fetchmany" "executemany" "executescript"
    conn.execute("select 1").fetchone()  # want "fetchone" "sqlite3.Connection.execute"
    conn.commit()  # want "commit"
    conn.rollback()  # want "rollback"
    for row in conn.execute("select 1"):  # want "execute" "each step"
        print(row)
    with sqlite3.connect(name) as c:  # want "connect"
        c.execute("x")  # want "execute"
    with closing(sqlite3.connect(name)) as c:  # want "connect"
        c.execute("x")  # want "execute"


async def with_postgres(dsn):
    conn = psycopg2.connect(dsn)  # want "psycopg2.connect"
    with conn.cursor() as cur:
        cur.execute("select 1")  # want "execute"
        cur.fetchone()  # want "fetchone"
    conn.commit()  # want "commit"
    with psycopg.connect(dsn) as c:  # want "psycopg.connect|Connection.connect"
        c.execute("select 1")  # want "execute"


async def with_others():
    my = pymysql.connect(host="x")  # want "pymysql"
    my.cursor().execute("x")  # want "execute"
    other = mysql.connector.connect()  # want "mysql"
    other.commit()  # want "commit"
    client = pymongo.MongoClient()
    client.db.things.find_one({})  # want "find_one"
    client["db"]["things"].insert_one({})  # want "insert_one"
    cache.get("x")  # want "get"
    cache.set("x", 1)  # want "set"
    Redis.from_url("x").ping()  # want "ping"
    with cache.pipeline() as pipe:
        pipe.execute()  # want "execute"


async def with_sqlalchemy(session: Session, made: "Session"):
    session.execute(select(1))  # want "Session.execute"
    session.commit()  # want "commit"
    session.scalars(select(1)).all()  # want "scalars"
    session.query(int).all()  # want "all"
    session.query(int).filter(True).first()  # want "first"
    session.get(int, 1)  # want "get"
    session.flush(), session.refresh(1), made.rollback()  # want "flush" "refresh" "rollback"
    with SessionLocal() as s:
        s.execute(text("x"))  # want "execute"
    with Session(engine) as s:
        s.execute(text("x"))  # want "execute"
    with engine.connect() as conn:  # want "connect"
        conn.execute(text("x"))  # want "execute"
    with engine.begin() as conn:  # want "begin"
        conn.execute(text("x"))  # want "execute"


@app.get("/")
async def endpoint(db: Annotated[Session, Depends(get_db)], other: Session = Depends(get_db)):
    db.execute(text("x"))  # want "execute"
    return other.query(int).all()  # want "all"


class Store:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)
        self.session = SessionLocal()
        self.redis: Redis = Redis()
        self.shared = sqlite3.connect(path, check_same_thread=False)

    async def save(self):
        self.conn.execute("x")  # want "execute"
        self.session.commit()  # want "commit"
        self.redis.set("x", 1)  # want "set"
        self.shared.execute("x").fetchall()  # want "fetchall" "execute"
        cursor = self.shared.cursor()
        cursor.execute("x")  # want "execute"


# What must stay silent.


def sync():
    sqlite3.connect("x").execute("y")


async def asynchronous(session: AsyncSession, conn):
    await session.execute(select(1))
    await session.commit()
    (await session.execute(select(1))).scalars().all()
    async with async_engine.begin() as c:
        await c.execute(text("x"))
    async with AsyncSession(async_engine) as s:
        await s.get(int, 1)
    conn.execute("x")
    await conn.fetchall()


async def quiet(session: Session):
    session.add(1)
    select(1).where(True)
    create_engine("x").url
    scoped_session(SessionLocal)
    psycopg2.extras.Json({})
    ThreadedConnectionPool


async def off_the_loop(session: Session):
    await asyncio.to_thread(session.execute, select(1))
    await asyncio.to_thread(sync)

    def work():
        return session.execute(select(1))

    await asyncio.get_running_loop().run_in_executor(None, work)


registry = scoped_session(sessionmaker())


async def scoped(statement):
    with registry() as session:
        session.execute(statement)  # want "sqlalchemy.orm.session.Session.execute"
    registry.commit()  # want "sqlalchemy.orm.scoping.scoped_session.commit"
    registry.add(statement)
    registry.remove()
    await asyncio.to_thread(registry.commit)
