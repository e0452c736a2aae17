"""Clients that work like requests."""

import asyncio
import cloudscraper
import discord
from curl_cffi import requests
from curl_cffi.requests import AsyncSession


async def bad(url):
    scraper = cloudscraper.create_scraper()
    await asyncio.to_thread(scraper.get, url)
    with requests.Session() as session:
        await asyncio.to_thread(session.get, url)
    hook = discord.SyncWebhook.from_url(url)
    await asyncio.to_thread(hook.send, "x")


async def fine(url):
    async with AsyncSession() as session:
        response = await session.get(url)
        return response.json()
