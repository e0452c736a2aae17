import asyncio
import contextlib
import logging
import sys
from asyncio import CancelledError

log = logging.getLogger(__name__)
BROAD = (OSError, asyncio.CancelledError)


async def work():
    await asyncio.sleep(1)


async def explicit():
    try:
        await work()
    except asyncio.CancelledError:
        raise
    await work()


async def explicit_with_more():
    try:
        await work()
    except CancelledError as e:
        log.info("cancelled: %s", e)
        print(str(e))  # behind
        raise
    await work()


async def in_a_tuple():
    try:
        await work()
    except CancelledError:
        raise
    except ValueError:
        log.exception("failed")
    await work()


async def under_a_name():
    try:
        await work()
    except CancelledError:
        raise
    except BROAD:
        log.exception("failed")
    await work()


async def base_exception():
    while True:
        try:
            await work()
        except CancelledError:
            raise
        except BaseException as e:
            log.error(f"failed: {e!r}")


async def bare(urls):
    for url in urls:
        try:
            async with url:
                pass
        except CancelledError:
            raise
        except:
            log.error("failed")
    try:
        async for url in urls:
            print(url)
    except CancelledError:
        raise
    except:
        ...
    return await work()


async def on_some_path(urls):
    retries = 0
    while True:
        try:
            await work()
        except CancelledError:
            retries += 1
            if retries > 3:
                raise
            raise


async def broad_on_some_path(debug):
    try:
        await work()
    except CancelledError:
        raise
    except BaseException:
        if debug:
            raise
    await work()


async def in_a_loop():
    try:
        await work()
    except CancelledError:
        while log.handlers:
            raise
        raise
    await work()


async def a_helper():
    try:
        await work()
    except CancelledError:
        log.info("cancelled")
        raise


async def its_caller():
    await a_helper()
    await asyncio.sleep(1)


async def within_a_timeout(x):
    try:
        return await asyncio.wait_for(x.work(), 1)
    except CancelledError:
        raise
    except asyncio.TimeoutError:
        print("late")


async def tries_again(f):
    for i in range(3):
        try:
            await f()
        except asyncio.CancelledError:
            if i == 2:
                raise
            raise


class Session:
    async def reconnect(self):
        try:
            await self.close()
        except asyncio.CancelledError:
            raise
        self.x = await work()

    async def close(self):
        self.closed = True

        async def inner():
            try:
                await work()
            except CancelledError:
                raise
            except BaseException:
                pass

        await inner()

    async def finish(self):
        try:
            await work()
        finally:
            try:
                await self.close()
            except asyncio.CancelledError:
                raise

    async def _loop(self):
        while True:
            try:
                await work()
            except CancelledError:
                log.info("cancelled")
                raise
            except Exception:
                log.info("failed")

    def start(self):
        self.task = asyncio.create_task(self._loop())


@contextlib.asynccontextmanager
async def managed():
    await work()
    try:
        yield
    except CancelledError:
        raise
    except BaseException:
        log.info("failed")
    await work()


async def one_line():
    try: await work()
    except CancelledError: raise
    await work()


async def of_the_raised_type():
    try:
        await work()
    except CancelledError:
        raise
    except BaseException as e:
        if isinstance(e, ValueError):
            raise
    await work()


# What is right.


async def reraised():
    try:
        await work()
    except asyncio.CancelledError:
        log.info("cancelled")
        raise
    try:
        await work()
    except BaseException as e:
        log.info("failed")
        raise e
    try:
        await work()
    except:
        if log:
            raise
        else:
            raise


async def passed_before():
    try:
        await work()
    except asyncio.CancelledError:
        raise
    except BaseException:
        log.info("failed")
    try:
        await work()
    except Exception:
        log.info("failed")
    except (KeyboardInterrupt, CancelledError):
        raise
    except:
        log.info("failed")
    await work()


async def by_type():
    try:
        await work()
    except BaseException as e:
        if isinstance(e, asyncio.CancelledError):
            raise
        log.info("failed")
    try:
        await work()
    except BaseException as e:
        if not isinstance(e, Exception):
            raise
        log.info("failed")
    try:
        await work()
    except BaseException as e:
        if isinstance(e, (KeyError, ValueError)):
            log.info("failed")
        else:
            raise
    await work()


async def cannot_be_suspended():
    try:
        log.info("no await")
        lambda: work()
    except BaseException:
        pass
    try:

        async def inner():
            await work()

    except asyncio.CancelledError:
        pass
    await inner()


def plain(loop):
    try:
        loop.run_until_complete(work())
    except asyncio.CancelledError:
        pass


async def own_task():
    task = asyncio.create_task(work())
    await work()
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass
    await work()


async def own_tasks(tasks):
    for t in tasks:
        t.cancel()
    for task in tasks:
        try:
            await task
        except asyncio.CancelledError:
            pass
    try:
        await asyncio.gather(*tasks)
    except asyncio.CancelledError:
        pass
    try:
        await asyncio.wait_for(tasks[0], timeout=1)
    except (asyncio.CancelledError, asyncio.TimeoutError):
        pass
    try:
        async with asyncio.timeout(1):
            await tasks[0]
    except (asyncio.CancelledError, asyncio.TimeoutError):
        pass
    await work()


async def given_task(task):
    try:
        await task
    except asyncio.CancelledError:
        pass
    await work()


class Owner:
    def __init__(self):
        self._task = asyncio.create_task(work())

    async def stop(self):
        self._task.cancel()
        try:
            await self._task
        except asyncio.CancelledError:
            pass
        await work()

    async def wait(self):
        try:
            await self._task
        except asyncio.CancelledError:
            pass
        await work()


async def asks():
    try:
        await work()
    except asyncio.CancelledError:
        if asyncio.current_task().cancelling() > 0:
            raise
    await work()
    try:
        await work()
    except asyncio.CancelledError:
        asyncio.current_task().uncancel()
    await work()


class Stoppable:
    stopping = False

    async def run(self):
        while True:
            try:
                await work()
            except asyncio.CancelledError:
                if not self.stopping:
                    raise
            try:
                await work()
            except asyncio.CancelledError:
                if self.stopping:
                    return
                log.info("again")


async def handed_on(future, queue):
    try:
        future.set_result(await work())
    except BaseException as e:
        future.set_exception(e)


async def attempted(attempt):
    try:
        attempt.set_result(await work())
    except BaseException:
        attempt.set_exception(sys.exc_info())


async def attempt_logged(attempt):
    try:
        attempt.set_result(await work())
    except CancelledError:
        raise
    except BaseException:
        log.error("failed", exc_info=sys.exc_info())
    try:
        await work()
    except BaseException as e:
        await queue.put((None, e))
    errors = []
    try:
        await work()
    except BaseException as e:
        error = e
        errors.append(error)
    await work()
    try:
        await work()
    except BaseException as e:
        convert(e)
    await work()


def convert(e):
    raise RuntimeError from e


async def later():
    cancelled = None
    try:
        await work()
    except asyncio.CancelledError as e:
        cancelled = e
    await work()
    if cancelled:
        raise cancelled


async def later_by_flag():
    cancelled = False
    try:
        await work()
    except asyncio.CancelledError:
        cancelled = True
    await work()
    if cancelled:
        raise asyncio.CancelledError


async def while_another_is_handled():
    try:
        await work()
    except BaseException:
        try:
            await work()
        except BaseException:
            pass
        raise


async def main():
    try:
        await work()
    except asyncio.CancelledError:
        log.info("bye")


async def serve():
    try:
        await work()
    except (KeyboardInterrupt, asyncio.CancelledError):
        log.info("bye")


async def started():
    try:
        await work()
    except asyncio.CancelledError:
        log.info("bye")


if __name__ == "__main__":
    asyncio.run(started())


async def generator():
    try:
        yield 1
    except BaseException:
        log.info("closed")


async def unknown(errors):
    try:
        await work()
    except errors.Cancelled:
        pass
    try:
        await work()
    except errors:
        pass
    await work()


async def never_reached():
    try:
        await work()
    except asyncio.CancelledError:
        raise
        log.info("bye")
    return
    try:
        await work()
    except asyncio.CancelledError:
        pass


async def ends_the_program():
    try:
        await work()
    except BaseException:
        log.info("bye")
        sys.exit(1)
    await work()


async def may_end_the_program(strict):
    try:
        await work()
    except CancelledError:
        raise
    except BaseException:
        if strict:
            sys.exit(1)
    await work()


async def keeps_the_outcome(outcome):
    result = outcome.Value(None)
    try:
        await work()
    except BaseException as exc:
        result = outcome.Error(exc)
    result.unwrap()
