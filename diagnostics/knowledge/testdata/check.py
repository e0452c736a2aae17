"""Compare the tables, as JSON on standard input, with the standard library of this interpreter.

Prints one line for each difference; lines that begin with "note: " are no errors.
"""

import asyncio
import collections.abc
import importlib
import inspect
import json
import os
import sys

VERSION = sys.version_info[:2]
NEWEST = (3, 15)  # of which the tables have the parameters
MISSING = object()
# Names that are not functions do not say since when they are there: what an older Python lacks is no error.
OLD = "note: " if VERSION < (3, 13) else ""
KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "pos",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "pos",
    inspect.Parameter.KEYWORD_ONLY: "kw",
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
}
DUNDERS = ("__enter__", "__aenter__", "__iter__", "__aiter__", "__anext__", "__await__", "__call__")
# What is right in the tables although this interpreter does not show it.
EXPECTED = {
    # bound when the object is made
    "asyncio.Condition.acquire", "asyncio.Condition.locked", "asyncio.Condition.release",
    "threading.Condition.acquire", "threading.Condition.release",
    "multiprocessing.synchronize.Condition.acquire", "multiprocessing.synchronize.Condition.release",
    "multiprocessing.synchronize.SemLock.acquire", "multiprocessing.synchronize.SemLock.release",
    # what every file and every named tuple has
    "typing.IO.__iter__", "typing.IO.__next__", "typing.IO: __iter__", "typing.BinaryIO: __iter__", "typing.TextIO: __iter__",
    "typing.NamedTuple._asdict", "typing.NamedTuple._replace",
    # deprecated where they are documented, and with an underscore here since 3.14
    "asyncio.events.AbstractEventLoopPolicy", "asyncio.unix_events.DefaultEventLoopPolicy",
    # raises RuntimeError
    "asyncio.Future: __iter__", "asyncio.Task: __iter__",
}  # fmt: skip
# Not on every platform.
PLATFORM = {
    "asyncio.ProactorEventLoop", "asyncio.WindowsProactorEventLoopPolicy", "asyncio.WindowsSelectorEventLoopPolicy",
    "os.startfile",
}  # fmt: skip


def version(text):
    return tuple(map(int, text.split(".")))


def absent(declaration):
    """Whether this Python does not have it, by its own facts."""
    since, removed = declaration["since"], declaration["removed"]
    return bool(since and version(since) > VERSION or removed and version(removed) <= VERSION)


def parameters(where, attribute, declared):
    """Compare parameters: what Python has must be declared, in its order; what is declared besides must be optional."""
    try:
        signature = inspect.signature(attribute)
    except (ValueError, TypeError, AttributeError):
        return
    real = [(p.name, KINDS[p.kind], p.default is not p.empty) for p in signature.parameters.values()]
    if [kind for _, kind, _ in real if kind in ("*", "**")] and any(kind in ("*", "**") for _, kind, _ in real[:3]):
        return  # a wrapper that passes on whatever it gets
    names = [name for name, kind in declared]
    ours = [(name, kind.rstrip("=")) for name, kind in declared]
    only = {p.name for p in signature.parameters.values() if p.kind is p.POSITIONAL_ONLY}
    positional = [name for name, kind in ours if kind == "pos"]
    for i, name in enumerate([name for name, kind, _ in real if kind == "pos"]):
        if i >= len(positional) or positional[i] != name and name not in only:
            print(f"{where}: positional parameter {i} is {name} in {signature}, declared {names}")
            return
    for name, kind, _ in real:
        if kind == "kw" and name not in names and not name.startswith("_"):
            print(f"{where}: keyword parameter {name} of {signature} is not declared in {names}")
        if kind in ("*", "**") and kind not in [k for _, k in ours]:
            print(f"{where}: {kind}{name} of {signature} is not declared in {names}")
    known = [name for name, _, _ in real]
    for i, (name, kind) in enumerate(declared):
        if name not in known and not (kind.startswith("pos") and i < len(only)) and not kind.endswith("=") and kind not in ("*", "**"):
            print(f"{where}: {name} is not a parameter in {signature}")


def ages(where, attribute, declared):
    """Whether parameters came and went with the versions that the tables say."""
    try:
        names = inspect.signature(attribute).parameters
    except (ValueError, TypeError, AttributeError):
        return
    if any(p.kind is p.VAR_KEYWORD for p in names.values()):
        return
    for age in declared:
        there = age["name"] in names
        if there == absent(age):
            print(f"{where}: {age['name']} is {'' if there else 'not '}there, in spite of its facts")


def function(where, attribute, declaration):
    is_async = inspect.iscoroutinefunction(attribute)
    if is_async != (declaration["kind"] == "async"):
        print(f"{where}: declared {declaration['kind']}, iscoroutinefunction is {is_async}")
    if not callable(attribute) and not isinstance(attribute, (staticmethod, classmethod)):
        print(f"{where}: {attribute!r} cannot be called")
        return
    real = where.replace("asyncio.AbstractEventLoop.", "")  # the abstract one lags behind
    ages(where, getattr(asyncio.SelectorEventLoop, real) if real != where else attribute, declaration["ages"] or ())
    if VERSION >= NEWEST and not where.endswith(".__getattr__"):
        parameters(where, attribute, declaration["params"])


def member(where, cls, name, declaration):
    if absent(declaration) or name == "__iter__" and hasattr(cls, "__getitem__"):
        return
    attribute = inspect.getattr_static(cls, name, MISSING)
    if attribute is MISSING:
        if declaration["kind"] not in ("var", "property") and where not in EXPECTED and name != "__getattr__" and not hasattr(cls, "__getattr__"):
            print(f"{where}: not there")
        return
    if declaration["kind"] == "var":
        return
    is_function = inspect.isroutine(attribute) or isinstance(attribute, (staticmethod, classmethod)) or isinstance(attribute, type)
    if (declaration["kind"] == "property") == is_function:
        print(f"{where}: declared {declaration['kind']}, is {type(attribute).__name__}")
        return
    if declaration["kind"] == "property":
        return
    for wrapper in (staticmethod, classmethod):
        if isinstance(attribute, wrapper) != (wrapper.__name__ in (declaration["decorators"] or ())):
            if not inspect.isbuiltin(attribute) and not type(attribute).__name__.startswith("classmethod") and name != "__new__":
                print(f"{where}: is {type(attribute).__name__}, declared {declaration['decorators']}")
    attribute = getattr(attribute, "__func__", attribute)
    function(where, attribute, declaration)


def protocols(where, cls, declared):
    if not isinstance(cls, type):
        return
    for name in DUNDERS:
        has = any(k.__dict__.get(name) is not None for k in cls.__mro__)
        if name == "__iter__" and hasattr(cls, "__getitem__") and not has:
            continue  # iterated by index
        if has != (name in declared) and f"{where}: {name}" not in EXPECTED:
            print(f"{where}: {name} is {'missing' if has else 'not there in Python'}")


def main():
    sys.path.pop(0)
    os.environ["BROWSER"] = "true"
    for module_name, sheet in json.load(sys.stdin).items():
        if module_name.partition(".")[0] not in sys.stdlib_module_names:
            continue  # another library, or one that this Python no longer has
        try:
            module = importlib.import_module(module_name)
        except ImportError:
            platform = "" if "." in module_name else "note: "  # fcntl, pwd and the like are not everywhere
            print(f"{platform}cannot import {module_name}")
            continue
        for name in sheet["names"] or ():
            if not hasattr(module, name) and not name.startswith("_"):
                try:
                    importlib.import_module(f"{module_name}.{name}")
                except ImportError:
                    if f"{module_name}.{name}" not in EXPECTED:
                        print(f"{OLD}{module_name}.{name}: not there")
        for name in sheet["absent"] or ():
            if hasattr(module, name):
                print(f"{module_name}.{name}: is there, in spite of its facts")
        for name, declaration in sheet["functions"].items():
            where = f"{module_name}.{name}"
            attribute = getattr(module, name, MISSING)
            if attribute is not MISSING:
                function(where, attribute, declaration)
                if absent(declaration):
                    print(f"{where}: is there, in spite of its facts")
            elif not absent(declaration) and where not in PLATFORM:
                print(f"{where}: not there")
        for name, members in sheet["classes"].items():
            where = f"{module_name}.{name}"
            cls = getattr(module, name, MISSING)
            if not isinstance(cls, type):
                cls = getattr(cls, "__origin__", cls)
            if cls is MISSING:
                if not name.startswith("_") and where not in PLATFORM:
                    print(f"{OLD}{where}: not there")
                continue
            if not isinstance(cls, type):
                continue  # threading.Lock is a function before 3.13
            for member_name, declaration in members.items():
                member(f"{where}.{member_name}", cls, member_name, declaration)
            if name in sheet["dunders"]:
                protocols(where, cls, sheet["dunders"][name])


main()
