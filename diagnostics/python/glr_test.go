package python

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// ambiguous is text that the grammar can read in several ways for a while or to its end, that its lexer reads in more
// than one state, or that the quick parser might not read as tree-sitter does for another reason.
var ambiguous = []string{
	"", "\n", " \n\t\n", "x", "x\n  ", "# a", "# a\n# b\n", "\n\n# a\nx # b\n# c", "\\\n", "\f\nx\n",
	"print(a)\n", "print (a), b\n", "print(a, file=b)\nprint -1\nprint\n", "print a, b\n", "print >>a, b\n", "print(a)(b).c[d]\n", "print(print(a), (print))\n",
	"exec(a)\n", "exec 'a' in b\n", "exec = 1\n", "async = await\n", "await(x)\n", "async def f(): await (x), await x\n",
	"match = 1\n", "match(a)\n", "match (a):\n case (b): pass\n", "match a, b:\n case _ if c: pass\n", "match[a]\n", "match[a]:\n case [b, *c]: pass\n", "match -a:\n case -1: pass\n case {**k}: pass\n", "case = match.case\n",
	"type = 1\n", "type(a)\n", "type X = int\n", "type X[T] = list[T]\n", "type: int = 1\n", "_ = 1\n",
	"a, b = c\n", "a,\n", "a = b,\n", "a = b, c = d", "(a, b) = c\n", "[a, b] = c\n", "[a, [b, *c]] = *d, e\n", "(a, [b])\n", "(a) = (b) = c\n", "*a, b = c\n", "*a.b, c[d] = e\n", "a.b, c = d\n", "a[b], c += d\n", "() = []\n", "[] = ()\n",
	"for a, b in c: pass\n", "for (a, b) in c: pass\n", "for *a, b.c in d, e: pass\n", "for x in *a, b: pass\n", "[a for (b, c) in d for [e] in f if g]\n", "{a: b for a, b in c}\n", "(a async for a in b)\n",
	"with a as b, c as d: pass\n", "with (a as b, c as d): pass\n", "with (a, b): pass\n", "with (a): pass\n", "with (a) as b: pass\n", "with (a, b) as c: pass\n", "with (a as b), c: pass\n", "with (a, b,): pass\n", "with a, (b as c): pass\n", "async def f():\n async with (a as b): pass\n", "with (yield a) as b: pass\n", "with (a if b else c) as d: pass\n",
	"(a := b)\n", "f(a := b, c)\n", "x[a := b]\n", "(a := b, c)\n", "[a := b, c]\n", "f(a=b, *c, **d)\n", "f(a for a in b)\n", "lambda: a\n", "lambda a, *b, c=d, **e: (yield)\n", "lambda *, a: a\n",
	"try:\n a\nexcept* b:\n c\nexcept:\n d\n", "try: a\nexcept (b, c) as d: e\nelse: f\nfinally: g\n", "except_ = excepts = exceptt = e = ex\n",
	"a if b else c, d\n", "not a in b\n", "a not in b is not c\n", "a < b > c == d\n", "-a ** -b\n", "await a ** b\n", "a @ b @= c\n", "x = yield\n", "x = yield a, b\n", "del a, b\n", "del (a, b)\n", "return a, *b\n", "assert a, b\n", "raise a from b\n", "global a, b\n",
	"from __future__ import a\nfrom . import b\nfrom .. c import (d as e,)\nfrom x import *\nimport a.b as c, d\n",
	"f'{a}'\n", "f'{a!r:>{b}}{{}}'\n", "f'''{\na}''' 'b' rb'c'\n", "f'{a=}' f\"{b:%Y}\"\n", "'a' 'b'\n", "r'\\' u'\\N{DASH}' b'\\x00'\n", "f'{f'{a}'}'\n", "'''a\n'b'\n''' \"\"\n", "f'{a:{b}{c}}'\n", "f'{a,b}{*c,}'\n", "f'{yield}'\n",
	"1_0 0x_f 0o7 0b1 1.e1j .5 1e-3 1L 0xfl\n", "a . b\n", "a...b\n", "...\n", "a[..., 1:2, ::3, *b]\n", "a[b, c:d] = e\n", "a<>b\n",
	"if a: b; c;\nelif d: e\nelse: f\n", "while a: b\nelse: c\n", "class A: pass\n", "class A(B, metaclass=C):\n  # d\n  x: int = 1\n\n  # e\ny\n", "@a\n@b.c(d)\nclass A[T: int, *U, **V](B): ...\n", "@(a := b)\nasync def f[T](a, /, b: int = 1, *, c, **d) -> e: ...\n",
	"def f(a, (b, c), *d): pass\n", "if a:\n    b\n  # c\n    d\n# e\n", "if a:\n\tb\n        c\n", "if a:\n b\n# c\n\n\n# d\nelse:\n e\n", "x = [\n  # a\n  1, # b\n]\n# c\n", "x = (1 # a\n  # b\n  )\n", "if a:\n  if b:\n    c\n\n", "class A:\n  def f(self):\n    pass\n  # a\n  # b\n\n  def g(self): pass\n",
	"é = ß·\n", "x = '— … 𝄞'\n", "𝔘𝔫 = ª\n", "a\u00a0= b\n", "a\u200b = b\n", "a\ufeff = b\n", "x = a\x00b\n", "'\x00'\n", "\r\nx = 1\r\n", "x = 1\ry\r", "a \\\n  = b \\\r\n + c\n", "if a: # b\r\n  c\r\n",
	"  a,\n  b,\n  c,\n  d,\n  e,\n  f,\n  g,\n  h,\n  i,\n  j,\n  k,\n  l", "  a,\n  b.c,\n  d,\n  e.f,\n  g,\n  h,\n  i,\n  j,\n",
	strings.Repeat("(", 40) + "a" + strings.Repeat(",)", 40) + " = b\n", strings.Repeat("[a, ", 40) + strings.Repeat("]", 40) + "\n", strings.Repeat("print(a, ", 40) + strings.Repeat(")", 40) + "\n", "a" + strings.Repeat(" + b", 300) + "\n", strings.Repeat("a\n", 300),
	strings.Repeat("f'{", 256) + "a" + strings.Repeat("}'", 256) + "\n", strings.Repeat("f'{", 300) + "a" + strings.Repeat("}'", 300) + "\n", strings.Repeat("(f'{", 300) + "a" + strings.Repeat("}' 'b')", 300) + "\n",
	strings.Repeat("(f'{", 255) + "a" + strings.Repeat("}' 'b')", 255) + "\n", strings.Repeat("(f'{", 256) + "a" + strings.Repeat("}' 'b')", 256) + "\n",
	func() string { // deeper than the scanner's state can say
		var b strings.Builder
		for i := range 300 {
			b.WriteString(strings.Repeat(" ", i) + "if a:\n")
		}
		return b.String() + strings.Repeat(" ", 300) + "b\nc\n"
	}(),
}

// compare parses a text with the quick parser and with tree-sitter.
func compare(t *testing.T, p *parser, text []byte) {
	t.Helper()
	quick, ok := p.parseQuick(text)
	reads := p.reads(text)
	any, _ := p.parseAny(text)
	sound := any[0].flags&flagError == 0
	switch {
	case ok != reads:
		t.Errorf("%q: parsed %v, reads %v", text, ok, reads)
	case ok && !slices.Equal(quick, any):
		i := 0
		for i < min(len(quick), len(any)) && quick[i] == any[i] {
			i++
		}
		t.Errorf("%q: node %d of %d and %d differs:\n%+v\n%+v", text, i, len(quick), len(any), quick[i:min(i+1, len(quick))], any[i:min(i+1, len(any))])
	case !ok && sound && utf8.Valid(text) && !strings.HasPrefix(string(text), "\ufeff"):
		t.Errorf("%q: given up, but there is no error in it", text)
	}
}

// fixtures are the Python files of the repository's tests.
func fixtures(t testing.TB) []string {
	var texts []string
	for _, pattern := range []string{"../../testdata/*/*.py", "../../testdata/*/*/*.py"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			b, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(b))
		}
	}
	return texts
}

// TestQuickParserIsExact also breaks the texts in many ways, and puts the end of the text everywhere.
func TestQuickParserIsExact(t *testing.T) {
	p := parsers.take()
	defer parsers.give(p)
	if p.quick == nil {
		t.Fatal("the quick parser does not know the version of the grammar")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, s := range slices.Concat(ambiguous, fixtures(t)) {
		compare(t, p, []byte(s))
		for range 20 {
			b := []byte(s)
			from := rng.IntN(len(b) + 1)
			b = b[from:min(len(b), from+rng.IntN(600))]
			at := rng.IntN(len(b) + 1)
			if rng.IntN(2) == 0 {
				other := ambiguous[rng.IntN(len(ambiguous))]
				b = slices.Insert(slices.Clone(b), at, []byte(other[:min(len(other), 60)])...)
			} else {
				b = slices.Delete(slices.Clone(b), at, min(len(b), at+rng.IntN(4)))
			}
			compare(t, p, b)
		}
	}
	for _, s := range ambiguous {
		for i := range min(len(s), 100) {
			compare(t, p, []byte(s[:i]))
		}
	}
}

func TestGiantsAreForgotten(t *testing.T) {
	p := parsers.take()
	defer parsers.give(p)
	p.text = []byte(strings.Repeat("x = f(1)\n", 1<<16))
	for range 3 {
		nodes, ok := p.parseQuick(p.text)
		if !ok || len(nodes) < 1<<16 {
			t.Fatal("not parsed")
		}
		p.trim()
		if nodes, ok := p.parseQuick([]byte("x\n")); !ok || len(nodes) != 3 {
			t.Fatal(nodes)
		}
		p.text = append(p.text, strings.Repeat("x = f(1)\n", 1<<16)...)
	}
}

func FuzzQuickParser(f *testing.F) {
	for _, s := range ambiguous {
		f.Add([]byte(s))
	}
	f.Add([]byte(splitSample))
	f.Fuzz(func(t *testing.T, text []byte) {
		p := parsers.take()
		defer parsers.give(p)
		compare(t, p, text)
	})
}

// BenchmarkParsers parses the fixtures with the quick parser and with tree-sitter.
func BenchmarkParsers(b *testing.B) {
	var texts [][]byte
	size := 0
	p := parsers.take()
	defer parsers.give(p)
	for _, s := range fixtures(b) {
		if p.reads([]byte(s)) {
			texts = append(texts, []byte(s))
			size += len(s)
		}
	}
	for name, parse := range map[string]func([]byte) ([]node, bool){"quick": p.parseQuick, "tree-sitter": p.parseAny} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				for _, text := range texts {
					parse(text)
				}
			}
		})
	}
}
