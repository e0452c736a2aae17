import asyncio
import http.client


class Query:
    kind = None

    def where(self, condition) -> "Query":
        self.condition = condition
        return self

    def limit(self, n) -> "Query":
        return Query()


class AsyncQuery(Query):
    def only(self, name) -> Query:
        self.name = name
        return self

    def __await__(self):
        return asyncio.sleep(0).__await__()


class Find:
    update_class = Query

    def update(self):
        return self.update_class()

    def forget(self):
        self.kind = 1


class FindMany(Find):
    update_class = AsyncQuery


class Body(http.client.HTTPResponse):
    async def lines(self):
        return (await self.read()).splitlines()


class AsyncBody(Body):
    async def read(self, amount=None):
        return b""


async def main():
    await AsyncQuery().where(1)
    await AsyncQuery().where(1).only("a").where(2)
    await AsyncQuery().limit(3)  # want "gives a `Query`, which cannot be awaited"
    await Query().where(1)  # want "gives a `Query`, which cannot be awaited"
    await FindMany().update()
    await FindMany().forget()  # want "gives None, which cannot be awaited"
    await Find().update()  # want "gives a `Query`, which cannot be awaited"
