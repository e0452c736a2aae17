import asyncio
import logging

log = logging.getLogger(__name__)


async def work():
    await asyncio.sleep(1)


async def returns():
    try:
        return await work()
    except asyncio.CancelledError:
        return None  # want `ASYNC104` "`return` drops the cancellation that `except` has caught with `asyncio.CancelledError`; re-raise it"


async def returns_for_everything():
    try:
        await work()
    except:
        log.info("failed")
        return False  # want "`return` drops the cancellation that `except` has caught with everything; let it pass with a clause of its own"
    return True


async def breaks():
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            log.info("bye")
            break  # want "`break` drops the cancellation"
    await work()


async def goes_on(urls):
    async for url in urls:
        try:
            await work()
        except (OSError, asyncio.CancelledError):
            continue  # want "`continue` drops the cancellation that `except` has caught with `asyncio.CancelledError`; let it pass"


async def raises_another():
    try:
        await work()
    except asyncio.CancelledError:
        raise ValueError  # want "`raise ValueError` replaces the cancellation that `except` has caught"


async def wraps():
    try:
        await work()
    except BaseException as e:
        raise RuntimeError("failed") from e  # want "`raise RuntimeError\\(\"failed\"\\) from e` replaces"


async def several(tries):
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            for t in tries:
                if t:
                    break
            with log:
                if tries > 3:
                    return 1  # want "`return` drops"
                elif tries < 2:
                    raise OSError  # want "replaces"
                raise


class TimedOut(Exception):
    pass


class Client:
    async def request(self):
        try:
            await work()
        except asyncio.CancelledError:
            raise TimedOut() from None  # want "replaces"

    async def poll(self):
        await self.request()
        try:
            return await self.request()
        except BaseException:
            return  # want "drops the cancellation that `except` has caught with `BaseException`"

    async def caller(self):
        await self.poll()


# What is right.


class Stopped(BaseException):
    pass


class OperationCancelled(Exception):
    pass


async def stands_for_it():
    try:
        await work()
    except asyncio.CancelledError:
        raise Stopped
    try:
        await work()
    except asyncio.CancelledError as e:
        raise OperationCancelled from e
    try:
        await work()
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    try:
        await work()
    except asyncio.CancelledError:
        raise asyncio.CancelledError("by the user") from None


async def same():
    try:
        await work()
    except asyncio.CancelledError as e:
        raise e.with_traceback(None)
    try:
        await work()
    except BaseException:
        log.info("failed")
        raise


async def only_the_loop_within(urls):
    try:
        await work()
    except asyncio.CancelledError:
        for url in urls:
            if url:
                continue
            break
        raise


async def own_task(task):
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return
    except BaseException:
        raise RuntimeError


async def closed(self):
    try:
        await work()
    except asyncio.CancelledError:
        if self.closed:
            raise RuntimeError from None
        raise


async def asked(server):
    try:
        await work()
    except asyncio.CancelledError:
        if server.stopping:
            return
        raise


async def no_await():
    try:
        log.info("x")
    except BaseException:
        return 1


async def passes(value):
    try:
        await work()
    except asyncio.CancelledError:
        raise
    except BaseException as e:
        raise RuntimeError from e


async def main():
    try:
        await work()
    except asyncio.CancelledError:
        return 1


async def unreachable():
    try:
        await work()
    except asyncio.CancelledError:
        await work()
        raise AssertionError("never")


async def yields():
    try:
        await work()
    except asyncio.CancelledError:
        yield "cancelled"  # want "`yield` gives a value in place of the cancellation"
        raise
    try:
        await work()
    except ValueError:
        yield "failed"
    try:
        await work()
    except BaseException as error:
        if isinstance(error, ValueError):
            yield "failed"
        raise


async def groups():
    try:
        await work()
    except* asyncio.CancelledError:
        raise ValueError  # want "replaces the cancellation"


BROAD: tuple[type[BaseException], ...] = (ValueError, KeyError)
EVERYTHING = (KeyError, BaseException)


def transient() -> tuple[type[BaseException], ...]:
    return (ValueError, KeyError)


async def declared(errors: type[BaseException]):
    try:
        await work()
    except BROAD:
        raise ValueError
    try:
        await work()
    except transient() as error:
        raise ValueError from error
    try:
        await work()
    except errors:
        raise ValueError
    try:
        await work()
    except EVERYTHING:
        raise ValueError  # want "replaces the cancellation"


async def to_the_end(cleanup):
    task = asyncio.create_task(cleanup())
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            continue
    task.result()


async def to_the_end_again(cleanup):
    task = asyncio.create_task(cleanup())
    cancelled = False
    while True:
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            cancelled = True
            continue
        break
    return cancelled


async def not_to_the_end(cleanup):
    task = asyncio.create_task(cleanup())
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        return  # want "`return` drops the cancellation"
    await work()


async def thrown_in(value):
    try:
        await work()
    except BaseException as exc:
        if exc is value:
            return False
        raise


async def of_a_kind(value):
    try:
        await work()
    except BaseException as exc:
        if exc is not value:
            return False  # want "drops the cancellation"
        raise
