"""Results that are read from the database while they are iterated, and locks."""

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
    for user in cursor:  # want "`cursor`"
        print(user)
    everybody = list(users.find())  # want "`users.find\\(\\)`"
    names = [user["name"] for user in users.find({})]  # want "`users.find\\({}\\)`"
    return everybody, names, users.find({})


async def other():
    for user in User.select().where(User.name == "x"):  # want "User.select"
        print(user)
    with client.lock("x"):  # want "`client.lock\\(\"x\"\\)` blocks the event loop, at the latest when the `with` block ends; use `redis.asyncio.Redis`"
        pass
    with database.atomic():  # want "database.atomic"
        pass
    session.commit()  # want "`session.commit\\(\\)`"
    session().flush()  # want "flush"
    return list([1]), sorted(range(3))


@database.atomic()
def plain():
    return list(users.find())
