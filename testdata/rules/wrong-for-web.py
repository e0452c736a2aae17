"""Queries of object mappers that can only be iterated asynchronously."""

from beanie import Document
from tortoise.models import Model


class Product(Document):
    name: str


class Team(Model):
    pass


async def loops():
    for team in Team.all():  # want "`Team.all\\(\\)` can only be iterated asynchronously"
        print(team)
    for product in Product.find_all().sort("name"):  # want "can only be iterated asynchronously"
        print(product)
    async for team in Team.filter(name="x")[:3]:
        print(team)
    async for product in Product.find(Product.name == "x"):
        print(product)
    for team in await Team.all().limit(3):
        print(team)
    for product in await Product.find_all().to_list():
        print(product)
