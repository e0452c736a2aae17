import asyncio

ERRORS: tuple[type[BaseException], ...] = (ValueError, OSError)
GONE = (ConnectionError, asyncio.CancelledError)


async def declared(stream):
    try:
        return await stream.read()
    except ERRORS as e:
        raise RuntimeError("read") from e


async def given(stream, error: type[BaseException] = ValueError):
    try:
        return await stream.read()
    except error:
        return None


async def listed(stream):
    try:
        return await stream.read()
    except GONE:
        return None  # want "drops the cancellation"


async def everything(stream):
    try:
        return await stream.read()
    except BaseException:
        return None  # want "drops the cancellation"
