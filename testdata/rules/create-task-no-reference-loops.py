import asyncio


class Given:
    def __init__(self, loop=None):
        self._loop = loop or asyncio.get_event_loop()

    def start(self):
        self._loop.create_task(self.run())  # want "self._loop.create_task"
        return self._loop.create_task(self.run())

    async def run(self): ...


class Later:
    def __init__(self, loop=None, scope=None):
        self.loop = loop
        self.group = scope or asyncio.TaskGroup()
        self.scope = scope

    async def start(self):
        self.loop = asyncio.get_running_loop()
        self.loop.create_task(self.run())  # want "self.loop.create_task"
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
