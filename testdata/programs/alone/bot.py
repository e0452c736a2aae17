import store
from discord.ext import commands

bot = commands.Bot()


@bot.command()
async def show(ctx):
    store.load()  # want `AIO207` "`load` calls"
