"""Results that are read from the database while they are iterated, and locks."""

import asyncio
import peewee
import pymongo
import redis
from sqlalchemy.orm import scoped_session, sessionmaker

users = pymongo.MongoClient().app.users
client = redis.Redis()
session = scoped_session(sessionmaker())
database = peewee.SqliteDatabase("x.db")


class User(peewee.Model):
    pass


async def mongo():
    cursor = users.find({"x": 1})
    for user in cursor:
        print(user)
    everybody = list(users.find())
    names = [user["name"] for user in users.find({})]
    return everybody, names, users.find({})


async def other():
    for user in User.select().where(User.name == "x"):
        print(user)
    with client.lock("x"):
        pass
    with database.atomic():
        pass
    await asyncio.to_thread(session.commit)
    await asyncio.to_thread(session().flush)
    return list([1]), sorted(range(3))


@database.atomic()
def plain():
    return list(users.find())
