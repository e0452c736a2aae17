import asyncio
import multiprocessing

import discord
import nothing
import pydantic_ai
import uvicorn
from agents import Agent, Runner
from aiohttp import web
from mcp.server.fastmcp import FastMCP


async def fetch() -> str:
    await asyncio.sleep(0)
    return ""


def load() -> str:
    return asyncio.run(fetch())


def deep():
    return load()


def careful():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(fetch())
    raise RuntimeError("await it")


class Template:
    def __init__(self, environment):
        self.environment = environment

    def render(self):
        if self.environment.is_async:
            return asyncio.run(fetch())
        return ""


async def renders(environment):
    return Template(environment).render()


class Service:
    def __init__(self):
        self.loop = asyncio.new_event_loop()

    @property
    def state(self):
        return self.loop.run_until_complete(fetch())

    def stop(self):
        self.loop.run_until_complete(fetch())

    async def run(self):
        self.stop()
        return self.state


async def main():
    await fetch()
    print(await fetch())
    text = (await fetch()).strip()
    load()
    deep()
    with asyncio.Runner() as runner:
        runner.run(fetch())
    careful()
    nothing.run(fetch())
    await asyncio.to_thread(load)
    await asyncio.to_thread(lambda: asyncio.run(fetch()))

    def inner():
        asyncio.run(fetch())

    try:
        load()
    except RuntimeError:
        pass
    return text, inner


async def again(flag):
    load()  # noqa: AIO602
    if flag:
        load()
    load()
    deep()


def only_if(flag, times=0):
    for _ in range(times):
        load()


async def never():
    only_if(True)
    only_if(True, 0)
    only_if(True, 1)


async def serves():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(asyncio.Protocol, "x", 1)
    loop.run_forever()
    await server.serve_forever()


async def serves_an_app(app, bot: discord.Client):
    uvicorn.run(app)
    uvicorn.Server(uvicorn.Config(app)).run()
    await uvicorn.Server(uvicorn.Config(app)).serve()
    web.run_app(app)
    bot.run("token")
    await asyncio.to_thread(uvicorn.run, app)
    multiprocessing.Process(target=uvicorn.run, args=(app,)).start()


async def agents_and_servers():
    Runner.run_sync(Agent(name="x"), "x")
    pydantic_ai.Agent("m").run_sync("x")
    FastMCP("x").run()
    await FastMCP("x").run_stdio_async()
    await Runner.run(Agent(name="x"), "x")


def serve_in_main(app):
    uvicorn.run(app)


def script():
    load()
    asyncio.run(main())


if __name__ == "__main__":
    asyncio.run(main())
