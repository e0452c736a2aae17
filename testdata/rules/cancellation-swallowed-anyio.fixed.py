import anyio
from anyio import get_cancelled_exc_class, sleep


async def explicit():
    try:
        await sleep(1)
    except get_cancelled_exc_class():
        print("bye")
        raise
    await sleep(1)


async def broad():
    try:
        await sleep(1)
    except get_cancelled_exc_class():
        raise
    except:
        print("failed")
    await sleep(1)


async def passes():
    try:
        await sleep(1)
    except get_cancelled_exc_class():
        with anyio.CancelScope(shield=True):
            await sleep(1)
        raise
