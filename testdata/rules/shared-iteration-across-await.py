import asyncio
from collections import defaultdict, deque

CLIENTS = set()
HANDLERS = []


async def send(x=None, y=None):
    return x


async def broadcast(message):
    for client in CLIENTS:  # want "`CLIENTS` may change while the loop over it awaits: the loop then fails with `RuntimeError`; go over a copy, `list.CLIENTS.`"
        await send(client, message)


def leave(client):
    CLIENTS.discard(client)


async def call_handlers():
    for h in HANDLERS:
        await h()


def register(h):
    HANDLERS.append(h)


class Hub:
    def __init__(self):
        self.connections: list = []
        self.rooms: dict[str, set] = {}
        self.by_room = defaultdict(list)
        self.backlog = deque()
        self.names = {}
        self.fixed = {"a": 1}
        self.swapped = []
        self.callbacks = []
        self.registered = {}
        self.own = []
        self.lock = asyncio.Lock()
        self.queues = {}
        self.queues["all"] = []

    def connect(self, ws):
        self.connections.append(ws)
        self.callbacks.append(ws)
        self.registered[ws] = 1
        self.fixed["a"] = 2

    def disconnect(self, ws):
        self.connections.remove(ws)
        del self.rooms[ws]
        self.backlog.popleft()
        self.by_room[ws].remove(ws)
        self.queues.pop(ws)

    async def rename(self, ws, name):
        self.names[ws] = name

    def swap(self):
        self.swapped = []

    async def broadcast(self, message):
        for ws in self.connections:  # want "`self.connections` may change while the loop over it awaits: the loop then leaves items out; go over a copy, `list.self.connections.`"
            await send(ws, message)
        for ws, room in self.rooms.items():  # want "`list.self.rooms.items...`"
            if room:
                async with asyncio.timeout(3):
                    print(ws)
        for i, ws in enumerate(self.connections):  # want "list.self.connections"
            await send(ws, i)
        for item in self.backlog:  # want "self.backlog"
            async for x in item:
                print(x)
        for ws in self.names:  # want "`list.self.names.`"
            await send(ws)
        for ws in self.by_room[message]:  # want "self.by_room.message."
            await send(ws)
        return [await send(ws) for ws in self.queues.values()]  # want "`list.self.queues.values...`"

    async def right(self, message):
        for ws in list(self.connections):
            await send(ws, message)
        for ws in self.connections.copy():
            await send(ws, message)
        for ws in tuple(self.rooms.values()):
            await send(ws, message)
        for ws in self.connections[:]:
            await send(ws, message)
        for ws in sorted(self.names):
            await send(ws, message)
        async with self.lock:
            for ws in self.connections:
                await send(ws, message)
        for ws in self.connections:
            print(ws)
        for ws in self.connections:
            if ws:
                await send(ws)
                break
        for ws in self.connections:
            await send(ws)
            return
        await asyncio.gather(*(send(ws) for ws in self.connections))
        await asyncio.gather(*[send(ws) for ws in self.connections])
        for ws in self.fixed.values():
            await send(ws)
        for ws in self.swapped:
            await send(ws)
        for ws in self.callbacks:
            await send(ws)
        for ws in self.registered:
            await send(ws)
        for ws in self.connections:

            async def later():
                await send(ws)

            print(later)

    async def of_its_own(self, given):
        mine = {}
        mine["a"] = 1
        for x in mine:
            await send(x)
        for x in given:
            await send(x)
        for x in self.unknown:
            await send(x)
        for x in self.own:
            await send(x)
            self.own.remove(x)
            break

    async def close(self):
        for ws in self.connections:  # want "self.connections"
            await send(ws)
        self.connections.clear()
        for ws in self.names:
            await send(ws)

    async def _send_all_locked(self):
        for ws in self.connections:
            await send(ws)

    async def other(self):
        self.unknown.remove(1)


async def captured(urls):
    active = set()

    async def watch():
        for task in active:  # want "`active`"
            await send(task)

    async def work(url):
        active.add(url)
        await send(url)
        active.remove(url)

    await asyncio.gather(watch(), *[work(u) for u in urls])


class Tasks:
    def __init__(self):
        self.tasks = set()
        self.topics: dict[str, list] = {}

    def spawn(self, work):
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def stop(self):
        for task in self.tasks:  # want "self.tasks"
            task.cancel()
            await asyncio.wait([task])

    async def publish(self, topic):
        for s in self.topics.get(topic, []):  # want "`self.topics.get.topic, ...` may change"
            await send(s)

    def leave(self, name, s):
        self.topics[name].remove(s)


class Other:
    connections = ()

    async def broadcast(self):
        for ws in self.connections:
            await send(ws)
