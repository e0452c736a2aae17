import anyio
from anyio import get_cancelled_exc_class, sleep


async def explicit():
    try:
        await sleep(1)
    except get_cancelled_exc_class():  # want "`except get_cancelled_exc_class\\(\\)` swallows"
        print("bye")
    await sleep(1)


async def broad():
    try:
        await sleep(1)
    except:  # want "`except:` also swallows"
        print("failed")
    await sleep(1)


async def passes():
    try:
        await sleep(1)
    except get_cancelled_exc_class():
        with anyio.CancelScope(shield=True):
            await sleep(1)
        raise
