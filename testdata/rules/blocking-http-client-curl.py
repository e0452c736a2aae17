"""Clients that work like requests."""

import cloudscraper
import discord
from curl_cffi import requests
from curl_cffi.requests import AsyncSession


async def bad(url):
    scraper = cloudscraper.create_scraper()
    scraper.get(url)  # want "blocks the event loop"
    with requests.Session() as session:
        session.get(url)  # want "blocks the event loop"
    hook = discord.SyncWebhook.from_url(url)
    hook.send("x")  # want "blocks the event loop"


async def fine(url):
    async with AsyncSession() as session:
        response = await session.get(url)
        return response.json()
