import asyncio

values = {}
flights = {}


values_lock = asyncio.Lock()


async def load(key):
    await asyncio.sleep(0.1)
    return key


async def get(key):
    if key in values:
        return values[key]
    flight = flights.get(key)
    if flight is None:
        flight = flights[key] = asyncio.ensure_future(load(key))
        flight.add_done_callback(lambda f: flights.pop(key, None))
    value = await asyncio.shield(flight)
    values[key] = value
    return value


async def get_waiting(key):
    if key not in values:
        flight = flights.setdefault(key, asyncio.ensure_future(load(key)))
        values[key] = await asyncio.wait_for(flight, 3)
    return values[key]


async def get_from(key):
    if key not in values:
        flight = flights[key]
        values[key] = await flight
    return values[key]


async def get_alone(key):
    async with values_lock:
        if key not in values:
            flight = asyncio.ensure_future(load(key))
            values[key] = await asyncio.shield(flight)
    return values[key]


async def get_with(key, loaders):
    async with values_lock:
        if key not in values:
            loader = loaders.get(key)
            values[key] = await loader(key)
    return values[key]


class Client:
    async def connect(self):
        await asyncio.sleep(0.1)


client = None
quick = None


async def shared_client():
    global client
    if client is None:
        fresh = Client()
        await fresh.connect()
        client = fresh
    return client


async def quick_client():
    global quick
    if quick is None:
        fresh = Client()
        quick = fresh
        await fresh.connect()
    return quick


async def both():
    await asyncio.gather(shared_client(), shared_client(), quick_client(), quick_client())
