"""Runs snippets, as python -X dev -W error: the samples come as JSON on standard input, one line of JSON goes out for each.

What a sample may leave behind counts as a failure: warnings, tasks, exceptions that nobody saw, open files and sockets.
"""

import asyncio
import contextlib
import gc
import importlib.machinery
import io
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import traceback
import types
import unittest
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

missing = set()
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    for name in ["aiohttp", "aiohttp.web", "anyio", "anyio.to_thread", "anyio._backends._asyncio", "fastapi", "httpx", "pytest", "trio", "uvloop", "unittest.mock"]:
        try:
            importlib.import_module(name)
        except ImportError:
            missing.add(name.partition(".")[0])

if "uvloop" not in missing:  # what it opens for the process it opens once
    sys.modules["uvloop"].run(asyncio.sleep(0))


class Pages(BaseHTTPRequestHandler):
    """Answers everything with a bit of JSON, and what is written to it as well."""

    def do_GET(self):
        body = b'{"a": 1}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            while int(self.rfile.readline(), 16):
                self.rfile.readline()
        else:
            self.rfile.read(int(self.headers["Content-Length"]))
        self.close_connection = True
        self.do_GET()

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"

PRELUDE = """
items = ["a", "b", "c"]

async def fetch(item="a"):
    await {library}.sleep(0.001)
    return item

async def process(item):
    await {library}.sleep(0.001)

async def work():
    await {library}.sleep(0.001)
    return 1

async def prepare():
    await {library}.sleep(0)
    return True

def load(name):
    return name

async def pages():
    for n in range(2):
        await {library}.sleep(0)
        yield f"page {{n}}"

class connect:
    def __init__(self, item):
        self.item = item
    async def __aenter__(self):
        return self
    async def __aexit__(self, *_):
        await {library}.sleep(0)

failures = [OSError("once")]

async def flaky():
    await {library}.sleep(0)
    if failures:
        raise failures.pop()
    return 1
"""

TERMINATE = """
async def terminate():
    await {library}.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)
"""

# How to use what a pattern defines, where that takes a server or a signal and is nothing for the cookbook.
USES = {
    "server": """
        async with serving(make_app()) as base, aiohttp.ClientSession() as session, session.get(base + "hello/you") as answer:
            assert await answer.json() == {"hello": "you"}
    """,
    "probes": """
        app = web.Application()
        add_probes(app, "database")
        async with serving(app) as base, aiohttp.ClientSession() as session:
            async with session.get(base + "healthz") as answer:
                assert answer.status == 200
            async with session.get(base + "readyz") as answer:
                assert answer.status == 503
    """,
    "middleware": """
        async def broken(request):
            raise ValueError("no")
        logging.getLogger(__name__).disabled = True
        app = web.Application(middlewares=[log_requests])
        app.router.add_get("/", broken)
        async with serving(app) as base, aiohttp.ClientSession() as session:
            async with session.get(base) as answer:
                assert answer.status == 500
            async with session.get(base + "nothing") as answer:
                assert answer.status == 404
    """,
    "app-state": """
        app = make_app()
        async with serving(app):
            assert not app[SESSION].closed
        assert app[SESSION].closed
    """,
    "fetch": """
        async with CLIENT as client:
            assert await fetch_json(client, url) == {"a": 1}
            assert await fetch_json(client, "http://127.0.0.1:1/") is None
    """,
    "fetch-retry": """
        async with aiohttp.ClientSession() as session:
            assert "a" in await fetch_text(session, url)
    """,
    "upload": """
        async with aiohttp.ClientSession() as session:
            await upload(session, url, Path(__file__))
    """,
    "download": """
        with tempfile.TemporaryDirectory() as folder:
            async with aiohttp.ClientSession() as session:
                await download(session, url, Path(folder) / "page")
            assert (Path(folder) / "page").read_bytes() == b'{"a": 1}'
    """,
    "lifespan": """
        async with app.router.lifespan_context(app):
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
                assert (await client.get("/status")).json() == {"open": True}
    """,
    "shutdown asyncio": """
        task = asyncio.create_task(terminate())
        await serve_until_signalled()
        await task
    """,
    "shutdown anyio": """
        async with anyio.create_task_group() as group:
            group.start_soon(terminate)
            await serve_until_signalled()
    """,
    "shutdown trio": """
        async with trio.open_nursery() as nursery:
            nursery.start_soon(terminate)
            await serve_until_signalled()
    """,
    "test": "await test_fetch()",
    "test-timeout": "await test_fetch_in_time()",
    "test-case": """
        suite = unittest.defaultTestLoader.loadTestsFromTestCase(FetchTest)
        result = await asyncio.to_thread(unittest.TextTestRunner(stream=io.StringIO()).run, suite)
        assert result.testsRun == 1 and result.wasSuccessful(), result.errors
    """,
}

ALONE = {"process-pool", "app", "dump-tasks"}


@contextlib.asynccontextmanager
async def serving(app):
    from aiohttp import web

    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/"
    finally:
        await runner.cleanup()


async def echo(request):
    from aiohttp import web

    ws = web.WebSocketResponse()
    await ws.prepare(request)
    await ws.send_str(await ws.receive_str())
    await ws.close()
    return ws


@contextlib.contextmanager
def hurried(library):
    """Sleeps of a second last a moment."""
    module = sys.modules[library]
    sleep = module.sleep
    module.sleep = lambda delay, *args: sleep(min(delay, 0.02), *args)
    try:
        yield
    finally:
        module.sleep = sleep


def programs(sample):
    """The code as a program of its own."""
    code = "import asyncio\n" + sample["text"]
    if sample["use"]:
        code += PRELUDE.format(library="asyncio") + "\nasync def use():\n" + textwrap.indent(sample["use"], "    ") + '\n\nif __name__ == "__main__":\n    asyncio.run(use())\n'
    return code


def alone(sample):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "program.py")
        with open(path, "w") as file:
            file.write(programs(sample))
        done = subprocess.run([sys.executable, "-X", "dev", "-W", "error", path] + [url, url] * (sample["name"] == "app"), capture_output=True, text=True, timeout=60)
    if done.returncode or "rror" in done.stderr or "Warning" in done.stderr:
        raise AssertionError(done.stderr or done.returncode)
    if sample["name"] == "app" and done.stderr.count("8 bytes") != 2:
        raise AssertionError(done.stderr)


def run(sample):
    library = sample["library"]
    module = types.ModuleType("__main__")
    ns = module.__dict__
    loader = types.SimpleNamespace()  # tracebacks of Python 3.15 want one
    ns.update(__loader__=loader, __spec__=importlib.machinery.ModuleSpec("__main__", loader))
    ns.update(__file__=__file__, url=url, serving=serving, os=os, signal=signal, tempfile=tempfile, unittest=unittest, io=io)
    ns[library] = sys.modules[library]
    exec(PRELUDE.format(library=library) + TERMINATE.format(library=library), ns)
    use = USES.get(sample["name"] + " " + library) or USES.get(sample["name"]) or sample["use"]
    if sample["where"] == "function":
        use = "return"  # once more, and nothing
    elif sample["where"] == "coroutine":
        use = "await main()"
    elif sample["name"] == "fetch":
        client = "aiohttp.ClientSession()" if "aiohttp" in sample["text"] else "httpx.AsyncClient()"
        use = use.replace("CLIENT", client)
        ns["__name__"] = "sample"
    if use and sample["where"] == "module":
        ns["__name__"] = "sample"
    real, sys.modules["__main__"] = sys.modules["__main__"], module
    try:
        exec(compile(sample["text"], sample["name"], "exec", dont_inherit=True), ns)
        if sample["where"] == "function":
            ns["plain"]()
        if not use:
            return
        if "aiohttp" in sample["text"]:
            ns["aiohttp"], ns["web"] = sys.modules["aiohttp"], sys.modules["aiohttp.web"]
        exec("async def use():\n" + textwrap.indent(textwrap.dedent(use).strip(), "    "), ns)

        async def main():
            async with contextlib.AsyncExitStack() as stack:
                if library == "asyncio":
                    ns["lock"], ns["semaphore"] = asyncio.Lock(), asyncio.Semaphore(2)
                if library == "anyio":
                    ns["lock"] = sys.modules["anyio"].Lock()
                if library == "trio":
                    ns["lock"] = sys.modules["trio"].Lock()
                if sample["name"] == "websocket":
                    from aiohttp import ClientSession, web

                    app = web.Application()
                    app.router.add_get("/", echo)
                    ns["url"] = await stack.enter_async_context(serving(app))
                    ns["session"] = await stack.enter_async_context(ClientSession())
                if sample["name"] == "request":
                    if ".text()" in sample["text"]:
                        ns["session"] = await stack.enter_async_context(sys.modules["aiohttp"].ClientSession())
                    else:
                        ns["client"] = await stack.enter_async_context(sys.modules["httpx"].AsyncClient())
                if sample["name"] == "consumer":
                    await consume(library, ns)
                else:
                    await ns["use"]()
            if library == "asyncio":
                left = asyncio.all_tasks() - {asyncio.current_task()}
                assert not left, f"tasks are left: {left}"

        if library == "asyncio":
            asyncio.run(main())
        else:
            sys.modules[library].run(main)
    finally:
        sys.modules["__main__"] = real


async def consume(library, ns):
    """Give a consumer something, and end it."""
    if library == "asyncio":
        ns["queue"] = asyncio.Queue()
        ns["queue"].put_nowait("a")
        task = asyncio.create_task(ns["use"]())
        await asyncio.wait_for(ns["queue"].join(), 5)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return
    if library == "anyio":
        send, ns["receive"] = sys.modules["anyio"].create_memory_object_stream(1)
    else:
        send, ns["receive"] = sys.modules["trio"].open_memory_channel(1)
    async with send:
        await send.send("a")
    await ns["use"]()


class Errors(logging.Handler):
    def __init__(self):
        super().__init__(logging.ERROR)
        self.found = []

    def emit(self, record):
        self.found.append(self.format(record))


def descriptors():
    try:
        return len(os.listdir("/proc/self/fd"))
    except OSError:
        return 0


def check(sample):
    """Return what went wrong."""
    errors = Errors()
    logging.getLogger("asyncio").addHandler(errors)
    unseen = []
    sys.unraisablehook = lambda args: unseen.append(f"{args.err_msg or 'in'} {args.object!r}: {args.exc_value!r}")
    before = descriptors()
    out = io.StringIO()
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), hurried(sample["library"]):
            run(sample)
            gc.collect()
    except BaseException:
        return traceback.format_exc()
    finally:
        for handler in logging.root.handlers[:]:
            logging.root.removeHandler(handler)
        logging.root.setLevel(logging.WARNING)
        logging.getLogger("asyncio").removeHandler(errors)
        sys.unraisablehook = sys.__unraisablehook__
    gc.collect()
    for _ in range(50):  # the threads of the server close their sockets in their own time
        if descriptors() <= before:
            break
        threading.Event().wait(0.02)
    else:
        unseen.append(f"{descriptors() - before} more files are open than before")
    if "Traceback" in out.getvalue():
        unseen.append(out.getvalue())
    return "\n".join(unseen + errors.found)


def needs(sample):
    if sample["name"] == "request":
        return ["aiohttp"] * ("aiohttp" in missing) if ".text()" in sample["text"] else ["httpx"] * ("httpx" in missing)
    return sorted(name for name in missing if f"import {name}" in sample["text"] or f"from {name}" in sample["text"])


for sample in json.load(sys.stdin):
    # uvloop is the one that snippets do without
    lacks = [name for name in needs(sample) if name != "uvloop"] or [sample["library"]] * (sample["library"] in missing)
    if lacks:
        answer = {"skipped": ", ".join(lacks)}
    else:
        try:
            wrong = alone(sample) if sample["name"] in ALONE else check(sample)
        except Exception:
            wrong = traceback.format_exc()
        answer = {"wrong": wrong or ""}
    sys.__stdout__.write(json.dumps(answer) + "\n")
    sys.__stdout__.flush()
os._exit(0)
