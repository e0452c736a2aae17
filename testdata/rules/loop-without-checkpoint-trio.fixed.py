import trio


async def main(x):
    while True:
        x += 1
        await trio.sleep(0)


async def waits_for_itself(event: trio.Event):
    while not event.is_set():
        pass
        await trio.sleep(0)
