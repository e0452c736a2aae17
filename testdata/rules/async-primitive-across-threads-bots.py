"""Players call what follows a song in their own thread; jobs run in threads, too."""

import asyncio

from apscheduler.schedulers.background import BackgroundScheduler
from discord import VoiceClient
from discord.ext import commands


class Music(commands.Cog):
    def __init__(self, bot):
        self.bot = bot
        self.next = asyncio.Event()

    @commands.command()
    async def play(self, ctx, source):
        ctx.voice_client.play(source, after=lambda error: self.next.set())  # want "`self.next.set..` changes an `asyncio.Event` in a thread"
        await self.next.wait()

    async def resume(self, voice: VoiceClient, source):
        voice.play(source, after=self.finished)
        voice.play(source, after=lambda error: self.bot.loop.call_soon_threadsafe(self.next.set))
        await self.next.wait()

    def finished(self, error):
        self.next.set()  # want "changes an `asyncio.Event` in a thread"

    async def game(self, board, move):
        board.play(move, after=lambda: self.next.set())


class Feed:
    def __init__(self):
        self.items = asyncio.Queue()
        self.scheduler = BackgroundScheduler()
        self.scheduler.add_job(self.poll, "interval", seconds=5)

    def poll(self):
        self.items.put_nowait(1)  # want "changes an `asyncio.Queue` in a thread"

    async def run(self):
        self.scheduler.start()
        return await self.items.get()
