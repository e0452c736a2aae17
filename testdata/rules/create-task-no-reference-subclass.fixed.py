import asyncio


background_tasks = set()


class Handle(asyncio.Task):
    def __init__(self, work, name):
        super().__init__(work)
        self.label = name


class Other(asyncio.Task):
    def __init__(self, work):
        asyncio.Task.__init__(self, work)


async def main(work):
    task = asyncio.Task(work())
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
    handle = Handle(work(), "a")
    await handle
