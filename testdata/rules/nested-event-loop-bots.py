"""Bots that start an event loop of their own."""

import discord
from aiogram import Bot, Dispatcher
from telegram.ext import Application

client = discord.Client(intents=discord.Intents.default())


async def three(bot: Bot, dispatcher: Dispatcher):
    client.run("token")  # want "cannot start an event loop where one is running already, and raises `RuntimeError`; await `discord.Client.start` instead"
    dispatcher.run_polling(bot)  # want "await `aiogram.Dispatcher.start_polling` instead"
    application = Application.builder().token("").build()
    application.run_polling()  # want "await `telegram.ext.Updater.start_polling` instead"


def helper(application: Application):
    application.run_webhook()


async def through(application: Application):
    helper(application)  # want "`helper` calls `telegram.ext.Application.run_webhook..`"


async def fine(application: Application, other):
    async with client:
        await client.start("token")
    await application.updater.start_polling()
    other.run("x")
    other.run_polling()


if __name__ == "__main__":
    client.run("token")
