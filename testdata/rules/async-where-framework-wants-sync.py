import argparse
import asyncio
import functools
import http.server
import json
import logging
import multiprocessing
import socketserver
import threading

import asyncclick
import click
import invoke
import nox
import pytest
import typer
from celery import Celery, Task, shared_task
from django.core.management.base import BaseCommand
from typer import Typer

app = Celery("app")
own = Celery("own", task_cls="project.AsyncTask")
cli_app = Typer()


@app.task
async def fetch():  # want "Celery calls `fetch` as a plain function, which only makes a coroutine that never runs; make it a plain `def` that calls `asyncio.run\\(\\)`"
    await asyncio.sleep(1)


@app.task(bind=True, max_retries=3)
async def fetch_again(self):  # want "Celery calls `fetch_again`"
    await asyncio.sleep(1)


@shared_task
async def shared():  # want "Celery calls `shared`"
    await asyncio.sleep(1)


@shared_task(name="named")
async def named():  # want "Celery calls `named`"
    await asyncio.sleep(1)


class ClassTask(Task):
    async def run(self, x):  # want "Celery calls `run`"
        await asyncio.sleep(x)


@click.group()
@click.option("--debug", is_flag=True)
async def cli(debug):  # want "Click calls `cli`"
    await asyncio.sleep(1)


@cli.command()
@click.argument("name")
async def hello(name):  # want "Click calls `hello`"
    await asyncio.sleep(1)


@click.command
async def alone():  # want "Click calls `alone`"
    await asyncio.sleep(1)


@cli_app.command()
async def serve(port: int = 80):  # want "Typer calls `serve`"
    await asyncio.sleep(1)


@cli_app.callback()
async def common():  # want "Typer calls `common`"
    await asyncio.sleep(1)


@nox.session
async def tests(session):  # want "nox calls `tests`"
    await asyncio.sleep(1)


@invoke.task
async def build(c):  # want "Invoke calls `build`"
    await asyncio.sleep(1)


async def pytest_configure(config):  # want "pytest calls `pytest_configure`"
    await asyncio.sleep(1)


@pytest.hookimpl(tryfirst=True)
async def pytest_collection_modifyitems(items):  # want "pytest calls `pytest_collection_modifyitems`"
    await asyncio.sleep(1)


@pytest.hookimpl(hookwrapper=True)
async def pytest_runtest_call(item):  # want "which only makes an asynchronous generator that never runs"
    yield


class Echo(asyncio.Protocol):
    async def connection_made(self, transport):  # want "The event loop calls `connection_made` as a plain function, which only makes a coroutine that never runs; make it a plain `def` that creates a task"
        await asyncio.sleep(1)

    async def data_received(self, data):  # want "The event loop calls `data_received`"
        await asyncio.sleep(1)

    async def send(self, data):
        await asyncio.sleep(1)


class Datagrams(asyncio.DatagramProtocol):
    async def datagram_received(self, data, addr):  # want "The event loop calls `datagram_received`"
        await asyncio.sleep(1)


class Worker(threading.Thread):
    async def run(self):  # want "The thread calls `run`"
        await asyncio.sleep(1)


class Job(multiprocessing.Process):
    async def run(self):  # want "The process calls `run`"
        await asyncio.sleep(1)


class ChatHandler(logging.Handler):
    async def emit(self, record):  # want "`logging` calls `emit`"
        await asyncio.sleep(1)


class StreamChatHandler(logging.StreamHandler):
    async def emit(self, record):  # want "`logging` calls `emit`"
        await asyncio.sleep(1)


class Request(socketserver.StreamRequestHandler):
    async def handle(self):  # want "The server calls `handle`"
        await asyncio.sleep(1)


class Pages(http.server.BaseHTTPRequestHandler):
    async def do_GET(self):  # want "The server calls `do_GET`"
        await asyncio.sleep(1)


class Encoder(json.JSONEncoder):
    async def default(self, o):  # want "`json` calls `default`"
        await asyncio.sleep(1)


class Command(BaseCommand):
    async def handle(self, *args, **options):  # want "Django calls `handle`"
        await asyncio.sleep(1)


async def port_number(text):
    await asyncio.sleep(1)
    return int(text)


parser = argparse.ArgumentParser()
parser.add_argument("--port", type=port_number)  # want "argparse calls `port_number` as a plain function"
parser.add_argument_group("g").add_argument("--other", type=port_number)  # want "argparse calls `port_number`"


@click.command()
@click.option("--port", callback=port_number)  # want "Click calls `port_number`"
def plain_command(port):
    pass


# What follows is silent.


def run_it(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return asyncio.run(f(*args, **kwargs))

    return wrapper


@app.task
@run_it
async def wrapped_task():
    await asyncio.sleep(1)


@click.command()
@click.option("--x")
@run_it
async def wrapped(x):
    await asyncio.sleep(1)


@click.command(cls=asyncclick.Command)
async def own_class():
    await asyncio.sleep(1)


@app.task(base=ClassTask)
async def own_base():
    await asyncio.sleep(1)


@own.task
async def own_task():
    await asyncio.sleep(1)


@asyncclick.command()
async def asynchronous():
    await asyncio.sleep(1)


class AsyncTyper(Typer):
    def command(self, *args, **kwargs):
        def decorate(f):
            return super().command(*args, **kwargs)(run_it(f))

        return decorate


async_app = AsyncTyper()


@async_app.command()
async def fine():
    await asyncio.sleep(1)


class Unknown(app.Thread):
    async def run(self):
        await asyncio.sleep(1)


class BaseWorker(threading.Thread):
    def run(self):
        asyncio.run(self.work())

    async def work(self):
        await asyncio.sleep(1)


class Derived(BaseWorker):
    async def run(self):
        await asyncio.sleep(1)


class OwnStart(threading.Thread):
    def start(self):
        asyncio.create_task(self.run())

    async def run(self):
        await asyncio.sleep(1)


class AsyncCommand(BaseCommand):
    def execute(self, *args, **options):
        return asyncio.run(self.handle(*args, **options))

    async def handle(self, *args, **options):
        await asyncio.sleep(1)


class Service:
    async def run(self):
        await asyncio.sleep(1)

    async def handle(self):
        await asyncio.sleep(1)

    async def pytest_configure(self):
        await asyncio.sleep(1)


async def pytest_own_hook(config):
    await asyncio.sleep(1)


parser.add_argument("--plain", type=int)
parser.set_defaults(func=port_number)


def local():
    async def pytest_configure():
        await asyncio.sleep(1)

    return pytest_configure
