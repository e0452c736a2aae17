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
    except asyncio.CancelledError:  # want `ASYNC103` "`except asyncio.CancelledError` swallows cancellation, so that the task cannot be cancelled here; re-raise it"
        pass
    await work()


async def explicit_with_more():
    try:
        await work()
    except CancelledError as e:  # want "`except CancelledError` swallows"
        log.info("cancelled: %s", e)
        print(str(e))  # behind
    await work()


async def in_a_tuple():
    try:
        await work()
    except (ValueError, asyncio.CancelledError):  # want "`except asyncio.CancelledError` also swallows cancellation.*; let it pass with a clause of its own"
        log.exception("failed")
    await work()


async def under_a_name():
    try:
        await work()
    except BROAD:  # want "`except BROAD` also swallows"
        log.exception("failed")
    await work()


async def base_exception():
    while True:
        try:
            await work()
        except BaseException as e:  # want "`except BaseException` also swallows"
            log.error(f"failed: {e!r}")


async def bare(urls):
    for url in urls:
        try:
            async with url:
                pass
        except:  # want "`except:` also swallows"
            log.error("failed")
    try:
        async for url in urls:
            print(url)
    except:  # want "`except:` also swallows"
        ...
    return await work()


async def on_some_path(urls):
    retries = 0
    while True:
        try:
            await work()
        except CancelledError:  # want "swallows"
            retries += 1
            if retries > 3:
                raise


async def broad_on_some_path(debug):
    try:
        await work()
    except BaseException:  # want "also swallows"
        if debug:
            raise
    await work()


async def in_a_loop():
    try:
        await work()
    except CancelledError:  # want "swallows"
        while log.handlers:
            raise
    await work()


async def a_helper():
    try:
        await work()
    except CancelledError:  # want "swallows"
        log.info("cancelled")


async def its_caller():
    await a_helper()
    await asyncio.sleep(1)


async def within_a_timeout(x):
    try:
        return await asyncio.wait_for(x.work(), 1)
    except (asyncio.TimeoutError, asyncio.CancelledError):  # want "also swallows cancellation, so that the caller goes on as if the work were done"
        print("late")


async def tries_again(f):
    for i in range(3):
        try:
            await f()
        except asyncio.CancelledError:  # want "swallows"
            if i == 2:
                raise


class Session:
    async def reconnect(self):
        try:
            await self.close()
        except asyncio.CancelledError:  # want "swallows"
            pass
        self.x = await work()

    async def close(self):
        self.closed = True

        async def inner():
            try:
                await work()
            except BaseException:  # want "also swallows"
                pass

        await inner()

    async def finish(self):
        try:
            await work()
        finally:
            try:
                await self.close()
            except asyncio.CancelledError:  # want "swallows"
                pass

    async def _loop(self):
        while True:
            try:
                await work()
            except CancelledError:  # want "swallows"
                log.info("cancelled")
            except Exception:
                log.info("failed")

    def start(self):
        self.task = asyncio.create_task(self._loop())


@contextlib.asynccontextmanager
async def managed():
    await work()
    try:
        yield
    except BaseException:  # want "also swallows"
        log.info("failed")
    await work()


async def one_line():
    try: await work()
    except CancelledError: pass  # want "swallows"
    await work()


async def of_the_raised_type():
    try:
        await work()
    except BaseException as e:  # want "also swallows"
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
    except BaseException:  # want "also swallows cancellation"
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
    except BaseException:  # want "also swallows cancellation"
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
