package python

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// outline is the pieces of a file, for comparison.
func outline(f *File) string {
	var b strings.Builder
	for _, p := range f.blocks() {
		fmt.Fprintf(&b, "%d %d owner=%d class=%q indent=%d masks=%v %q\n", p.start, p.kind, p.owner, p.class, p.indent, p.masks, p.src)
	}
	return b.String()
}

const splitSample = `"""Doc."""
import os
from a import (
    b,
)

X = {
    "a": 1,
}

@dec(
    1,
)
@other
async def f(a,
            b=2):
    if a:
        return """
def not_a_def(): pass
"""
    else:
        pass
# comment
class A(Base,
        metaclass=M):  # note
    """Doc"""
    x: int = 3

    @property
    def p(self):
        return self.x

    async def m(self):
        class Inner:
            y = 1
        return f"{self.x!r:>{self.y}} {'q' + "s"} {{"

    if X:
        z = 1
    else:
        z = 2

@dataclass
class B:
    a: int
class C: pass
if TYPE_CHECKING:
    import x
elif y:
    pass
try:
    import j
except ImportError:
    j = None
finally:
    pass
def broken():
    x = foo(1,
def after():
    pass
s = t"{x}" rt'{y}'
def g[T = int, *U = list[int]](x: T = 3) -> T: ...
`

func TestSplit(t *testing.T) {
	f := NewFile("", NewText(splitSample))
	var got []string
	for _, p := range f.blocks() {
		head, _, _ := strings.Cut(strings.TrimSpace(p.src), "\n")
		got = append(got, fmt.Sprintf("%d:%s:%s", p.kind, p.class, head))
	}
	want := []string{`0::"""Doc."""`, "0::import os", "0::from a import (", "0::X = {", "0::@dec(", "1:A:class A(Base,", `2:A:"""Doc"""`, "2:A:x: int = 3",
		"2:A:@property", "2:A:async def m(self):", "2:A:if X:", "1:B:@dataclass", "2:B:a: int", "0::class C: pass", "0::if TYPE_CHECKING:", "0::try:",
		"0::def broken():", "0::def after():", `0::s = t"{x}" rt'{y}'`, "0::def g[T = int, *U = list[int]](x: T = 3) -> T: ..."}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, p := range f.blocks() {
		if broken := p.tree().broken(); broken != strings.HasPrefix(p.src, "def broken") {
			t.Errorf("broken = %v: %q", broken, p.src)
		}
	}
}

// TestUnpackedInComprehensions: what PEP 798 allows reads, and what looks like it reads as before.
func TestUnpackedInComprehensions(t *testing.T) {
	for _, src := range []string{
		"[*x for x in xs]", "{*await x async for x in xs if x}", "{**x for x in xs}", "{\n  # all\n  **x | y\n  for x in xs\n}", "f(*x for x in xs)", "(*[*y for y in x] for x in xs)",
		"{**{**x for x in xs} for y in ys}", "{**x[0] for x in [*y for y in ys]}", "[*(y for y in ys), 1]", "{**x, 1: [y for y in ys]}", "f(*xs, **{y: 1 for y in ys})", "[lambda *a: a for x in xs]",
	} {
		f := NewFile("", NewText("async def g():\n  z = "+src+"\n"))
		if f.Broken() {
			t.Errorf("broken: %s", src)
		}
	}
	for _, src := range []string{"[*x for", "{**x for x in", "[*x, y for x in xs]", "{**x: 1 for x in xs}"} {
		if f := NewFile("", NewText("async def g():\n  z = "+src+"\n")); !f.Broken() {
			t.Errorf("not broken: %s", src)
		}
	}
}

func TestLoneCarriageReturns(t *testing.T) {
	f := NewFile("", NewText("import time\rasync def f():\r    time.sleep(1)\r    return 2\r"))
	if at, broken := f.SyntaxError(); broken {
		t.Errorf("broken at %d", at)
	}
}

// edits replays random edits and compares the incremental split with that of the whole text.
func edits(t *testing.T, src string, seed uint64, steps int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	pieces := []string{"\n", "    ", "(", ")", "\"\"\"", "'", "class D:\n", "    def q(self):\n        pass\n", "else:\n", "@d\n", "async ", "#", "\\", "x = 1\n", "[", "t\"", "\r\n", "\t", "def ", "\nimport os\n", "é"}
	text := NewText(src)
	f := NewFile("", text)
	for i := range steps {
		a := rng.IntN(text.Len() + 1)
		b := min(text.Len(), a+rng.IntN(12))
		ins := ""
		switch rng.IntN(3) {
		case 0:
			b = a
			ins = pieces[rng.IntN(len(pieces))]
		case 1:
			ins = pieces[rng.IntN(len(pieces))]
		}
		if text.Len() < 200 {
			a, b, ins = text.Len(), text.Len(), src
		}
		text = text.Splice(Span{a, b}, ins)
		f = f.Update(text)
		if got, want := outline(f), outline(NewFile("", text)); got != want {
			t.Fatalf("step %d: after replacing [%d:%d] by %q:\n--- incremental\n%s--- whole\n%s", i, a, b, ins, got, want)
		}
	}
}

func TestUpdateEqualsWhole(t *testing.T) {
	for seed := range uint64(20) {
		edits(t, splitSample, seed, 400)
	}
}

func FuzzUpdate(f *testing.F) {
	f.Add(splitSample, 10, 20, "(")
	f.Add("class A:\n  x\n  def f(): pass\n", 5, 5, "\n")
	f.Add("a\rb\r\nclass C:\r x\r", 3, 4, "\"\"\"")
	f.Fuzz(func(t *testing.T, src string, a, b int, ins string) {
		text := NewText(src)
		file := NewFile("", text)
		next := text.Splice(Span{a, b}, ins)
		got := file.Update(next)
		if outline(got) != outline(NewFile("", next)) {
			t.Fatalf("%q [%d:%d] %q:\n%s\n%s", src, a, b, ins, outline(got), outline(NewFile("", next)))
		}
		if back := got.Update(text); outline(back) != outline(file) {
			t.Fatalf("undo of %q [%d:%d] %q", src, a, b, ins)
		}
		at := 0
		for blk, start := range got.Blocks {
			if start != at {
				t.Fatalf("gap at %d", at)
			}
			at += len(blk.src)
			blk.Root()
		}
		if at != next.Len() && len(got.blocks()) > 0 {
			t.Fatalf("blocks end at %d of %d", at, next.Len())
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(splitSample)
	f.Add("async def f():\n\tawait (\n x = [")
	f.Add("\ufeffclass A: # x\n  @d\n  def f(self): return f'{x!r:{y}}'\n\x00\xff")
	f.Fuzz(func(t *testing.T, src string) {
		file := NewFile("", NewText(src))
		file.Broken()
		for b := range file.Blocks {
			nodes := b.tree().nodes
			for i, n := range nodes {
				if n.start < 0 || n.end < n.start || int(n.end) > len(b.src) || n.parent >= int32(i) || n.last <= int32(i) || int(n.last) > len(nodes) {
					t.Fatalf("%q: node %d of %d: %+v", src, i, len(nodes), n)
				}
				if n.parent >= 0 && nodes[n.parent].last < n.last {
					t.Fatalf("%q: node %d reaches out of its parent", src, i)
				}
			}
			for n := range b.Root().Walk {
				n.Value()
				n.Live()
			}
		}
		file.Shape("m")
	})
}
