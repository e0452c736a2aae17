import asyncio

from celery import Celery, shared_task
from watchdog.observers import Observer

app = Celery()


@app.task
def crawl(url): ...


@shared_task(bind=True)
def shrink(self, path): ...


def plain(path): ...


async def main(handler):
    result = crawl.delay("a")
    print(await asyncio.to_thread(result.get, timeout=3))
    await asyncio.to_thread(shrink.apply_async(args=["a"]).get)
    crawl("a")
    plain.delay("a").get()
    await asyncio.to_thread(result.get, timeout=3)
    observer = Observer()
    observer.schedule(handler, ".", recursive=True)
    observer.start()
    observer.stop()
    await asyncio.to_thread(observer.join)
    await asyncio.to_thread(observer.join)
