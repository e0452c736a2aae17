"""Compares the cards about the standard library, a list of JSON on standard input, with this interpreter.

With the argument "newest", the examples of all cards are compiled and the signatures compared, too; with "libraries", only the cards
about other libraries are compared, as far as those are installed.
"""

import ast
import importlib
import inspect
import json
import sys

MINOR = sys.version_info[1]
OF_INSTANCES = {  # set by __init__
    "asyncio.Condition.acquire",
    "asyncio.Condition.locked",
    "asyncio.Condition.release",
    "asyncio.subprocess.Process.pid",
    "asyncio.subprocess.Process.stderr",
    "asyncio.subprocess.Process.stdin",
    "asyncio.subprocess.Process.stdout",
    "trio.Nursery.cancel_scope",
}
ELSEWHERE = {  # names that only exist on Windows
    "asyncio.ProactorEventLoop",
    "asyncio.WindowsProactorEventLoopPolicy",
    "asyncio.WindowsSelectorEventLoopPolicy",
}


def minor(version):
    return int(version.split(".")[1]) if version else 0


def find(name):
    """The object with a qualified name, or None. The methods of event loops are those of a real one."""
    name = name.replace("asyncio.AbstractEventLoop.", "asyncio.SelectorEventLoop.")
    parts = name.split(".") if "." in name else ["builtins", name]
    for i in range(len(parts) - 1, 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:i]))
        except ImportError:
            continue
        for part in parts[i:]:
            if inspect.isclass(value) and part in getattr(value, "__annotations__", {}):
                return value
            if not hasattr(value, part):
                return None
            value = getattr(value, part)
        return value
    return None


def exists(card):
    name = card["name"]
    if name in ELSEWHERE or name in OF_INSTANCES:
        return
    there = find(name) is not None
    wanted = MINOR >= minor(card["since"]) and not (card["removed"] and MINOR >= minor(card["removed"]))
    if there != wanted:
        print("%s: %s in 3.%d, but since=%s removed=%s" % (name, "there" if there else "not there", MINOR, card["since"], card["removed"]))


def parse(signature):
    """The parameters of a signature as it is written: [(name, kind, default)], and whether there are more."""
    text = signature[signature.index("(") + 1 : signature.rindex(")")]
    more = text == "..." or text.endswith(", ...")
    if more:
        text = text[:-3].rstrip(", ")
        if text.endswith("*"):
            text = text[:-1].rstrip(", ")
    args = ast.parse("def f(" + text + "): pass").body[0].args
    found = []
    positional = args.posonlyargs + args.args
    defaults = [None] * (len(positional) - len(args.defaults)) + args.defaults
    for a, d in zip(positional, defaults):
        found.append((a.arg, "positional", d))
    if args.vararg:
        found.append((args.vararg.arg, "*", None))
    for a, d in zip(args.kwonlyargs, args.kw_defaults):
        found.append((a.arg, "keyword", d))
    if args.kwarg:
        found.append((args.kwarg.arg, "**", None))
    return found, more


KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
}


def same(default, written):
    """Whether a default is what is written: a literal, the name of something, or "..." for what cannot be spelled."""
    try:
        value = ast.literal_eval(written)
    except ValueError:
        name = written.attr if isinstance(written, ast.Attribute) else written.id
        return default == name or default == {"PIPE": -1}.get(name, default)
    return value is ... or default == value


def compare(card):
    """Compares the signature with that of the interpreter; the real event loops and the abstract one differ here and there."""
    problems = list(differences(card, find(card["name"])))
    if problems and ".AbstractEventLoop." in card["name"]:
        method = getattr(importlib.import_module("asyncio").AbstractEventLoop, card["name"].rsplit(".", 1)[1], None)
        problems = problems if method and list(differences(card, method)) else []
    for problem in problems:
        print("%s: %s" % (card["name"], problem))


def differences(card, value):
    signature = card["signature"]
    if value is None:
        return
    waits = signature.startswith("await ")
    if inspect.iscoroutinefunction(value) and not waits:
        yield "a coroutine function, but the signature has no await"
    if "(" not in signature:
        if inspect.isroutine(value) and not signature.startswith("@"):
            yield "a function, but the signature has no parentheses"
        return
    if not callable(value):
        yield "not callable"
        return
    try:
        real = list(inspect.signature(value).parameters.values())
    except ValueError:  # written in C
        return
    if real and real[0].name in ("self", "cls"):
        real = real[1:]
    real = [p for p in real if not p.name.startswith("_")]
    written, more = parse(signature)
    versions = card["parameters"]
    written = [w for w in written if minor(versions.get(w[0])) <= MINOR]
    kinds = [(p.name, KINDS[p.kind]) for p in real]
    plain = lambda pairs: [kind if "*" in kind else (n, kind) for n, kind in pairs]
    have, want = plain((w[0], w[1]) for w in written), plain(kinds)
    if "**" in want and "**" not in have:  # handed on: what comes after the positional ones cannot be asked
        keyword = [n for n, kind in kinds if kind == "keyword"] + [w[0] for w in written if w[1] == "keyword"]
        have = [h for h in have if h[0] not in keyword]
        want = [w for w in want if w != "**" and w[0] not in keyword]
        versions = {}
    if more:
        if any(h not in want for h in have):
            yield "parameters %s, but %s" % (have, want)
    elif have != want:
        yield "parameters %s, but %s" % (have, want)
    defaults = {p.name: p.default for p in real}
    for n, kind, written_default in written:
        if "*" in kind or n not in defaults:
            continue
        optional = defaults[n] is not inspect.Parameter.empty
        if optional != (written_default is not None):
            yield "%s is %s" % (n, "optional" if optional else "required")
        elif optional and not same(defaults[n], written_default):
            yield "the default of %s is %r" % (n, defaults[n])
    for n, since in versions.items():
        if n not in defaults and minor(since) <= MINOR and not more:
            yield "no parameter %s" % n


def parameters(card):
    """Whether parameters came with the versions that the card says."""
    value = find(card["name"])
    if value is None or not card["parameters"]:
        return
    try:
        real = inspect.signature(value).parameters
    except ValueError:
        return
    if any(p.kind is p.VAR_KEYWORD for p in real.values()):
        return
    for n, since in card["parameters"].items():
        if (n in real) != (MINOR >= minor(since)):
            print("%s: %s %s in 3.%d, but since %s" % (card["name"], n, "is there" if n in real else "is not there", MINOR, since))


def installed(name):
    try:
        importlib.import_module(name.split(".")[0])
    except ImportError:
        return False
    return True


def complete(names):
    """Whether each public name of asyncio has a card."""
    for name in importlib.import_module("asyncio").__all__:
        if not name.startswith("_") and "asyncio." + name not in names:
            print("asyncio.%s: no card" % name)


cards = json.load(sys.stdin)
if "newest" in sys.argv[1:]:
    complete({card["name"] for card in cards})
for card in cards:
    if "libraries" in sys.argv[1:]:
        if not card["standard"] and installed(card["name"]):
            exists(card)
            compare(card)
        continue
    if card["standard"]:
        exists(card)
        parameters(card)
    if "newest" in sys.argv[1:]:
        if card["standard"]:
            compare(card)
        try:
            compile(card["module"], card["name"], "exec")
        except SyntaxError as e:
            print("%s: %s in %s" % (card["name"], e, card["module"]))
