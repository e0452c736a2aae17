"""What others say about prices."""

import asyncio
import json

import requests


class Shop:
    """A shop that allows each customer one connection."""

    def __init__(self, base):
        self.base = base
        self.session = requests.Session()

    async def price(self, sku):
        answer = self.session.get(f"{self.base}/items/{sku}", timeout=10)
        answer.raise_for_status()
        return await self._parse(answer.text)

    def _parse(self, text):
        return float(json.loads(text)["price"])


class Market:
    """A market place that answers to as many requests as we like."""

    def __init__(self, session, base):
        self.session = session  # of aiohttp
        self.base = base

    async def price(self, sku):
        async with self.session.get(f"{self.base}/offers/{sku}") as answer:
            offers = await answer.json()
        return min(offer["price"] for offer in offers)


async def exchange_rate(currency):
    answer = await asyncio.to_thread(requests.get(f"https://rates.example/{currency}", timeout=10))
    return answer.json()["rate"]


async def holidays(country):
    answer = await asyncio.to_thread(requests.get, f"https://holidays.example/{country}", timeout=10)
    return answer.json()
