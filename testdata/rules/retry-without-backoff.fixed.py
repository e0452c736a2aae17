import asyncio
import random
import time
from contextlib import suppress

import aiohttp


async def load(url):
    await asyncio.sleep(1)
    return url


async def returns(url):
    while True:
        try:
            return await load(url)
        except Exception:
            await asyncio.sleep(1)
            continue


async def breaks(url):
    while 1:
        try:
            page = await load(url)
        except:
            await asyncio.sleep(1)
        else:
            break
    return page


async def of_a_connection(host):
    while True:
        try:
            reader, writer = await asyncio.open_connection(host, 1)
        except (OSError, ValueError) as e:
            print(e)  # why
            await asyncio.sleep(1)
        else:
            return reader, writer


async def of_a_session(session: aiohttp.ClientSession):
    while True:
        try:
            async with session.request("GET", "x") as response:
                print(await response.text())
                return
        except aiohttp.ClientError:
            print("again")
            await asyncio.sleep(1)


async def polls(session: aiohttp.ClientSession):
    while True:
        try:
            async with session.get("x") as response:
                print(response)
        except aiohttp.ClientError:
            print("again")
            await asyncio.sleep(1)


async def gets(client):
    while True:
        try:
            return await client.get("x")
        except Exception:
            print("again")
            await asyncio.sleep(1)


async def for_ever(client, log):
    while client.running:
        try:
            await client.connect()
            await client.serve()
        except Exception:
            if log:
                log.exception("x")
            await asyncio.sleep(1)


async def within_a_timeout(url):
    while True:
        try:
            async with asyncio.timeout(5):
                return await load(url)
        except Exception:
            print("again")
            await asyncio.sleep(1)


async def skips_its_sleep(check):
    while True:
        try:
            await check()
            await asyncio.sleep(10)
        except Exception as e:
            print(e)
            await asyncio.sleep(1)


async def bounded(url):
    tries = 0
    while True:
        try:
            return await load(url)
        except Exception:
            tries += 1
            if tries > 3:
                raise
            await asyncio.sleep(1)


async def by_its_condition(url):
    tries = 0
    while tries < 3:
        tries += 1
        try:
            return await load(url)
        except Exception:
            print("x")
            await asyncio.sleep(1)


async def through_finally(url):
    while True:
        try:
            try:
                return await asyncio.wait_for(load(url), 5)
            finally:
                print("x")
        except OSError:
            print("again")
            await asyncio.sleep(1)


# What is right.


async def waits(url):
    delay = 1
    while True:
        try:
            return await load(url)
        except Exception:
            await asyncio.sleep(delay + random.random())
            delay *= 2


async def waits_behind(url):
    while True:
        try:
            await load(url)
        except Exception:
            print("x")
        await asyncio.sleep(1)


async def waits_in_finally(url):
    while True:
        try:
            return await load(url)
        except Exception:
            print("x")
        finally:
            await asyncio.sleep(1)


async def waits_before(url):
    while True:
        await asyncio.sleep(1)
        try:
            return await load(url)
        except Exception:
            print("x")


async def blocks(url):
    while True:
        try:
            return await load(url)
        except Exception:
            time.sleep(1)


async def by_a_flag(url):
    while True:
        failed = False
        try:
            await url.connect()
        except Exception:
            failed = True
        if failed:
            await asyncio.sleep(1)


async def consumes(queue, handle):
    while True:
        item = await queue.get()
        try:
            await handle(item)
        except Exception:
            print("x")


async def consumes_within(queue, handle, stream):
    while True:
        try:
            item = await queue.get()
            await handle(item)
        except Exception:
            print("x")
    while True:
        try:
            async for item in stream:
                await handle(item)
        except Exception:
            print("x")


async def asks(prompt):
    while True:
        try:
            return int(await prompt("How many? "))
        except Exception:
            print("again")


async def another_kind_of_error(url):
    while True:
        try:
            return await load(url)
        except ValueError:
            print("again")


async def timeouts(url):
    while True:
        try:
            return await asyncio.wait_for(load(url), 5)
        except asyncio.TimeoutError:
            print("again")


async def gives_up(url):
    while True:
        try:
            return await load(url)
        except Exception:
            return None


async def the_next(urls):
    while urls:
        try:
            return await load(urls[0])
        except Exception:
            urls.pop(0)


async def never_awaits(url):
    while True:
        try:
            return url.load()
        except Exception:
            await load(url)
    with suppress(ValueError):
        while True:
            url.load()


def plain(url):
    while True:
        try:
            return url.load()
        except Exception:
            continue


async def goes_through(urls):
    for url in urls:
        try:
            await load(url)
        except Exception:
            continue


async def goes_on(urls, client, walk):
    url = next(walk)
    while True:
        try:
            page = await fetch(url)
        except Exception:
            page = None
        url = walk.send(page)


async def takes(urls):
    while urls:
        url, depth = urls.pop()
        try:
            await fetch(url)
        except Exception:
            print("failed", depth)
