"""Where prices are kept: a database, and a file that says which ones matter."""

import asyncio
import csv
import json
import sqlite3
from pathlib import Path


class Store:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = asyncio.Lock()
        self.db = sqlite3.connect(root / "prices.db", check_same_thread=False)

    async def watched(self) -> dict[str, float]:
        """The limits below which a price is news."""
        text = (self.root / "watched.json").read_text()
        return json.loads(text)

    async def add(self, sku: str, price: float) -> None:
        with self.lock:
            await asyncio.to_thread(self._insert, sku, price)

    def _insert(self, sku: str, price: float) -> None:
        with self.db:
            self.db.execute("INSERT INTO prices (sku, price) VALUES (?, ?)", (sku, price))

    async def latest(self, sku: str) -> float | None:
        query = "SELECT price FROM prices WHERE sku = ? ORDER BY id DESC LIMIT 1"
        rows = await asyncio.to_thread(self._select, query, sku)
        return rows[0][0] if rows else None

    async def forget(self, sku: str) -> None:
        self.db.execute("DELETE FROM prices WHERE sku = ?", (sku,))
        await asyncio.to_thread(self.db.commit)

    async def count(self) -> int:
        rows = await asyncio.to_thread(self._select, "SELECT count(*) FROM prices")
        return rows[0][0]

    def _select(self, query: str, *parameters: str) -> list[tuple]:
        return self.db.execute(query, parameters).fetchall()

    async def summary(self) -> str:
        return f"📉 {self.count()} prices of {len(await self.watched())} articles"

    def snapshot(self) -> None:
        self._copy(self.root / "prices.bak")

    def _copy(self, target: Path) -> None:
        with sqlite3.connect(target) as copy:
            self.db.backup(copy)

    async def export(self, target: Path) -> None:
        await asyncio.to_thread(self._export, target)

    def _export(self, target: Path) -> None:
        with target.open("w", newline="") as f:
            csv.writer(f).writerows(self._select("SELECT sku, price FROM prices"))
