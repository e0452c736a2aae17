import asyncio


class Handle(asyncio.Task):
    def __init__(self, work, name):
        super().__init__(work)
        self.label = name


class Other(asyncio.Task):
    def __init__(self, work):
        asyncio.Task.__init__(self, work)


async def main(work):
    asyncio.Task(work())  # want "nothing keeps the task"
    handle = Handle(work(), "a")
    await handle
