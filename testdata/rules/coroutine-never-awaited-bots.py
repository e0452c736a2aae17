"""Handlers of bots, whose parameters are what their library calls them with."""

import discord
from aiogram import Dispatcher, Router
from discord import app_commands, ui
from discord.ext import commands
from slack_bolt.async_app import AsyncApp
from telegram.ext import ApplicationBuilder

bot = commands.Bot("!", intents=discord.Intents.default())
client = discord.Client(intents=discord.Intents.default())
tree = app_commands.CommandTree(client)
router = Router()
dispatcher = Dispatcher()
app = AsyncApp(token="")


# What must be found.


@bot.command()
async def ping(ctx):
    ctx.send("pong")  # want "`ctx.send..` is never awaited"


@bot.hybrid_command(name="warn")
async def hybrid(ctx, member, count=1):
    ctx.reply("warned")  # want "never awaited"
    member.ban()


@bot.event
async def on_message(message):
    message.channel.send("hi")  # want "never awaited"
    bot.process_commands(message)  # want "never awaited"


@client.event
async def on_reaction_add(reaction, user):
    user.send("thanks")  # want "never awaited"
    reaction.message.delete()  # want "never awaited"


@bot.listen()
async def on_member_join(member):
    member.send("welcome")  # want "never awaited"


@bot.event
async def on_command_error(ctx, error):
    ctx.reply(str(error))  # want "never awaited"


@tree.command()
async def slash(interaction, text: str):
    interaction.response.send_message(text)  # want "never awaited"


class Tools(commands.Cog):
    @commands.command()
    async def leave(self, ctx):
        ctx.voice_client.disconnect()  # want "never awaited"

    @commands.Cog.listener()
    async def on_guild_join(self, guild):
        guild.system_channel.send("hello")  # want "never awaited"

    @staticmethod
    @commands.command()
    async def plain(ctx):
        ctx.send("x")  # want "never awaited"

    async def cog_command_error(self, ctx, error):
        ctx.send("failed")  # want "never awaited"


class Client(discord.Client):
    async def on_message_edit(self, before, after):
        after.reply("seen")  # want "never awaited"


@router.message()
async def answer(message, state):
    state.clear()  # want "never awaited"


@dispatcher.callback_query()
async def pressed(query, bot):
    bot.send_message(1, "x")  # want "never awaited"


@app.command("/deploy")
async def deploy(body, ack, say, client):
    ack()  # want "never awaited"
    say("deploying")  # want "never awaited"
    client.chat_postMessage(channel="c", text="x")  # want "never awaited"


@bot.group()
async def config(ctx):
    await ctx.send("config")


@config.command()
async def show(ctx, name):
    ctx.send("shown")  # want "never awaited"
    name.send("x")


@show.error
async def show_error(ctx, error):
    ctx.send("failed")  # want "never awaited"


class Form(ui.Modal, title="form"):
    async def on_submit(self, interaction):
        interaction.response.defer()  # want "never awaited"


class Panel(ui.View):
    @ui.button(label="ok")
    async def ok(self, interaction, button):
        interaction.message.edit(view=None)  # want "never awaited"
        button.edit()


@dispatcher.message()
async def progress(message):
    status = await message.answer("...")
    status.edit_text("done")
    await status.delete()


async def serve():
    application = ApplicationBuilder().token("").build()
    async with application:
        application.start()  # want "never awaited"
        application.updater.stop()  # want "never awaited"


# What must be silent.


@bot.command()
async def fine(ctx, *, text):
    await ctx.send(text)
    text.send()
    return ctx.send(text)


@bot.listen("on_message")
async def on_member_remove(member):
    member.send("it is a message")


@bot.event
async def on_something_else(message):
    message.reply("x")


@bot.event
async def on_member_update(before: "Unknown", after=None):
    before.send("x")
    after.send("x")


class Value:
    @property
    async def item(self):
        return 1

    @item.setter
    def item(self, value):
        value.send("x")


@bot.command()
async def again(ctx):
    await ctx.send("x")


@again.error
async def again(ctx, error):
    ctx.send("x")  # want "never awaited"


def command(function):
    return function


@command
async def own(ctx):
    ctx.send("x")


async def bare(ctx):
    ctx.send("x")


class Other:
    async def on_message(self, message):
        message.reply("x")


class Custom(commands.Cog):
    async def helper(self, ctx):
        ctx.send("x")

    @commands.command()
    async def leave(self, ctx, voice):
        voice.disconnect()
        ctx.database.commit()
        await ctx.voice_client.play("x")  # wavelink


@app.event("message")
async def event(event, acknowledge):
    acknowledge()
