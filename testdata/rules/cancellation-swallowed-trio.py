import trio


async def work():
    await trio.sleep(1)


async def explicit():
    try:
        await work()
    except trio.Cancelled:  # want "`except trio.Cancelled` swallows"
        pass
    await work()


async def broad():
    try:
        await work()
    except BaseException:  # want "also swallows"
        print("failed")
    await work()


async def shielded(stream):
    with trio.CancelScope(shield=True):
        try:
            await work()
        except BaseException:
            pass
    try:
        with trio.move_on_after(5, shield=True):
            await work()
    except BaseException:
        pass
    try:
        await work()
    except BaseException:
        await trio.aclose_forcefully(stream)
    await work()


async def groups():
    try:
        await work()
    except* trio.Cancelled:  # want "`except. trio.Cancelled` swallows"
        print("cancelled")
    await work()
    try:
        await work()
    except* BaseException:  # want "`except. BaseException` also swallows"
        print("failed")
    await work()
    try:
        await work()
    except* ValueError:
        print("failed")
    try:
        await work()
    except* BaseException as group:
        print(group)
        raise


ERRORS = (OSError, trio.Cancelled)


async def by_a_name():
    try:
        await trio.sleep(1)
    except ERRORS:  # want "`except ERRORS` also swallows cancellation"
        pass
    await trio.sleep(1)


async def by_a_name_without():
    errors = (OSError, trio.TooSlowError)
    try:
        await trio.sleep(1)
    except errors:
        pass
    await trio.sleep(1)
