import asyncio
import contextlib
import os
import shutil
import tempfile
import threading
from pathlib import Path

connections = 0
running = set()


async def work(*args):
    await asyncio.sleep(1)


class Flags:
    started: bool = False

    def __init__(self, event):
        self.busy = False
        self._idle = True
        self.depth = 0
        self.ready = False
        self.inner = event
        self.wakeup = asyncio.Event()
        self.finished = asyncio.Event()
        self.finished.set()
        self.pending = {}
        self.users = set()
        self.current = None

    async def flag(self):
        self.busy = True
        await work()
        self.busy = False  # want `AIO407` "`self.busy = False` is skipped when the coroutine is cancelled at an `await` before it; put it into `finally`"

    async def other_way_round(self):
        self._idle = False
        for i in range(3):
            # A comment.
            await work(i)

            print(i)
        self._idle = True  # want "`self._idle = True` is skipped"
        return 1

    async def with_an_except(self):
        self.busy = True
        try:
            await work()
        except Exception as e:
            print(e)
        self.busy = False  # want "`self.busy = False` is skipped"

    async def in_the_except_too(self):
        self.busy = True
        try:
            await work()
        except Exception:
            self.busy = False  # want "`self.busy = False` is skipped"
            raise
        self.busy = False

    async def only_in_the_except(self):
        self.started = True
        try:
            await work()
        except Exception:
            self.started = False  # want "`self.started = False` is skipped"
            raise

    async def counter(self):
        self.depth += 1
        await work()
        self.depth -= 1  # want "`self.depth -= 1` is skipped"

    async def nested(self, urls):
        if urls:
            self.inner.depth += 1
            async with urls as x:
                print(x)
            self.inner.depth -= 1  # want "`self.inner.depth -= 1` is skipped"

    async def members(self, name):
        self.users.add(name)
        await work()
        self.users.discard(name)  # want "`self.users.discard\\(name\\)` is skipped"

    async def futures(self, key):
        future = asyncio.get_running_loop().create_future()
        self.pending[key] = future
        result = await future
        del self.pending[key]  # want "`del self.pending\\[key\\]` is skipped"
        return result

    async def futures_popped(self, key):
        self.pending[key] = asyncio.Event()
        await self.pending[key].wait()
        self.pending.pop(key, None)  # want "`self.pending.pop\\(key, None\\)` is skipped"

    async def events(self):
        self.wakeup.set()
        await work()
        self.wakeup.clear()  # want "`self.wakeup.clear\\(\\)` is skipped"

    async def before_the_try(self):
        self.depth += 1
        await work()
        try:
            await work()
        finally:
            self.depth -= 1  # want "`self.depth -= 1` is skipped when the coroutine is cancelled at an `await` before its `try`; begin the `try` right behind `self.depth \\+= 1`"

    async def by_a_match(self, what):
        self.busy = True
        match what:
            case 1:
                await work()
            case _:
                pass
        self.busy = False  # want "is skipped"

    async def on_two_ways(self, what):
        self.busy = True
        if what:
            await work()
            self.busy = False  # want "is skipped"
            return 1
        self.busy = False

    async def a_long_text(self):
        self.busy = True
        await work(
            """a
            b"""
        )
        self.busy = False  # want "is skipped"


async def of_the_module(name):
    global connections
    connections += 1
    await work()
    connections -= 1  # want "`connections -= 1` is skipped"
    running.add(name)
    await work()
    running.remove(name)  # want "`running.remove\\(name\\)` is skipped"


async def of_a_pool(pool):
    connection = await pool.acquire()
    await connection.execute("x")
    await pool.release(connection)  # want "`pool.release\\(connection\\)` is skipped"


async def of_a_transaction(session):
    await session.begin()
    await work()
    await session.commit()  # want "a cancellation at an `await` before `session.commit\\(\\)` leaves the transaction open"


def around():
    active = False

    async def inner():
        nonlocal active
        active = True
        await work()
        active = False  # want "`active = False` is skipped"

    return inner


class Handlers:
    async def rolls_back(self, session):
        try:
            await work(session)
        except Exception:
            await session.rollback()  # want "`session.rollback\\(\\)` is skipped when the coroutine is cancelled, which `except Exception` does not catch; clean up in `finally`, or in `except BaseException`"
            raise

    async def closes(self):
        connection = await self.connect()
        try:
            await connection.login()
        except (OSError, Exception) as e:
            print(e)
            await connection.close()  # want "`connection.close\\(\\)` is skipped"
            raise
        return connection

    async def connect(self):
        self.process = await asyncio.create_subprocess_exec("x")
        try:
            await work()
        except ValueError:
            raise
        except Exception as e:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()  # want "`self.process.kill\\(\\)` is skipped"
            raise RuntimeError from e
        return self.process

    async def forgets(self):
        self.reader = await work()
        try:
            await self.reader.read()
        except Exception as e:
            self.reader = None  # want "`self.reader = None` is skipped"
            raise e

    async def __aenter__(self):
        try:
            await self.connect()
        except Exception:
            await self.shutdown()  # want "`self.shutdown\\(\\)` is skipped"
            raise
        return self

    async def cancels(self):
        task = asyncio.create_task(work())
        try:
            await work()
        except Exception:
            task.cancel()  # want "`task.cancel\\(\\)` is skipped"
            raise


async def by_their_names(channel):
    await channel.start_typing(3)
    await work()
    await channel.stop_typing(3)  # want "`channel.stop_typing\\(3\\)` is skipped"


@contextlib.asynccontextmanager
async def transaction(connection):
    await connection.begin()
    try:
        yield connection
    except Exception:
        await connection.rollback()  # want "`connection.rollback\\(\\)` is skipped"
        raise
    else:
        await connection.commit()


class States:
    async def set_back(self):
        self.state = "busy"
        try:
            await work()
        except Exception:
            self.state = "idle"  # want "`self.state = \"idle\"` is skipped"
            raise
        self.state = "ready"


async def processes(stop):
    process = await asyncio.create_subprocess_exec("x")
    try:
        await asyncio.wait_for(process.wait(), 5)
    except asyncio.TimeoutError:
        process.kill()  # want "`process.kill\\(\\)` is skipped when the coroutine is cancelled, and the process runs on; stop it in `finally`"


async def temporary_files():
    folder = tempfile.mkdtemp()
    await work(folder)
    shutil.rmtree(folder)  # want "`shutil.rmtree\\(folder\\)` is skipped"
    fd, path = tempfile.mkstemp()
    await work(fd)
    Path(path).unlink()  # want "`Path\\(path\\).unlink\\(\\)` is skipped"
    f = tempfile.NamedTemporaryFile(delete=False)
    try:
        await work(f)
    except Exception:
        os.remove(f.name)  # want "`os.remove\\(f.name\\)` is skipped"
        raise
    return f


# What is right.


class Right:
    def __init__(self):
        self.busy = False
        self.ready = False
        self.closed = False
        self.state = None
        self.depth = 0
        self.mode = False
        self.limit = asyncio.Semaphore(3)
        self.finished = asyncio.Event()
        self.pending = {}
        self.users = set()
        self.cancelled_later = False

    async def in_finally(self):
        self.busy = True
        try:
            await work()
        finally:
            self.busy = False

    async def in_finally_by_condition(self, name):
        if name:
            self.depth += 1
        try:
            await work()
        finally:
            await work()
            if name:
                self.depth -= 1

    async def for_everything(self):
        self.depth += 1
        try:
            await work()
        except BaseException:
            self.depth -= 1
            raise
        self.depth -= 1

    async def for_cancellation(self):
        self.busy = True
        try:
            await work()
        except asyncio.CancelledError:
            self.busy = False
            raise
        except Exception:
            self.busy = False
            raise
        self.busy = False

    async def nothing_between(self):
        self.busy = True
        print("x")
        self.busy = False
        await work()
        with contextlib.suppress(asyncio.CancelledError):
            self.depth += 1
            await work()
        self.depth -= 1

    async def initially(self):
        self.ready = False
        await work()
        self.ready = True

    async def ends(self):
        self.closed = True
        await work()

    async def states(self):
        self.state = 1
        await work()
        self.state = 2
        await work()
        self.state = None

    async def stays(self, what):
        self.busy = True
        if await work(what):
            self.busy = False

    async def switches(self):
        while True:
            if await work():
                self.mode = True
            else:
                self.mode = False

    async def by_another(self):
        self.cancelled_later = True
        await work()
        self.cancelled_later = False

    def stop(self):
        self.cancelled_later = False

    async def answers(self, key):
        self.pending[key] = asyncio.get_running_loop().create_future()
        await self.pending[key]
        del self.pending[key]

    def on_answer(self, key):
        self.pending.pop(key).set_result(1)

    async def stored(self, key, value):
        self.values[key] = value
        await work()
        del self.values[key]

    async def limited(self):
        await self.limit.acquire()
        await work()
        self.limit.release()

    async def acquired_only_then(self, pool):
        await pool.acquire()
        pool.release()
        await work()

    async def local(self):
        busy = True
        await work(busy)
        busy = False
        users = set()
        users.add(1)
        await work(users, busy)
        users.discard(1)
        other = Right()
        other.busy = True
        await work()
        other.busy = False

    async def not_the_same(self, a, b):
        self.users.add(a)
        await work()
        self.users.discard(b)
        self.depth += 1
        await work()
        self.depth -= 2
        a.busy = True
        await work()
        b.busy = False

    async def shielded(self):
        import anyio

        self.depth += 1
        with anyio.CancelScope(shield=True):
            await work()
        self.depth -= 1

    async def generator(self):
        self.depth += 1
        yield 1
        self.depth -= 1

    async def defined_only(self, register):
        self.depth += 1

        async def later():
            await work()

        register(later)
        self.depth -= 1

    def plain(self, loop):
        self.busy = True
        loop.run_until_complete(work())
        self.busy = False


class RightHandlers:
    async def in_finally(self):
        connection = await work()
        try:
            await work()
        except Exception:
            await connection.rollback()
            raise
        finally:
            await connection.close()
        try:
            await work()
        except Exception:
            connection.close()
            raise
        finally:
            connection.close()

    async def for_cancellation(self):
        connection = await work()
        try:
            await work()
        except (asyncio.CancelledError, Exception):
            await connection.close()
            raise
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except Exception:
            await connection.close()
            raise

    async def swallows(self):
        connection = await work()
        try:
            await work()
        except Exception:
            await connection.close()

    async def one_error(self):
        connection = await work()
        try:
            await work()
        except ValueError:
            await connection.close()
            raise

    async def managed(self):
        async with work() as connection:
            try:
                await work()
            except Exception:
                await connection.close()
                raise

    async def lent(self, websocket):
        try:
            await work()
        except Exception:
            await websocket.close()
            raise

    async def no_await(self):
        connection = await work()
        try:
            print(connection)
        except Exception:
            connection.close()
            raise

    async def made_within(self):
        try:
            connection = await work()
            await work()
        except Exception:
            connection.close()
            raise

    async def not_a_release(self, log):
        connection = await work()
        try:
            await work()
        except Exception:
            connection.mark()
            log.exception("x")
            raise


class RightStates:
    async def notes(self):
        self.error = None
        self.state = "busy"
        try:
            await work()
        except Exception as e:
            self.error = e
            self.last = "failed"
            raise

    async def processes(self, other):
        process = await asyncio.create_subprocess_exec("x")
        try:
            await asyncio.wait_for(process.wait(), 5)
        except asyncio.TimeoutError:
            process.kill()
        finally:
            if process.returncode is None:
                process.kill()
        try:
            await asyncio.wait_for(other.wait(), 5)
        except asyncio.TimeoutError:
            other.kill()
        mine: asyncio.subprocess.Process = self.process
        mine.terminate()
        try:
            await asyncio.wait_for(mine.wait(), 5)
        except asyncio.TimeoutError:
            mine.kill()

    async def temporary(self):
        folder = tempfile.mkdtemp()
        try:
            await work(folder)
        finally:
            shutil.rmtree(folder)
        with tempfile.NamedTemporaryFile() as f:
            await work(f)
        path = Path("x")
        await work(path)
        path.unlink()
        name = tempfile.mkdtemp()
        shutil.rmtree(name)
        await work()


async def not_their_names(channel, other):
    await channel.start_typing(3)
    await work()
    await other.stop_typing(3)
    await channel.stop_typing(4)
    await channel.start()
    await work()
    await channel.stop()


async def generator(connection):
    try:
        yield connection
    except Exception:
        await connection.rollback()
        raise


lock = threading.Lock()


async def test_flags(server):
    server.busy = True
    await work()
    server.busy = False


class Saves:
    def __init__(self):
        self.saving = set()
        self.waiting = 0
        self.guard = asyncio.Lock()

    async def save(self, key, write):
        async with self.guard:
            self.saving.add(key.name)
            try:
                await asyncio.to_thread(write)
            except Exception as error:
                raise ValueError(key) from error
            finally:
                self.saving.discard(key.name)

    async def wait(self):
        async with self.guard:
            if self.waiting > 3:
                raise ValueError
            self.waiting += 1
        try:
            await work()
        finally:
            self.waiting -= 1

    async def late(self, key, channel):
        self.waiting += 1
        async with channel:
            await work()
        try:
            await work()
        finally:
            print(key)
            self.waiting -= 1  # want "`self.waiting -= 1` is skipped when the coroutine is cancelled at an `await` before its `try`"


class Measured:
    async def ask(self, message, logger):
        message.metrics.start_timer()
        self.start_processing_metrics()
        logger.enter_function()
        await work()
        logger.leave_function()
        self.stop_processing_metrics()
        message.metrics.stop_timer()

    async def watch(self, message):
        message.start_typing()
        await work()
        message.stop_typing()  # want `AIO407` "`message.stop_typing..` is skipped"
