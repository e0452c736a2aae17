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
    await ctx.send("pong")


@bot.hybrid_command(name="warn")
async def hybrid(ctx, member, count=1):
    await ctx.reply("warned")
    member.ban()


@bot.event
async def on_message(message):
    await message.channel.send("hi")
    await bot.process_commands(message)


@client.event
async def on_reaction_add(reaction, user):
    await user.send("thanks")
    await reaction.message.delete()


@bot.listen()
async def on_member_join(member):
    await member.send("welcome")


@bot.event
async def on_command_error(ctx, error):
    await ctx.reply(str(error))


@tree.command()
async def slash(interaction, text: str):
    await interaction.response.send_message(text)


class Tools(commands.Cog):
    @commands.command()
    async def leave(self, ctx):
        await ctx.voice_client.disconnect()

    @commands.Cog.listener()
    async def on_guild_join(self, guild):
        await guild.system_channel.send("hello")

    @staticmethod
    @commands.command()
    async def plain(ctx):
        await ctx.send("x")

    async def cog_command_error(self, ctx, error):
        await ctx.send("failed")


class Client(discord.Client):
    async def on_message_edit(self, before, after):
        await after.reply("seen")


@router.message()
async def answer(message, state):
    await state.clear()


@dispatcher.callback_query()
async def pressed(query, bot):
    await bot.send_message(1, "x")


@app.command("/deploy")
async def deploy(body, ack, say, client):
    await ack()
    await say("deploying")
    await client.chat_postMessage(channel="c", text="x")


@bot.group()
async def config(ctx):
    await ctx.send("config")


@config.command()
async def show(ctx, name):
    await ctx.send("shown")
    name.send("x")


@show.error
async def show_error(ctx, error):
    await ctx.send("failed")


class Form(ui.Modal, title="form"):
    async def on_submit(self, interaction):
        await interaction.response.defer()


class Panel(ui.View):
    @ui.button(label="ok")
    async def ok(self, interaction, button):
        await interaction.message.edit(view=None)
        button.edit()


@dispatcher.message()
async def progress(message):
    status = await message.answer("...")
    status.edit_text("done")
    await status.delete()


async def serve():
    application = ApplicationBuilder().token("").build()
    async with application:
        await application.start()
        await application.updater.stop()


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
    await ctx.send("x")


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
