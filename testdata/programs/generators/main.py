import asyncio

from sources import counted, lines, nested, noted, not_run, opened, quiet, through, waits_between


async def consume(path):
    for line in lines(path):  # want `AIO207` "`lines` calls `open\\(\\)`"
        print(line)
    list(through(path))  # want `AIO207` "2 calls down, where `lines`"
    [n for n in waits_between(3)]  # want `AIO207` "`waits_between` calls `time.sleep\\(\\)`"
    counted(path)  # want `AIO207` "2 calls down, where `lines`"
    for n in quiet(3):
        print(n)


async def enter(path):
    with opened(path) as f:  # want `AIO207` "`opened` calls `open\\(\\)`"
        print(f)
    with nested(path) as f:  # want `AIO207` "2 calls down, where `opened`"
        print(f)
    with noted(path), noted(path):
        pass


async def only_made(path):
    made = lines(path)
    not_run(path)
    opened(path)
    await asyncio.to_thread(list, made)
    await asyncio.to_thread(lambda: list(lines(path)))
