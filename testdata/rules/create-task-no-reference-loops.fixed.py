import asyncio


background_tasks = set()


class Given:
    def __init__(self, loop=None):
        self._loop = loop or asyncio.get_event_loop()

    def start(self):
        task = self._loop.create_task(self.run())
        background_tasks.add(task)
        task.add_done_callback(background_tasks.discard)
        return self._loop.create_task(self.run())

    async def run(self): ...


class Later:
    def __init__(self, loop=None, scope=None):
        self.loop = loop
        self.group = scope or asyncio.TaskGroup()
        self.scope = scope

    async def start(self):
        self.loop = asyncio.get_running_loop()
        task = self.loop.create_task(self.run())
        background_tasks.add(task)
        task.add_done_callback(background_tasks.discard)
        self.group.create_task(self.run())
        self.scope.create_task(self.run())

    async def run(self): ...


class Unknown:
    def __init__(self, loop, hass):
        self.loop = loop
        self.hass = hass

    def start(self):
        self.loop.create_task(self.run())
        self.hass.loop.create_task(self.run())

    async def run(self): ...
