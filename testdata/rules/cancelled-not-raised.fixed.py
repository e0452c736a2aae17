import asyncio
import logging

log = logging.getLogger(__name__)


async def work():
    await asyncio.sleep(1)


async def returns():
    try:
        return await work()
    except asyncio.CancelledError:
        raise


async def returns_for_everything():
    try:
        await work()
    except asyncio.CancelledError:
        raise
    except:
        log.info("failed")
        return False
    return True


async def breaks():
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            log.info("bye")
            raise
    await work()


async def goes_on(urls):
    async for url in urls:
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except OSError:
            continue


async def raises_another():
    try:
        await work()
    except asyncio.CancelledError:
        raise


async def wraps():
    try:
        await work()
    except asyncio.CancelledError:
        raise
    except BaseException as e:
        raise RuntimeError("failed") from e


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
                    raise
                elif tries < 2:
                    raise
                raise


class TimedOut(Exception):
    pass


class Client:
    async def request(self):
        try:
            await work()
        except asyncio.CancelledError:
            raise

    async def poll(self):
        await self.request()
        try:
            return await self.request()
        except asyncio.CancelledError:
            raise
        except BaseException:
            return

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
        yield "cancelled"
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
        raise


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
    except asyncio.CancelledError:
        raise
    except EVERYTHING:
        raise ValueError


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
        raise
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
    except asyncio.CancelledError:
        raise
    except BaseException as exc:
        if exc is not value:
            return False
        raise
