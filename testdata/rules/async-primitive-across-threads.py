import asyncio
import queue as plain
import threading
from concurrent.futures import ThreadPoolExecutor

QUEUE: asyncio.Queue[int] = asyncio.Queue()


async def nested():
    loop = asyncio.get_running_loop()
    items = asyncio.Queue()
    stop = asyncio.Event()
    lock = asyncio.Lock()
    limit = asyncio.Semaphore(2)
    changed = asyncio.Condition()

    def thread(value):
        items.put_nowait(value)  # want "`items.put_nowait\\(\\)` changes an `asyncio.Queue` in a thread, which does not wake the event loop: what waits may wait on; use `loop.call_soon_threadsafe\\(\\)`"
        stop.set()  # want "`stop.set\\(\\)` changes an `asyncio.Event` in a thread"
        stop.clear()  # want "`stop.clear\\(\\)`"
        lock.release()  # want "`lock.release\\(\\)` changes an `asyncio.Lock`"
        limit.release()  # want "`asyncio.Semaphore`"
        changed.notify_all()  # want "`asyncio.Condition`"
        item = items.get_nowait()  # want "`items.get_nowait\\(\\)`"
        items.task_done()  # want "`items.task_done\\(\\)`"
        return item

    threading.Thread(target=thread, args=(1,)).start()
    await loop.run_in_executor(None, lambda: stop.set())  # want "`stop.set\\(\\)`"
    with ThreadPoolExecutor() as pool:
        pool.submit(thread, 2)
        pool.submit(print).add_done_callback(lambda f: stop.set())  # want "`stop.set\\(\\)`"
    await stop.wait()


def produce():
    for i in range(3):
        QUEUE.put_nowait(i)  # want "`QUEUE.put_nowait\\(\\)` changes an `asyncio.Queue` in a thread"


class Reader:
    def __init__(self):
        self._loop = asyncio.get_running_loop()
        self.lines: asyncio.Queue[str] = asyncio.Queue()
        self.done = asyncio.Event()

    def _read(self):
        self.lines.put_nowait("x")  # want "`self.lines.put_nowait\\(\\)`"

    def _finish(self):
        self.done.set()

    async def run(self):
        threading.Thread(target=produce).start()
        threading.Thread(target=self._read).start()
        await asyncio.to_thread(self._begin)  # want "`self._begin` runs in a thread, where `_finish` calls `asyncio.Event.set\\(\\)`"
        await self.done.wait()

    def _begin(self):
        self._finish()


class Worker(threading.Thread):
    def __init__(self, ready: asyncio.Event):
        super().__init__()
        self.ready = ready

    def run(self):
        self.ready.set()  # want "`self.ready.set\\(\\)`"


# What follows is silent.


async def fine():
    loop = asyncio.get_running_loop()
    items = asyncio.Queue()
    stop = asyncio.Event()
    other = plain.Queue()
    flag = threading.Event()

    def thread():
        loop.call_soon_threadsafe(items.put_nowait, 1)
        loop.call_soon_threadsafe(stop.set)
        loop.call_soon_threadsafe(lambda: stop.set())
        asyncio.run_coroutine_threadsafe(items.put(1), loop)
        other.put_nowait(1)
        flag.set()
        print(items.qsize(), items.empty(), stop.is_set())
        own = asyncio.Queue()
        own.put_nowait(1)

    threading.Thread(target=thread).start()

    def on_loop():
        items.put_nowait(1)
        stop.set()

    loop.call_soon(on_loop)
    items.put_nowait(1)
    stop.set()

    def own_loop():
        local = asyncio.new_event_loop()
        stop.set()
        local.run_forever()

    threading.Thread(target=own_loop).start()

    def callback():
        stop.set()

    def register():
        loop.call_soon_threadsafe(callback)

    threading.Thread(target=register).start()
    future = asyncio.run_coroutine_threadsafe(stop.wait(), loop)
    future.add_done_callback(lambda f: stop.set())


class Server:
    def __init__(self):
        self.done = asyncio.Event()

    def start(self):
        # It runs an event loop of its own, for all we know.
        threading.Thread(target=lambda: self.run()).start()

    def run(self):
        self.done.clear()
        self.serve()

    def serve(self):
        pass


def unknown(queue, event):
    def thread():
        queue.put_nowait(1)
        event.set()

    threading.Thread(target=thread).start()
