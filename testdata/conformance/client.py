"""A client that shares no code with the server: it plays the profiles of real editors over standard input and output.

    client.py SERVER PROFILES

Every message of the server is decoded by lsprotocol and encoded again; what does not come out as it went in (a property that is not
known, a value of another kind) is a failure. Exit code 1 tells of failures, 2 of a wrong call.
"""

import copy
import json
import os
import pathlib
import queue
import subprocess
import sys
import tempfile
import threading
import urllib.parse

import attrs
from lsprotocol import converters, types

PATIENCE = 60
MAIN = (
    "import asyncio\r\nimport time\r\n\r\nimport störe\r\n\r\n\r\nasync def wörk(n):\r\n"
    "    x = '😀é😀'; time.sleep(1); störe.load()\r\n    '😀'; asyncio.sleep(1)\r\n    return x\r\n\r\n\r\n"
    "async def main():\r\n    await wörk(2)\r\n    'é😀'; wörk('😀')\r\n"
)
STORE = "import time\n\n\ndef load():\n    time.sleep(1)\n"

CONVERTER = converters.get_converter()
# lsprotocol 2025.0.0 has no hook for this one: what is in it stays as it is.
CONVERTER.register_structure_hook(attrs.fields(types.NotebookDocumentFilterWithCells).notebook.type, lambda value, _: value)
RESPONSES = {method: found[1] for method, found in types.METHOD_TO_TYPES.items() if found[1]}
REQUESTS = {method: found[0] for method, found in types.METHOD_TO_TYPES.items()}
TO_CLIENT = {m for m in REQUESTS if types.message_direction(m) in ("serverToClient", "both")}


def different(was, now, at=""):
    """Where two JSON values differ; empty when they are the same. A null may stand for what is missing."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in {**was, **now}:
            if key not in now:
                yield f"{at}.{key} is not known"
            elif key not in was:
                if now[key] is not None:
                    yield f"{at}.{key} comes from nowhere"
            else:
                yield from different(was[key], now[key], f"{at}.{key}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for i, (a, b) in enumerate(zip(was, now)):
            yield from different(a, b, f"{at}[{i}]")
    elif was != now or isinstance(was, bool) != isinstance(now, bool):
        yield f"{at}: {was!r} is read as {now!r}"


class Client:
    def __init__(self, name, profile, command):
        self.name, self.profile, self.caps = name, profile, profile["capabilities"]
        self.failures, self.server, self.unit = [], {}, "utf-16"
        self.asked, self.published, self.texts, self.last = {}, {}, {}, 0
        self.inbox = queue.Queue()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        threading.Thread(target=self.read, daemon=True).start()
        self.errors = []
        threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True).start()

    def fail(self, message):
        self.failures.append(f"{self.name}: {message}")

    def read(self):
        out = self.process.stdout
        while header := out.readline():
            if not header.startswith(b"Content-Length: ") or out.readline() != b"\r\n":
                self.fail(f"header {header!r}")
                break
            self.inbox.put(json.loads(out.read(int(header[16:])).decode()))
        self.inbox.put(None)

    def write(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def can(self, path):
        at = self.caps
        for key in path.split("."):
            at = (at or {}).get(key)
        return at is not None and at is not False

    def known(self, message, kind):
        """Checks a message by decoding and encoding it."""
        try:
            back = json.loads(json.dumps(CONVERTER.unstructure(CONVERTER.structure(copy.deepcopy(message), kind))))
        except Exception as e:  # whatever it is, the message is wrong
            causes = [str(x) for x in getattr(e, "exceptions", [e])]
            return self.fail(f"{kind.__name__}: {'; '.join(causes)}: {str(message)[:300]}")
        for wrong in different(message, back):
            if not wrong.startswith(".id "):
                self.fail(f"{kind.__name__}{wrong}: {str(message)[:300]}")

    def step(self):
        """Takes the next message and returns its id if it is an answer."""
        message = self.inbox.get(timeout=PATIENCE)
        if message is None:
            raise EOFError("the server is gone: " + b"".join(self.errors).decode())
        method = message.get("method")
        if method is None:
            asked = self.asked.pop(message.get("id"), None)
            if asked is None:
                self.fail(f"an answer to nothing that was asked: {message}")
            elif "error" not in message:
                self.known(message, RESPONSES[asked])
            return message
        if method not in TO_CLIENT:
            self.fail(f"{method} is not for a client")
            return None
        self.known(message, REQUESTS[method])
        if method == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]
        elif method == "workspace/configuration":
            if not self.can("workspace.configuration"):
                self.fail("asked for its settings")
            self.write(id=message["id"], result=[None] * len(message["params"]["items"]))
        elif "id" in message:
            for needs, what in (("client/registerCapability", "workspace.didChangeWatchedFiles.dynamicRegistration"),
                                ("window/workDoneProgress/create", "window.workDoneProgress")):
                if method == needs and not self.can(what):
                    self.fail(f"{method} without {what}")
            self.write(id=message["id"], result=None)
        return None

    def call(self, method, params=None, code=None):
        self.last += 1
        number = self.last
        self.asked[number] = method
        self.write(id=number, method=method, **({} if params is None else {"params": params}))
        while True:
            message = self.step()
            if message and message.get("id") == number:
                break
        got = message.get("error", {}).get("code")
        if got != code:
            self.fail(f"{method}: error {message.get('error')}, want {code}")
        return message.get("result")

    def notify(self, method, params=None):
        self.write(method=method, **({} if params is None else {"params": params}))

    def open(self, uri, text):
        self.texts[uri] = text
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": text}})
        if "diagnosticProvider" in self.server:
            return self.call("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
        while self.published.get(uri, {}).get("version") != 1:
            self.step()
        return self.published[uri]["diagnostics"]

    def offset(self, text, position):
        lines = text.splitlines(keepends=True) + [""]
        line = lines[position["line"]].rstrip("\r\n")
        width = {"utf-8": lambda c: len(c.encode()), "utf-16": lambda c: len(c.encode("utf-16-le")) // 2, "utf-32": len}[self.unit]
        column, i = position["character"], 0
        while column > 0 and i < len(line):
            column -= width(line[i])
            i += 1
        if column:
            self.fail(f"{position} is not in {line!r}")
        return sum(map(len, lines[: position["line"]])) + i

    def slice(self, uri, span):
        text = self.texts[uri]
        return text[self.offset(text, span["start"]) : self.offset(text, span["end"])]

    def play(self, root):
        main = "file://" + urllib.parse.quote(str(root / "main.py"))
        doc = {"textDocument": {"uri": main}}
        self.call("textDocument/hover", {**doc, "position": {"line": 0, "character": 0}}, -32002)
        self.server = self.call("initialize", self.profile)["capabilities"]
        self.unit = self.server.get("positionEncoding", "utf-16")
        self.call("initialize", self.profile, -32600)
        self.notify("initialized", {})
        self.call("custom/unknown", {}, -32601)
        found = {}
        for d in self.open(main, MAIN):
            found.setdefault(self.slice(main, d["range"]), []).append(d["code"])
            self.call("textDocument/hover", {**doc, "position": d["range"]["start"]})
            actions = self.call("textDocument/codeAction", {**doc, "range": d["range"], "context": {"diagnostics": [d]}})
            for action in actions:
                if "edit" not in action:
                    action = self.call("codeAction/resolve", action) or {}
                edit = action.get("edit") or {}
                if "documentChanges" in edit and not self.can("workspace.workspaceEdit.documentChanges"):
                    self.fail("documentChanges")
                if "${" in json.dumps(edit):
                    self.fail(f"a snippet: {edit}")
        for text in "time.sleep", "asyncio.sleep(1)", "wörk('😀')":
            if text not in found:
                self.fail(f"nothing found at {text}: {found}")
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 14, "character": 0}}
        for method, provider, params in (
            ("textDocument/inlayHint", "inlayHintProvider", {**doc, "range": whole}),
            ("textDocument/codeLens", "codeLensProvider", doc),
            ("textDocument/completion", "completionProvider", {**doc, "position": {"line": 9, "character": 4}}),
            ("textDocument/prepareCallHierarchy", "callHierarchyProvider", {**doc, "position": {"line": 6, "character": 11}}),
        ):
            if self.server.get(provider):
                result = self.call(method, params)
                for item in result if method.endswith("Hierarchy") and result else []:
                    self.call("callHierarchy/outgoingCalls", {"item": item})
                    self.call("callHierarchy/incomingCalls", {"item": item})
        for command in self.server.get("executeCommandProvider", {}).get("commands", []):
            self.call("workspace/executeCommand", {"command": command})
        strange = "file:///c%3a/my%20dir/%c3%a4.py"
        self.open(strange, STORE.replace("def", "async def"))
        self.notify("textDocument/didClose", {"textDocument": {"uri": strange}})
        self.call("shutdown")
        self.call("textDocument/hover", {**doc, "position": {"line": 0, "character": 0}}, -32600)
        self.notify("exit")
        if (status := self.process.wait(PATIENCE)) != 0:
            self.fail(f"exit status {status}")
        if self.errors:
            self.fail(f"logged {self.errors}")


def main(server, profiles):
    failures = []
    paths = sorted(pathlib.Path(profiles).glob("*.json"))
    for path in paths:
        with tempfile.TemporaryDirectory() as scratch:
            root = pathlib.Path(scratch) / "my wörk space"
            root.mkdir()
            (root / "main.py").write_bytes(MAIN.encode())
            (root / "störe.py").write_bytes(STORE.encode())
            text = path.read_text().replace("file:///workspace/demo", "file://" + urllib.parse.quote(str(root)))
            profile = json.loads(text.replace("/workspace/demo", str(root)))
            client = Client(path.stem, profile, [server, "server"])
            try:
                client.play(root)
            except (EOFError, OSError, queue.Empty, KeyError, subprocess.TimeoutExpired) as e:
                client.fail(f"{type(e).__name__}: {e}")
            finally:
                client.process.kill()
            print(f"{path.stem}: {client.unit}, {len(client.failures)} failures")
            failures += client.failures
    for failure in failures[:50]:
        print(failure)
    return 1 if failures or not paths else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__)
        sys.exit(2)
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2]))
