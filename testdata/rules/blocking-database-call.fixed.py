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
    conn = sqlite3.connect("x.db")
    cur = conn.cursor()
    cur.execute("select 1")
    cur.fetchall()
    cur.fetchone(), cur.fetchmany(3), cur.executemany("", []), cur.executescript("")
    conn.execute("select 1").fetchone()
    conn.commit()
    conn.rollback()
    for row in conn.execute("select 1"):
        print(row)
    with sqlite3.connect(name) as c:
        c.execute("x")
    with closing(sqlite3.connect(name)) as c:
        c.execute("x")


async def with_postgres(dsn):
    conn = await asyncio.to_thread(psycopg2.connect, dsn)
    with conn.cursor() as cur:
        await asyncio.to_thread(cur.execute, "select 1")
        await asyncio.to_thread(cur.fetchone)
    await asyncio.to_thread(conn.commit)
    with await asyncio.to_thread(psycopg.connect, dsn) as c:
        await asyncio.to_thread(c.execute, "select 1")


async def with_others():
    my = await asyncio.to_thread(pymysql.connect, host="x")
    await asyncio.to_thread(my.cursor().execute, "x")
    other = await asyncio.to_thread(mysql.connector.connect)
    await asyncio.to_thread(other.commit)
    client = pymongo.MongoClient()
    await asyncio.to_thread(client.db.things.find_one, {})
    await asyncio.to_thread(client["db"]["things"].insert_one, {})
    await asyncio.to_thread(cache.get, "x")
    await asyncio.to_thread(cache.set, "x", 1)
    await asyncio.to_thread(Redis.from_url("x").ping)
    with cache.pipeline() as pipe:
        await asyncio.to_thread(pipe.execute)


async def with_sqlalchemy(session: Session, made: "Session"):
    await asyncio.to_thread(session.execute, select(1))
    await asyncio.to_thread(session.commit)
    (await asyncio.to_thread(session.scalars, select(1))).all()
    await asyncio.to_thread(session.query(int).all)
    await asyncio.to_thread(session.query(int).filter(True).first)
    await asyncio.to_thread(session.get, int, 1)
    await asyncio.to_thread(session.flush), await asyncio.to_thread(session.refresh, 1), await asyncio.to_thread(made.rollback)
    with SessionLocal() as s:
        await asyncio.to_thread(s.execute, text("x"))
    with Session(engine) as s:
        await asyncio.to_thread(s.execute, text("x"))
    with await asyncio.to_thread(engine.connect) as conn:
        await asyncio.to_thread(conn.execute, text("x"))
    with engine.begin() as conn:
        await asyncio.to_thread(conn.execute, text("x"))


@app.get("/")
async def endpoint(db: Annotated[Session, Depends(get_db)], other: Session = Depends(get_db)):
    await asyncio.to_thread(db.execute, text("x"))
    return await asyncio.to_thread(other.query(int).all)


class Store:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)
        self.session = SessionLocal()
        self.redis: Redis = Redis()
        self.shared = sqlite3.connect(path, check_same_thread=False)

    async def save(self):
        self.conn.execute("x")
        await asyncio.to_thread(self.session.commit)
        await asyncio.to_thread(self.redis.set, "x", 1)
        (await asyncio.to_thread(self.shared.execute, "x")).fetchall()
        cursor = self.shared.cursor()
        await asyncio.to_thread(cursor.execute, "x")


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
        await asyncio.to_thread(session.execute, statement)
    await asyncio.to_thread(registry.commit)
    registry.add(statement)
    registry.remove()
    await asyncio.to_thread(registry.commit)
