import asyncio


async def fetch(url):
    await asyncio.sleep(1)
    return url


async def returns(url):
    try:
        page = await fetch(url)
    finally:
        return page  # want `AIO403` "`return` in `finally` drops the cancellation or the error that is on its way; let `finally` run to its end, and `return` behind it"


async def on_a_condition(url, log):
    try:
        async with log:
            pass
    except OSError:
        log = None
    finally:
        if log:
            with log:
                return  # want "`return` in `finally`"


async def within_a_handler(url):
    try:
        async for line in url:
            print(line)
    finally:
        try:
            url.close()
        except OSError:
            return None  # want "`return` in `finally`"


async def in_loops(urls):
    for url in urls:
        try:
            await fetch(url)
        finally:
            continue  # want "`continue` in `finally`"
    while True:
        try:
            await fetch(urls[0])
        finally:
            if not urls:
                break  # want "`break` in `finally`"
    async for url in urls:
        try:
            await fetch(url)
        finally:
            match url:
                case "x":
                    break  # want "`break` in `finally`"


async def the_loop_is_around(urls):
    while urls:
        try:
            await fetch(urls)
        finally:
            for url in urls:
                pass
            else:
                break  # want "`break` in `finally`"


async def from_a_handler(url):
    try:
        print(url)
    except ValueError:
        await fetch(url)
    else:
        print(url)
    finally:
        return  # want "`return` in `finally`"


async def nested(url):
    try:
        print(url)
    finally:
        try:
            await fetch(url)
        finally:
            return 1  # want "`return` in `finally`"


class Feed:
    async def items(self):
        def plain():
            return 1

        try:
            yield await fetch(plain())
        finally:
            self.items = None
            return  # want "`return` in `finally`"

    async def comprehension(self, rows):
        try:
            return [row async for row in rows]
        finally:
            return []  # want "`return` in `finally`"


async def caught_and_raised(url):
    try:
        await fetch(url)
    except BaseException:
        print(url)
        raise
    finally:
        return  # want "`return` in `finally`"


# What is right.


async def caught_before(url):
    try:
        await fetch(url)
    except asyncio.CancelledError:
        print(url)
    except Exception:
        print(url)
    finally:
        return


async def everything_caught_before(url):
    try:
        await fetch(url)
    except:
        print(url)
    else:
        print(url)
    finally:
        return


async def behind(url):
    page = None
    try:
        page = await fetch(url)
    finally:
        print(url)
    return page


async def in_the_try(url):
    try:
        return await fetch(url)
    finally:
        print(url)


async def loops_within(urls):
    try:
        await fetch(urls)
    finally:
        for url in urls:
            if url:
                break
            continue
        while urls:
            try:
                urls.pop()
            finally:
                print()
            break


async def functions_within(url, register):
    try:
        await fetch(url)
    finally:

        def close():
            return 1

        class Closer:
            def close(self):
                return 2

        register(close, Closer, lambda: 3)


async def never_suspended(url):
    try:
        print(url)

        async def later():
            await fetch(url)

        later.x = lambda: fetch(url)
    finally:
        return url


def plain(url):
    try:
        print(url)
    finally:
        return url


async def only_in_the_finally(url):
    try:
        print(url)
    finally:
        await fetch(url)
        return


async def never_reached(url):
    try:
        await fetch(url)
    finally:
        raise RuntimeError
        return 1
