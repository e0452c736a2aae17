package program_test

import (
	"strings"
	"testing"

	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// TestTypes evaluates the argument of each call of `see` and compares its type with the comment behind it.
func TestTypes(t *testing.T) {
	src := `import asyncio, time, socket, subprocess, os, threading, io
import asyncio as aio
import concurrent.futures
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from asyncio import sleep as nap
from dataclasses import dataclass, field
from typing import Annotated, Optional
import foo.bar

async def work() -> int: ...

async def untyped(x):
    return Path("a")

def make() -> Path: ...

def factory():
    return Store()

def timed(fn):
    async def wrapper(*a):
        return await fn(*a)
    return wrapper

def retry(n):
    def deco(fn):
        return fn
    return deco

def runs(fn):
    def run():
        return asyncio.run(fn())
    return run

@timed
async def measured() -> int: ...

@retry(3)
async def retried() -> int: ...

@runs
async def ran() -> int: ...

Where = Annotated[Path, "depends"]
Either = Path | None

class Store:
    path: Path
    opt: "Optional[Path]" = None

    def __init__(self, p: Path):
        self.lock = threading.Lock()
        self.p = p
        self.q = asyncio.Queue()

    @property
    def where(self) -> Path: ...

    async def load(self): ...

    def use(self, sets: dict[str, set[Path]]):
        for path in sets.get("a", set()).copy():
            see(path)  # pathlib.Path
        for path in list(sets.get("a", ())):
            see(path)  # pathlib.Path
        for path in list(sets.pop("a", other())):
            see(path)  # pathlib.Path | ?
        see(self.p)  # pathlib.Path
        see(self.lock)  # threading.Lock
        see(self.opt.read_text)  # def pathlib.Path.read_text
        see(self.where)  # pathlib.Path
        see(self.q.get)  # def asyncio.Queue.get
        see(self.load)  # def Store.load

class Sub(Store):
    def use2(self):
        see(self.p / "x")  # pathlib.Path
        see(super().load)  # def Store.load

@dataclass
class D:
    base: Path
    items: list[Path] = field(default_factory=list)

async def main(d: D, s: Sub, u, where: Where, either: Either):
    see(where)  # pathlib.Path
    see(either)  # pathlib.Path | None
    see(measured())  # typing.Coroutine[?, ?, ?]
    see(await retried())  # int
    see(ran())  # ?
    see(time.sleep)  # def time.sleep
    see(aio.sleep)  # def asyncio.sleep
    see(nap(1))  # typing.Coroutine[?, ?, ?]
    see(await work())  # int
    see(work())  # typing.Coroutine[?, ?, int]
    see(await untyped(1))  # pathlib.Path
    see(make().parent / "x")  # pathlib.Path
    see(factory().p)  # pathlib.Path
    see(d.base.open())  # io.TextIOWrapper
    see(s.where.exists)  # def pathlib.Path.exists
    for i in d.items:
        see(i)  # pathlib.Path
    with open("x") as f:
        see(f)  # io.TextIOWrapper
    see(open("y").read())  # str
    loop = asyncio.get_running_loop()
    see(loop.run_in_executor)  # def asyncio.AbstractEventLoop.run_in_executor
    sock = socket.socket()
    see(sock.recv)  # def socket.socket.recv
    see(subprocess.run)  # def subprocess.run
    see(subprocess.Popen("x"))  # subprocess.Popen
    p = Path("x") if u else None
    see(p)  # pathlib.Path | None
    see(foo.bar.baz)  # ~foo.bar.baz | ?
    see(foo.bar.Baz().get)  # ~foo.bar.Baz.get | ?
    see(u.x)  # ?
    see(os.path.exists)  # def os.path.exists
    t = asyncio.create_task(work())
    see(t)  # asyncio.Task[int]
    see(await t)  # int
    async with asyncio.TaskGroup() as tg:
        see(tg.create_task)  # def asyncio.TaskGroup.create_task
    ex = ThreadPoolExecutor()
    see(ex.submit)  # def concurrent.futures.Executor.submit
    see(asyncio.get_event_loop().create_task(work()))  # asyncio.Task[int]
    see({"a": Path("x")}["a"])  # pathlib.Path
    see([Path(x) for x in u][0])  # pathlib.Path
    see(sorted(Path("x").iterdir()))  # list[pathlib.Path]
    for g in Path("x").glob("*"):
        see(g)  # pathlib.Path
    if isinstance(u, Path):
        see(u)  # pathlib.Path
    see(await asyncio.wait_for(work(), 1))  # int
    see((await asyncio.gather(work())))  # tuple[int]
    r, w = await asyncio.open_connection("h", 1)
    see(w)  # asyncio.StreamWriter
    see("a".join([]))  # str
    see(lambda: 1)  # def 
`
	file := python.NewFile("", python.NewText(src))
	shape := file.Shape("")
	prog := program.New(nil)
	m := prog.Module(shape)
	for b, start := range file.Blocks {
		for n := range b.Root().Walk {
			if n.Kind() != python.Call || n.Child(python.FieldFunction).Text() != "see" {
				continue
			}
			line := file.Text().LineAt(start + n.Span().Start)
			text := src[file.Text().Line(line).Start:file.Text().Line(line).End]
			_, want, _ := strings.Cut(text, "  # ")
			got := prog.Eval(m, n.Child(python.FieldArguments).FirstNamed().Value()).String()
			if strings.TrimRight(got, " ") != strings.TrimRight(want, " ") {
				t.Errorf("line %d: %s\n got %s", line+1, strings.TrimSpace(text), got)
			}
		}
	}
}
