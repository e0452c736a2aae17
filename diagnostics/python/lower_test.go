package python

import (
	"strings"
	"testing"
)

// TestValues lowers the argument of each call of `see` and compares it with the comment behind it.
func TestValues(t *testing.T) {
	src := `import os.path
import asyncio as aio
from time import sleep as zzz
from . import sib
from ..pkg.mod import thing
G = 1

def basics(a, b: int = 1, *args, c: "Foo | None" = None, **kw):
    see(a)  # param a
    see(b)  # annot{int}
    see(args)  # tuple{?}
    see(c)  # annot{(Foo | #None)}
    see(os.path.exists)  # os.path.exists
    see(zzz)  # zzz
    see(G)  # G
    x = 1
    see(x)  # #int
    x = "s"
    see(x)  # #str
    if a:
        x = b"1"
    else:
        x = None
    see(x)  # (#bytes | #None)
    for y, (z, *w) in a.items():
        see(y)  # iter{param a.items()}<0>
        see(w)  # rest{iter{param a.items()}<1>}
    with open("f") as f, g() as (h, i):
        see(f)  # enter{open(#str)}
        see(i)  # enter{g()}<1>
    try:
        v = A()
    except (E, F) as e:
        see(e)  # (annot{E} | annot{F})
        v = B()
    else:
        v = C()
    see(v)  # (B() | C())
    u = [q.m() for q in a]
    see(u)  # list{iter{param a}.m()}
    see(a or b)  # (notnone{param a} | annot{int})
    see(a if b else c)  # (param a | annot{(Foo | #None)})
    see((n := G) + n)  # {G + G}
    see(f"{a}")  # #str
    import json
    see(json)  # @json
    from .x import y2
    see(y2)  # @.x.y2

def loops():
    conn = connect()
    while True:
        see(conn)  # (connect() | (connect() | ~).again())
        conn = conn.again()

def narrowing(x: int | None, p):
    if isinstance(p, Path):
        see(p)  # is{param p, Path}
    elif p:
        see(p)  # notnone{is not{param p, Path}}
    if x is None:
        x = 2
    see(x)  # (notnone{annot{(int | #None)}} | #int)

def final():
    r = 1
    try:
        r = work()
        return r
    finally:
        see(r)  # (#int | work())

def nested():
    k = 1
    def inner():
        see(k)  # (#int | #str)
    k = "a"
    return inner

class K(Base):
    attr: int = 1
    other = Thing()

    def m(self, q):
        see(self)  # self K
        see(self.z)  # self K.z
        see(super().m)  # super K.m
        see(other)  # other
        self.z = q.make()
        class L:
            def n(self):
                see(self)  # self L

    @classmethod
    def c(cls):
        see(cls)  # cls K

    copy = see(other)  # cls K:other

async def awaits(s):
    async with s.get() as r:
        see(await r.json())  # await{aenter{param s.get()}.json()}
    async for i in s:
        see(i)  # aiter{param s}
    match s:
        case {"a": v}:
            see(v)  # ?
        case Foo() as w:
            see(w)  # annot{Foo}
    see(lambda t: t)  # def 
    global G
    G = 2
    see(G)  # G
`
	file := NewFile("", NewText(src))
	seen := 0
	for b, start := range file.Blocks {
		for n := range b.Root().Walk {
			if n.Kind() != Call || n.Child(FieldFunction).Text() != "see" {
				continue
			}
			arg := n.Child(FieldArguments).FirstNamed()
			line := file.Text().LineAt(start + n.Span().Start)
			text := src[file.Text().Line(line).Start:file.Text().Line(line).End]
			_, want, ok := strings.Cut(text, "  # ")
			if !ok {
				continue
			}
			seen++
			want = strings.TrimRight(want, " ")
			got := strings.TrimRight(arg.Value().String(), " ")
			if got == "()" {
				got = "-"
			}
			if got != want {
				t.Errorf("line %d: %s\n got %s", line+1, strings.TrimSpace(text), got)
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d", seen)
	}
	m := file.Shape("m")
	k := m.Symbols.Get("K").Values[0].Class
	if k.Members.Get("m") == nil || k.Members.Get("attr").Annotation == nil || k.Fields.Get("z") == nil || k.Members.Get("c") == nil {
		t.Errorf("class K: %v %v", k.Members, k.Fields)
	}
	if len(m.Symbols.Get("G").Values) != 2 {
		t.Errorf("G: %v", m.Symbols.Get("G").Values)
	}
}
