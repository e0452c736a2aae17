import logging
import asyncio
import contextlib
from asyncio import gather

import log


async def fetch(n=0) -> dict:
    await asyncio.sleep(1)
    raise OSError(n)


async def careful(n=0):
    try:
        await fetch(n)
    except Exception:
        log.exception("no %s", n)


async def close(n=0):
    await fetch(n)


class Clients:
    def __init__(self):
        self.clients = []
        self.tasks = set()

    async def broadcast(self, message):
        results = await asyncio.gather(*[c.send(message) for c in self.clients], return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                logging.getLogger(__name__).error("A task failed", exc_info=result)
        results = await asyncio.gather(*[self.one(c, message) for c in self.clients], return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                logging.getLogger(__name__).error("A task failed", exc_info=result)
        await asyncio.gather(*(self.careful(c, message) for c in self.clients), return_exceptions=True)
        await asyncio.gather(*[c.close() for c in self.clients], return_exceptions=True)
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def one(self, client, message):
        await client.send(message)

    async def careful(self, client, message):
        with contextlib.suppress(Exception):
            await client.send(message)

    async def stop(self):
        await asyncio.gather(*[self.one(c, "end") for c in self.clients], return_exceptions=True)

    async def __aexit__(self, *exc):
        await asyncio.gather(*[self.one(c, "end") for c in self.clients], return_exceptions=True)


async def dropped(ns, other, coro, task):
    results = await gather(fetch(1), fetch(2), return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    results = await gather(
        fetch(1),
        fetch(2),  # the second
        return_exceptions=True,
    )
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    results = await asyncio.gather(
        fetch(1),
        fetch(2),
        return_exceptions=True,
    )
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    results = (await asyncio.gather(fetch(), return_exceptions=True))
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    results = await asyncio.wait_for(asyncio.gather(fetch(1), other.fetch(), return_exceptions=True), 5)
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    results = await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    unread = await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)
    for result in unread:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    results = await asyncio.gather(asyncio.create_task(fetch()), careful(), return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    tasks = [asyncio.create_task(fetch(n)) for n in ns]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    filled = []
    for n in ns:
        filled.append(fetch(n))
    results = await asyncio.gather(*filled, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)
    first = asyncio.create_task(fetch())
    results = await asyncio.gather(first, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)


async def fine(ns, other, coro, task):
    await asyncio.gather(careful(1), careful(2), return_exceptions=True)
    await asyncio.gather(asyncio.sleep(1), asyncio.Event().wait(), return_exceptions=True)
    await asyncio.gather(coro, task, return_exceptions=True)
    await asyncio.gather(*ns, return_exceptions=True)
    await asyncio.gather(fetch(1), fetch(2))
    await asyncio.gather(fetch(1), fetch(2), return_exceptions=False)
    await asyncio.gather(fetch(1), fetch(2), return_exceptions=other)
    # If one of them fails, the others matter.
    await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)
    await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)  # errors do not matter
    await asyncio.gather(close(1), other.disconnect(), return_exceptions=True)
    tasks = [asyncio.create_task(fetch(n)) for n in ns]
    await asyncio.gather(*tasks, return_exceptions=True)
    for t in tasks:
        if t.exception():
            log.error(t)
    watched = asyncio.create_task(fetch())
    watched.add_done_callback(log.failure)
    await asyncio.gather(watched, return_exceptions=True)
    try:
        await other.run()
    finally:
        await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)
    other(await asyncio.gather(fetch(1), fetch(2), return_exceptions=True))
    other.results = await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)
    await other.gather(fetch(1), return_exceptions=True)
    return await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)


async def cancelled(ns):
    tasks = [asyncio.create_task(fetch(n)) for n in ns]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def used_list(ns):
    results = await asyncio.gather(*[fetch(n) for n in ns])
    for result in results:
        print(result["id"])


async def used_pairs(ns):
    results = await asyncio.gather(*[fetch(n) for n in ns])
    return {n: result.get("id") for n, result in zip(ns, results) if result}


async def used_index(ns):
    results = await asyncio.gather(fetch(1), fetch(2))
    return results[0]["id"]


async def used_names(ns):
    a, b = await asyncio.gather(fetch(1), fetch(2))
    return dict(a.items())


async def used_later(ns):
    results = await asyncio.gather(fetch(1), fetch(2))
    merged = {}
    for i, found in enumerate(results):
        merged.update(found)
    return merged


async def used_at_once(ns):
    found = []
    for rows in await asyncio.gather(*[fetch(n) for n in ns]):
        for row in rows:
            found.append(row)
    return [x["id"] for x in await asyncio.gather(*[fetch(n) for n in ns])]


async def used_sum(ns):
    return sum(await asyncio.gather(*[fetch(n) for n in ns]))


def run(loop: asyncio.AbstractEventLoop):
    results = loop.run_until_complete(asyncio.gather(fetch(1), fetch(2), return_exceptions=True))
    for result in results:
        if isinstance(result, Exception):
            logging.getLogger(__name__).error("A task failed", exc_info=result)


async def checked(ns):
    results = await asyncio.gather(*[fetch(n) for n in ns], return_exceptions=True)
    return [r["id"] for r in results if not isinstance(r, BaseException)]


async def checked_names(ns):
    a, b = await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)
    if isinstance(a, Exception):
        raise a
    return a["id"]


async def checked_match(ns):
    for r in await asyncio.gather(fetch(1), fetch(2), return_exceptions=True):
        match r:
            case Exception():
                log.error(r)
            case _:
                print(r["id"])


async def handed_on(ns, sink):
    results = await asyncio.gather(*[fetch(n) for n in ns], return_exceptions=True)
    for r in results:
        sink(r)
    again = await asyncio.gather(*[fetch(n) for n in ns], return_exceptions=True)
    log.info("%s of %s", len(again), again)
    more = await asyncio.gather(*[fetch(n) for n in ns], return_exceptions=True)
    return [r for r in more if r is not None]


async def printed(ns):
    for r in await asyncio.gather(*[fetch(n) for n in ns], return_exceptions=True):
        if r is not None:
            print(f"failed: {r}")


async def contained(ns):
    results = await asyncio.gather(*[careful(n) for n in ns], return_exceptions=True)
    return [r["id"] for r in results]


async def not_ours(gather):
    await gather(fetch(), return_exceptions=True)


async def gone():
    return
    await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)
