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
        self.stop()  # want "`self.stop\\(\\)` starts an event loop where one is running already and raises `RuntimeError`: `stop` calls `asyncio.AbstractEventLoop.run_until_complete\\(\\)`"
        return self.state  # want "reading `self.state` starts an event loop"


async def main():
    asyncio.run(fetch())  # want "`asyncio.run\\(\\)` cannot start an event loop"
    print(asyncio.run(fetch(), debug=True))  # want "cannot start"
    text = asyncio.run(fetch()).strip()  # want "cannot start"
    load()  # want "`load\\(\\)` starts an event loop where one is running already and raises"
    deep()  # want "2 calls down, and raises `RuntimeError`: `load` calls `asyncio.run\\(\\)`"
    with asyncio.Runner() as runner:
        runner.run(fetch())  # want "`asyncio.Runner.run\\(\\)` cannot start"
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
        load()  # want "`load\\(\\)` starts an event loop"
    load()
    deep()  # want "2 calls down"


def only_if(flag, times=0):
    for _ in range(times):
        load()


async def never():
    only_if(True)
    only_if(True, 0)
    only_if(True, 1)  # want "2 calls down"


async def serves():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(asyncio.Protocol, "x", 1)
    loop.run_forever()  # want "`asyncio.AbstractEventLoop.run_forever..` cannot start an event loop where one is running"
    await server.serve_forever()


async def serves_an_app(app, bot: discord.Client):
    uvicorn.run(app)  # want "`uvicorn.run..` cannot start an event loop where one is running already, and raises `RuntimeError`; await `uvicorn.Server.serve` instead"
    uvicorn.Server(uvicorn.Config(app)).run()  # want "cannot start"
    await uvicorn.Server(uvicorn.Config(app)).serve()
    web.run_app(app)  # want "await `aiohttp.web.AppRunner.setup` instead"
    bot.run("token")  # want "await `discord.Client.start` instead"
    await asyncio.to_thread(uvicorn.run, app)
    multiprocessing.Process(target=uvicorn.run, args=(app,)).start()


async def agents_and_servers():
    Runner.run_sync(Agent(name="x"), "x")  # want "await `agents.Runner.run` instead"
    pydantic_ai.Agent("m").run_sync("x")  # want "await `pydantic_ai.Agent.run` instead"
    FastMCP("x").run()  # want "await `mcp.server.fastmcp.FastMCP.run_stdio_async` instead"
    await FastMCP("x").run_stdio_async()
    await Runner.run(Agent(name="x"), "x")


def serve_in_main(app):
    uvicorn.run(app)


def script():
    load()
    asyncio.run(main())


if __name__ == "__main__":
    asyncio.run(main())
