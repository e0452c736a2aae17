"""Looks at prices again and again."""

import asyncio
import logging

import erp

from notify import Alert, Notifier
from store import Store

log = logging.getLogger(__name__)


class Worker:
    def __init__(self, shop, store: Store, notifier: Notifier) -> None:
        self.shop = shop
        self.store = store
        self.notifier = notifier
        self.queue: asyncio.Queue[str] = asyncio.Queue(maxsize=100)

    async def run(self) -> None:
        while True:
            sku = await self.queue.get()
            try:
                await self.look(sku)
            except Exception:
                log.exception("no price of %s", sku)
            finally:
                self.queue.task_done()

    async def look(self, sku: str) -> None:
        price = await self.shop.price(sku)
        await self.store.add(sku, price)
        limits = await self.store.watched()
        if price < limits.get(sku, 0) and erp.stock(sku) > 0:
            self.notifier.send_soon(Alert(sku, price, "all@shop.example"))

    def enqueue(self, sku: str) -> bool:
        try:
            self.queue.put_nowait(sku)
        except asyncio.QueueFull:
            return False
        return True

    async def load(self, path: str) -> None:
        """Queues the articles that a file names."""
        with open(path) as f:
            skus = f.read().split()
        for sku in skus:
            await self.queue.put(sku)
        self.store.snapshot()
