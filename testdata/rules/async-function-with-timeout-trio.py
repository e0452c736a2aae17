import trio


async def fetch(url, timeout=5):  # want "leave it to `trio.fail_after\\(\\)`"
    await trio.sleep(timeout)
