"""An editor that speaks to aiolens and others through rass, which makes one server of them.

    rass.py SERVER PROFILE

rass (the package rassumfrassum) and ruff must be on the PATH; with pyright-langserver there, too, it is a part of the second session. PROFILE is
what an editor says in initialize. Exit code 1 tells of failures, 2 of a wrong call.
"""

import json
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

from client import Client

MAIN = (
    "import os\nimport time\n\n\ndef settle(n: int) -> None:\n    time.sleep(n)\n\n\nasync def main() -> None:\n"
    "    total: int = '😀'; time.sleep(1)\n    settle(total)\n"
)
RUFF = '[lint]\nselect = ["ASYNC", "F401"]\n'
FIX = "Use `await asyncio.sleep()`"


class Editor(Client):
    def until(self, what, holds):
        while not holds():
            try:
                self.step()
            except queue.Empty:
                raise EOFError(f"no {what}: {self.published}") from None

    def codes(self, uri):
        return sorted(f"{d['source']} {d['code']}" for d in self.published.get(uri, {}).get("diagnostics", []) if "code" in d)

    def play(self, root, want):
        main = "file://" + urllib.parse.quote(str(root / "main.py"))
        doc = {"textDocument": {"uri": main}}
        self.server = self.call("initialize", self.profile)["capabilities"]
        self.notify("initialized", {})
        self.texts[main] = MAIN
        self.notify("textDocument/didOpen", {"textDocument": {"uri": main, "languageId": "python", "version": 1, "text": MAIN}})
        self.until(f"findings {want}", lambda: self.codes(main) == sorted(want))

        sleep = {"line": 9, "character": 28}
        hover = self.call("textDocument/hover", {**doc, "position": sleep})  # rass asks its first server
        if ("blocking-sleep" if "pyright" not in self.name else "(function) def sleep") not in hover["contents"]["value"]:
            self.fail(f"hover {hover}")

        at = {"start": sleep, "end": sleep}
        near = [d for d in self.published[main]["diagnostics"] if d["range"]["start"]["line"] == sleep["line"]]
        actions = {a["title"]: a for a in self.call("textDocument/codeAction", {**doc, "range": at, "context": {"diagnostics": near}})}
        for title in FIX, "Ruff (ASYNC251): Disable for this line":
            if title not in actions:
                self.fail(f"no action {title!r}: {list(actions)}")
        edit = self.call("codeAction/resolve", actions[FIX])["edit"]
        edits = [e for change in edit["documentChanges"] for e in change["edits"]]
        text = MAIN
        for e in sorted(edits, key=lambda e: (e["range"]["start"]["line"], e["range"]["start"]["character"]), reverse=True):
            text = text[: self.offset(MAIN, e["range"]["start"])] + e["newText"] + text[self.offset(MAIN, e["range"]["end"]) :]
        if "'😀'; await asyncio.sleep(1)\n" not in text or "import asyncio\n" not in text:
            self.fail(f"the fix makes {text!r}")
        self.notify("textDocument/didChange", {"textDocument": {"uri": main, "version": 2}, "contentChanges": [{"text": text}]})
        fixed = sorted(set(want) - {"Ruff ASYNC251"})
        self.until(f"findings {fixed}", lambda: self.published[main]["version"] == 2 and self.codes(main) == fixed)

        self.call("shutdown")
        self.notify("exit")
        self.process.stdin.close()  # rass does not end before
        if (status := self.process.wait(10)) != 0:
            self.fail(f"exit status {status}")


def main(server, path):
    own, ruff, pyright = [server, "server"], ["ruff", "server"], ["pyright-langserver", "--stdio"]
    sessions = {"rass, aiolens and ruff": ([own, ruff], ["Ruff ASYNC251", "Ruff F401", "aiolens AIO207"])}
    if shutil.which(pyright[0]):
        sessions["rass, pyright, ruff and aiolens"] = ([pyright, ruff, own], [*sessions["rass, aiolens and ruff"][1], "Pyright reportAssignmentType"])
    else:
        print("SKIP pyright: not installed")
    failures = []
    for name, (commands, want) in sessions.items():
        with tempfile.TemporaryDirectory() as scratch:
            root = pathlib.Path(scratch).resolve()
            (root / "main.py").write_text(MAIN, encoding="utf-8")
            (root / "ruff.toml").write_text(RUFF)
            text = pathlib.Path(path).read_text().replace("file:///workspace/demo", root.as_uri()).replace("/workspace/demo", str(root))
            command = ["rass", "--quiet-server", "--log-level", "silent"]
            for c in commands:
                command += ["--", *c]
            editor = Editor(name, json.loads(text), command)
            try:
                editor.play(root, want)
            except (EOFError, OSError, KeyError, TypeError, subprocess.TimeoutExpired) as e:
                editor.fail(f"{type(e).__name__}: {e}")
            finally:
                editor.process.kill()
            print(f"{name}: {len(editor.failures)} failures")
            failures += editor.failures
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__)
        sys.exit(2)
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2]))
