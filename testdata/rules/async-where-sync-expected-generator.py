class Pages:
    def __aiter__(self):
        return self.__anext__()

    async def __anext__(self):
        yield 1


class Wrong:
    def __aiter__(self):
        return self

    async def __anext__(self):  # want "is an async generator"
        yield 1
