"""What a method that is overridden says of a parameter is not enough to say that an await fails."""

from fastapi import Depends, FastAPI

app = FastAPI()


class Item:
    def load(self) -> int:
        return 1


class Base:
    async def handle(self, item: Item, count: int):
        await item.load()
        await count  # want "`count` is "


class Derived(Base):
    async def handle(self, item, count):
        await item.load()
        await count


def make() -> int:
    return 1


@app.get("/")
async def index(n=Depends(make)):
    await n
    return 1
