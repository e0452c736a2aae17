"""How long language servers keep whoever types waiting, measured over standard input and output as an editor would see it.

    latency.py [--rounds N] [--places N] SERVER...

SERVER is a command line, such as "aiolens server" or "ruff server". Each round starts each server anew for each file, one after the
other, and does the same with all of them; the order changes from round to round. The files are made of the asyncio of the Python
that runs this: base_events.py, and modules joined until they have 10,000 lines, in a copy of the package. They are nowhere else.

In the middle of N functions (16), spread over the file, statements are typed character by character and deleted again. The next
keystroke comes when the diagnostics of the very version are there, so the servers must push them and name the version. Times are
milliseconds from the message that is written to the answer that is read and not yet decoded:

    initialize    from the start of the process to the answer; median
    open          from didOpen to its diagnostics; median
    keystroke     from didChange to the diagnostics of that version; the 50th and the 99th percentile of all
    hover, completion, code action
                  each where and when the server has something to say, and nothing else is to do; median. "-": it never had
    memory        the most that the process itself had resident, in MB (Linux only)

Exit code 1 tells of a server that died or kept silent for a minute, 2 of a wrong call.
"""

import argparse
import ast
import asyncio
import json
import os
import pathlib
import platform
import queue
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = 60  # seconds
PAUSE = 1  # seconds that an editor is open before somebody types: time for what a server does in the background
STATEMENTS = [
    "time.sleep(0.1)",
    "if self.name is None: return None",
    "results = [f(item) for item in items if item]",
    "asyncio.create_task(self.run(name='worker'))",
]
MEASURED = ["initialize", "open", "keystroke", "hover", "completion", "code action", "memory"]


class Server:
    """A server and the one file that it has open."""

    def __init__(self, command, path):
        self.path, self.uri, self.version = path, path.as_uri(), 0
        self.inbox, self.writing, self.last = queue.Queue(), threading.Lock(), 0
        begin = time.perf_counter()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        threading.Thread(target=self.read, daemon=True).start()
        root = path.parent.as_uri()
        answer, _ = self.request("initialize", {
            "processId": os.getpid(), "rootUri": root, "workspaceFolders": [{"uri": root, "name": "latency"}],
            "capabilities": {
                "workspace": {"configuration": True, "workspaceFolders": True},
                "textDocument": {
                    "publishDiagnostics": {"versionSupport": True, "relatedInformation": True, "dataSupport": True},
                    "hover": {"contentFormat": ["markdown"]},
                    "completion": {"completionItem": {"snippetSupport": True}},
                    "codeAction": {
                        "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor", "source"]}},
                        "dataSupport": True, "resolveSupport": {"properties": ["edit"]},
                    },
                },
            },
        })
        self.started = time.perf_counter() - begin
        self.can, info = answer["capabilities"], answer.get("serverInfo", {})
        self.about = " ".join([info.get("name") or os.path.basename(command[0]), *info.get("version", "").split()[:1]])
        self.notify("initialized", {})

    def read(self):
        out = self.process.stdout
        while True:
            size = None
            while line := out.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    size = int(value)
            if size is None:
                return self.inbox.put((0, None))
            body = out.read(size)
            now = time.perf_counter()
            message = json.loads(body)
            if "method" in message and "id" in message:  # a request of the server
                asked = message["method"] == "workspace/configuration"
                self.write(id=message["id"], result=[None] * len(message["params"]["items"]) if asked else None)
            else:
                self.inbox.put((now, message))

    def write(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        with self.writing:
            begin = time.perf_counter()
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.process.stdin.flush()
        return begin

    def notify(self, method, params=None):
        return self.write(method=method, params=params)

    def wait(self, begin, wanted):
        """The first message that is wanted, and the time since begin."""
        while True:
            now, message = self.inbox.get(timeout=PATIENCE)
            if message is None:
                raise EOFError("the server is gone")
            if wanted(message):
                return message, now - begin

    def request(self, method, params=None):
        self.last += 1
        number = self.last
        begin = self.write(id=number, method=method, params=params)
        message, taken = self.wait(begin, lambda m: m.get("id") == number)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"], taken

    def diagnostics(self, begin):
        message, taken = self.wait(begin, lambda m: m.get("method") == "textDocument/publishDiagnostics"
                                   and m["params"]["uri"] == self.uri and m["params"].get("version") == self.version)
        self.found = message["params"]["diagnostics"]
        return taken

    def open(self, text):
        return self.diagnostics(self.notify("textDocument/didOpen", {
            "textDocument": {"uri": self.uri, "languageId": "python", "version": self.version, "text": text}}))

    def edit(self, start, end, text):
        self.version += 1
        return self.diagnostics(self.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"range": {"start": position(*start), "end": position(*end)}, "text": text}]}))

    def ask(self, feature, provider, params):
        """How long an answer takes; None without one."""
        if not self.can.get(provider):
            return None
        answer, taken = self.request("textDocument/" + feature, {"textDocument": {"uri": self.uri}, **params})
        if isinstance(answer, dict):
            answer = answer.get("items", answer)
        return taken if answer else None

    def memory(self):
        """The peak of resident memory in bytes; None where the system does not tell."""
        try:
            status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), None)

    def end(self):
        self.request("shutdown")
        self.notify("exit")
        self.process.wait(PATIENCE)


def position(line, column):
    return {"line": line, "character": column}


def places(text, count):
    """Where statements can be added: (line, indentation) behind a statement in the middle of a coroutine function."""
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.AsyncFunctionDef) and len(n.body) > 2]
    functions.sort(key=lambda f: f.lineno)
    for i in range(count):
        statement = functions[len(functions) * (2 * i + 1) // (2 * count)].body
        statement = statement[len(statement) // 2]
        yield statement.end_lineno, statement.col_offset


def play(command, path, text, count, into):
    """Starts a server, does all that is measured, and adds what it took to into. It returns the name of the server."""
    server = Server(command, path)
    try:
        into["initialize"].append(server.started)
        into["open"].append(server.open(text))
        time.sleep(PAUSE)
        for number, (line, indent) in enumerate(places(text, count)):
            statement = STATEMENTS[number % len(STATEMENTS)]
            keys = into["keystroke"]
            keys.append(server.edit((line, 0), (line, 0), " " * indent + "\n"))
            for i, char in enumerate(statement):
                keys.append(server.edit((line, indent + i), (line, indent + i), char))
            here = {"start": position(line, indent), "end": position(line, indent + len(statement))}
            about = [d for d in server.found if d["range"]["start"]["line"] == line]
            name = position(line, indent + max(statement.find("(") - 1, 0))
            into["hover"].append(server.ask("hover", "hoverProvider", {"position": name}))
            into["code action"].append(server.ask("codeAction", "codeActionProvider", {"range": here, "context": {"diagnostics": about}}))
            for i in reversed(range(len(statement))):
                keys.append(server.edit((line, indent + i), (line, indent + i + 1), ""))
            for i, char in enumerate("aio"):
                keys.append(server.edit((line, indent + i), (line, indent + i), char))
            into["completion"].append(server.ask("completion", "completionProvider", {"position": position(line, indent + 3)}))
            keys.append(server.edit((line, 0), (line + 1, 0), ""))
        into["memory"].append(server.memory())
        server.end()
        return server.about
    finally:
        server.process.kill()


def row(took):
    """The figures of a row of the table."""
    def shown(values, at=statistics.median):
        values = [v for v in values if v is not None]
        return f"{at(values) * 1e3:.1f}" if values else "-"

    def percentile(part):
        return lambda values: sorted(values)[min(len(values) - 1, int(len(values) * part))]

    memory = [v for v in took["memory"] if v is not None]
    return [shown(took["initialize"]), shown(took["open"]), shown(took["keystroke"], percentile(0.5)), shown(took["keystroke"], percentile(0.99)),
            shown(took["hover"]), shown(took["completion"]), shown(took["code action"]), f"{max(memory) / 1e6:.0f}" if memory else "-"]


def files(root):
    """The texts to open, by path: of a copy of asyncio, to which a long module is added."""
    package = pathlib.Path(asyncio.__file__).parent
    shutil.copytree(package, root / "aio", ignore=lambda _, names: [n for n in names if not n.endswith(".py")])
    base = root / "aio" / "base_events.py"
    joined, lines = [], 0
    for path in sorted((root / "aio").glob("*.py")):
        if lines < 10_000 and not path.name.startswith("__"):
            joined.append(path.read_text(encoding="utf-8"))
            lines += joined[-1].count("\n")
    long = root / "aio" / "joined.py"
    long.write_text("\n".join(joined), encoding="utf-8")
    return {path: path.read_text(encoding="utf-8") for path in (base, long)}


def load():
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--places", type=int, default=16)
    parser.add_argument("servers", nargs="+", metavar="SERVER", type=shlex.split)
    options = parser.parse_args()
    begun, names, took = load(), {}, {}
    with tempfile.TemporaryDirectory() as scratch:
        texts = files(pathlib.Path(scratch).resolve())
        for number in range(options.rounds):
            turn = number % len(options.servers)
            for path, text in texts.items():
                for command in options.servers[turn:] + options.servers[:turn]:
                    key = tuple(command), path
                    into = took.setdefault(key, {what: [] for what in MEASURED})
                    try:
                        names[key] = play(command, path, text, options.places, into)
                    except (EOFError, OSError, RuntimeError, queue.Empty, subprocess.TimeoutExpired) as e:
                        print(f"{shlex.join(command)}, {path.name}: {type(e).__name__}: {e}", file=sys.stderr)
                        return 1
    head = ["server", "lines", "initialize", "open", "keystroke p50", "p99", "hover", "completion", "code action", "memory"]
    print("| " + " | ".join(head) + " |")
    print("| --- " + "| ---: " * (len(head) - 1) + "|")
    for path, text in texts.items():
        for command in options.servers:
            key = tuple(command), path
            print("| " + " | ".join([names[key], f"{text.count(chr(10)):,}", *row(took[key])]) + " |")
    print(f"\nMilliseconds, and MB of memory; {options.rounds} rounds, {len(took[key]['keystroke'])} keystrokes in each row; the asyncio of "
          f"Python {platform.python_version()}; {platform.system()} with {os.cpu_count()} cores, load average {begun} before and {load()} after.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
