import trio


async def main(x):
    while True:  # want "never awaits"
        x += 1
