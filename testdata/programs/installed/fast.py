import time


def crunch(n):
    time.sleep(n)


async def acrunch(n):
    return n
