import trio


async def main(x):
    while True:  # want "never awaits"
        x += 1


async def waits_for_itself(event: trio.Event):
    while not event.is_set():  # want "never awaits"
        pass
