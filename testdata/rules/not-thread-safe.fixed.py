import asyncio
import functools
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from threading import Thread, Timer

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from watchdog.events import FileSystemEventHandler

app = FastAPI()
router = APIRouter()


async def work():
    await asyncio.sleep(1)


async def nested(items: list[str]):
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.create_task(work())
    done = asyncio.Event()

    def thread():
        loop.call_soon_threadsafe(print, "x")
        loop.call_soon_threadsafe(loop.call_later, 1, print)
        asyncio.run_coroutine_threadsafe(work(), loop)
        asyncio.run_coroutine_threadsafe(work(), loop)
        started = loop.create_task(work())
        asyncio.ensure_future(work(), loop=loop)
        asyncio.create_task(work())
        asyncio.ensure_future(work())
        future.get_loop().call_soon_threadsafe(future.set_result, "done")
        future.get_loop().call_soon_threadsafe(future.set_exception, ValueError())
        task.get_loop().call_soon_threadsafe(task.cancel)
        if items:
            loop.call_soon_threadsafe(loop.stop)
        return started

    threading.Thread(target=thread, daemon=True).start()

    def timed():
        future.get_loop().call_soon_threadsafe(future.set_result, 1)

    Timer(1.0, timed).start()

    def executed(value):
        loop.call_soon_threadsafe(print, value)

    await loop.run_in_executor(None, executed, 1)
    await asyncio.to_thread(lambda: future.get_loop().call_soon_threadsafe(future.set_result, 2))
    with ThreadPoolExecutor() as pool:
        pool.submit(lambda: loop.call_soon_threadsafe(print))
        handed = pool.submit(sum, [1])
        handed.add_done_callback(lambda f: future.get_loop().call_soon_threadsafe(future.set_result, f.result()))

    def partial(value):
        future.get_loop().call_soon_threadsafe(future.set_result, value)

    await run_in_threadpool(functools.partial(partial, 3))
    await asyncio.to_thread(future.set_result, 4)
    Thread(target=loop.stop).start()
    Thread(target=loop.run_forever).start()
    await done.wait()


class Bridge:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.waiting: asyncio.Future[int] = self.loop.create_future()
        self.writer: asyncio.StreamWriter | None = None
        self.thread = Thread(target=self._run)
        self.other = Thread(None, self._other)

    def _run(self):
        self.loop.call_soon_threadsafe(self._tick)
        self.waiting.get_loop().call_soon_threadsafe(self.waiting.set_result, 1)
        if self.writer:
            self.writer.write(b"x")

    def _other(self):
        self._step()

    def _step(self):
        self._more()

    def _more(self):
        self.loop.call_soon(self._tick)

    def _tick(self):
        self.loop.call_soon(self._tick)

    def start(self):
        Thread(target=self._step).start()


class Worker(threading.Thread):
    def __init__(self, loop: asyncio.AbstractEventLoop):
        super().__init__()
        self.loop = loop

    def run(self):
        asyncio.run_coroutine_threadsafe(work(), self.loop)
        self.loop.call_soon_threadsafe(self.loop.stop)


class Watcher(FileSystemEventHandler):
    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop

    def on_modified(self, event):
        self.loop.call_soon_threadsafe(print, event)

    def start(self):
        self.loop.call_soon(print)


@app.get("/")
def endpoint():
    asyncio.create_task(work())
    return {}


@router.post("/items")
def create(item: int):
    asyncio.ensure_future(work())
    return item


# What follows is silent.


@app.get("/async")
async def async_endpoint():
    task = asyncio.create_task(work())
    await task


async def fine(executor):
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def right():
        loop.call_soon_threadsafe(future.set_result, 1)
        asyncio.run_coroutine_threadsafe(work(), loop)
        loop.call_soon_threadsafe(lambda: future.set_result(2))
        loop.call_soon_threadsafe(callback)

    def callback():
        future.set_result(1)
        loop.call_later(1, print)

    threading.Thread(target=right).start()
    loop.call_soon(callback)
    loop.create_task(work())

    def own_loop():
        own = asyncio.new_event_loop()
        own.call_soon(print)
        own.create_task(work())
        own.run_forever()

    threading.Thread(target=own_loop).start()

    def careful():
        if threading.current_thread() is threading.main_thread():
            loop.call_soon(print)
        else:
            loop.call_soon_threadsafe(print)

    threading.Thread(target=careful).start()

    def concurrent():
        handed = executor.submit(print)
        handed.cancel()
        handed.set_result(1)

    threading.Thread(target=concurrent).start()
    bridged = asyncio.run_coroutine_threadsafe(work(), loop)
    bridged.add_done_callback(lambda f: future.set_result(1))
    inner = loop.run_in_executor(None, print)
    inner.add_done_callback(lambda f: future.set_result(1))
    executor.submit(lambda: future.set_result(1))
    await asyncio.to_thread(future.result)
    with ProcessPoolExecutor() as pool:
        pool.submit(other_process)

    def in_between():
        def local():
            future.set_result(1)

        loop.call_soon_threadsafe(local)

    threading.Thread(target=in_between).start()


def other_process():
    asyncio.ensure_future(work())


class Runner:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self._main).start()

    def _main(self):
        asyncio.set_event_loop(self.loop)
        self._prepare()
        self.loop.run_forever()

    def _prepare(self):
        self.loop.create_task(work())

    def run(self):
        self.loop.call_soon(print)


def unknown(loop, future):
    def thread():
        loop.call_soon(print)
        future.set_result(1)

    threading.Thread(target=thread).start()


class Session:
    def __init__(self):
        self._task = None

    @classmethod
    def start(cls):
        session = cls()
        session._task = asyncio.create_task(work())
        session._task.add_done_callback(session._failed)
        return session

    def _failed(self, task):
        self._report = asyncio.create_task(work())
