import asyncio
import contextlib
import logging

import api
from elsewhere import Base, unknown

logger = logging.getLogger(__name__)


def log_failure(future):
    if not future.cancelled() and future.exception() is not None:
        logging.getLogger(__name__).error("A background task failed", exc_info=future.exception())


async def poll() -> None:
    while True:
        await api.poll()
        await asyncio.sleep(1)


async def careful() -> None:
    while True:
        try:
            await api.poll()
        except Exception:
            logger.exception("poll")
        await asyncio.sleep(1)


class Cancelled:
    """The usual mistake."""

    def __init__(self) -> None:
        self._task: asyncio.Task | None = None

    def start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
            self._task.add_done_callback(log_failure)

    async def stop(self) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
        self._task = None

    async def _run(self) -> None:
        while True:
            await self.step()

    async def step(self) -> None:
        async with api.connect() as connection:
            await connection.poll()


class NeverUsed:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._only_kept = loop.create_task(poll())
        self._only_kept.add_done_callback(log_failure)
        self.public = loop.create_task(poll())


class Blind:
    def __init__(self) -> None:
        self._tasks = set()
        self._watched = asyncio.create_task(poll())
        self._watched.add_done_callback(log_failure)
        self._watched.add_done_callback(self._forget)
        self._named = asyncio.ensure_future(poll())
        self._named.add_done_callback(log_failure)
        self._named.set_name("poll")
        self._named.add_done_callback(lambda _: self._tasks.clear())
        self.managed = asyncio.create_task(poll())
        self.managed.add_done_callback(log_failure)

    def _forget(self, _) -> None:
        self._tasks.clear()

    def close(self) -> None:
        self.managed.cancel()
        aliased = self._named
        if aliased:
            aliased.cancel()
        other, self._watched = self._watched, None
        other.cancel()


class Walrus:
    def start(self) -> None:
        self._walrus = asyncio.create_task(poll())
        self._walrus.add_done_callback(log_failure)

    def stop(self) -> None:
        if (task := self._walrus) is not None:
            task.cancel()
        if self._walrus and not self._walrus.cancelled():
            del self._walrus


_background = None


def start_module() -> None:
    global _background
    _background = asyncio.ensure_future(poll())
    _background.add_done_callback(log_failure)


def stop_module() -> None:
    if _background is not None:
        _background.cancel()


_awaited_later = None


def start_awaited() -> None:
    global _awaited_later
    _awaited_later = asyncio.ensure_future(poll())


async def stop_awaited() -> None:
    await _awaited_later


class Awaited:
    def start(self) -> None:
        self._awaited = asyncio.create_task(poll())
        self._gathered = asyncio.create_task(poll())
        self._waited = asyncio.create_task(poll())
        self._returned = asyncio.create_task(poll())
        self._passed = asyncio.create_task(poll())
        self._contained = asyncio.create_task(poll())
        self._asked = asyncio.create_task(poll())
        self._resulted = asyncio.create_task(poll())
        self._reached = asyncio.create_task(poll())
        self._aliased = asyncio.create_task(poll())
        self._unpacked = asyncio.create_task(poll())
        self._captured = asyncio.create_task(poll())
        self._logged = asyncio.create_task(poll())
        self._logged.add_done_callback(self._log)
        self._logged2 = asyncio.create_task(poll())
        self._logged2.add_done_callback(lambda t: t.exception())
        self._logged3 = asyncio.create_task(poll())
        self._logged3.add_done_callback(unknown)
        self._handed = asyncio.create_task(poll())
        self._handed.add_done_callback(self._hands_on)

    def _log(self, task) -> None:
        if task.exception():
            logger.error("failed")

    def _hands_on(self, task) -> None:
        api.report(task)

    async def stop(self) -> None:
        self._awaited.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._awaited
        await asyncio.gather(self._gathered, return_exceptions=True)
        await asyncio.wait({self._waited}, timeout=5)
        unknown(self._passed)
        for task in (self._contained,):
            task.cancel()
        if self._asked.done():
            self._asked.exception()
        if self._resulted.done():
            print(self._resulted.result())
        getattr(self, "_reached").cancel()
        aliased = self._aliased
        aliased.cancel()
        await aliased
        unpacked, self._unpacked = self._unpacked, None
        await unpacked

        async def later():
            await captured

        captured = self._captured
        await later()

    def returned(self):
        return self._returned


class SeesToItself:
    def start(self) -> None:
        self._careful = asyncio.create_task(careful())
        self._own = asyncio.create_task(self._run())
        self._twice = asyncio.create_task(self._delegates())
        self._waits = asyncio.create_task(self._waiting())
        self._expected = asyncio.create_task(self._expecting())
        self._lets_go = asyncio.create_task(self._clearing())
        self._decorated = asyncio.create_task(self._guarded())
        self._calls_decorated = asyncio.create_task(self._calls_guarded())

    async def _run(self) -> None:
        try:
            await api.poll()
        except Exception:
            logger.exception("run")
            raise

    async def _delegates(self) -> None:
        await self._run()
        await careful()

    async def _waiting(self) -> None:
        event = asyncio.Event()
        await event.wait()
        await asyncio.sleep(1)

    async def _expecting(self) -> None:
        try:
            await api.poll()
        except (ConnectionError, asyncio.CancelledError) as e:
            logger.info("closed %s", e)

    async def _clearing(self) -> None:
        try:
            await api.poll()
        finally:
            self._lets_go = None

    @unknown
    async def _guarded(self) -> None:
        await api.poll()

    async def _calls_guarded(self) -> None:
        await self._guarded()


class Unresolved:
    def start(self, client) -> None:
        self._unknown = asyncio.create_task(client.run())
        self._made = unknown(poll())
        self._local = self._task = asyncio.create_task(poll())
        local = asyncio.create_task(poll())
        local.cancel()
        self.tasks = [asyncio.create_task(poll())]
        self.table = {}
        self.table["x"] = asyncio.create_task(poll())

    async def tables(self):
        return self.table


class OnlyCancelled(Base):
    def start(self) -> None:
        self._swallows = asyncio.create_task(self._swallow())
        self._swallows.add_done_callback(log_failure)

    def stop(self) -> None:
        self._swallows.cancel()

    async def _swallow(self) -> None:
        try:
            await api.poll()
        except asyncio.CancelledError:
            pass


class Parent:
    async def stop(self) -> None:
        await self._shared


class Child(Parent):
    def start(self) -> None:
        self._shared = asyncio.create_task(poll())


@contextlib.asynccontextmanager
async def lifespan(app):
    worker = asyncio.create_task(poll())
    worker.add_done_callback(log_failure)
    app.state.poller = asyncio.create_task(poll())
    app.state.poller.add_done_callback(log_failure)
    app.state.other = asyncio.create_task(poll())
    fine = asyncio.create_task(poll())
    safe = asyncio.create_task(careful())
    yield
    worker.cancel()
    app.state.poller.cancel()
    fine.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await fine
    safe.cancel()


async def not_for_long(app):
    heart = asyncio.create_task(poll())
    try:
        await app.run()
    finally:
        heart.cancel()


class Containers:
    def __init__(self):
        self._only_filled = set()
        self._cancelled = []
        self._table = {}
        self._local = []
        self._via = None
        self._gathered_list = []
        self._asked_table = {}
        self._idiom = set()
        self._handed_list = []
        self._iterated = []
        self._cleared = set()

    def start(self, key):
        task = asyncio.create_task(poll())
        task.add_done_callback(log_failure)
        self._only_filled.add(task)
        task = asyncio.create_task(poll())
        task.add_done_callback(log_failure)
        self._cancelled.append(task)
        task = asyncio.create_task(poll())
        task.add_done_callback(log_failure)
        self._table[key] = task
        local = asyncio.create_task(poll())
        local.add_done_callback(log_failure)
        self._local.append(local)
        via = asyncio.create_task(poll())
        via.add_done_callback(log_failure)
        self._via = via
        self._gathered_list.append(asyncio.create_task(poll()))
        self._asked_table[key] = asyncio.create_task(poll())
        kept = asyncio.create_task(poll())
        self._idiom.add(kept)
        kept.add_done_callback(self._idiom.discard)
        self._handed_list.append(asyncio.create_task(poll()))
        self._iterated.append(asyncio.create_task(poll()))
        self._cleared.add(asyncio.create_task(careful()))

    async def stop(self):
        for task in list(self._cancelled):
            task.cancel()
        self._cancelled.clear()
        for key, task in self._table.items():
            if not task.done():
                task.cancel()
        if len(self._local) > 3:
            [t.cancel() for t in self._local if t]
        await asyncio.gather(*self._gathered_list)
        for task in self._asked_table.values():
            if task.done() and task.exception():
                logger.error("failed")
        unknown(self._handed_list)
        for task in self._iterated:
            await task


class Mine:
    def start(self) -> None:
        self._same = asyncio.create_task(poll())
        self._same.add_done_callback(log_failure)


class Other:
    async def stop(self) -> None:
        await self._same


class Owner:
    def start(self) -> None:
        self._owned = asyncio.create_task(poll())


class User:
    async def stop(self, owner) -> None:
        await owner._owned


async def groups(self) -> None:
    async with asyncio.TaskGroup() as group:
        self._grouped = group.create_task(poll())
