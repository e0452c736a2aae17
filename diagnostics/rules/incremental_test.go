package rules_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

// TestIncrementalEqualsFresh edits the files of the tour and the fixtures at random; after each edit the findings must be
// those of a fresh analysis.
func TestIncrementalEqualsFresh(t *testing.T) {
	var paths []string
	for _, pattern := range []string{"../../testdata/tour/*.py", "../../testdata/rules/*.py"} {
		found, _ := filepath.Glob(pattern)
		paths = append(paths, found...)
	}
	if len(paths) == 0 {
		t.Fatal("no files")
	}
	pieces := []string{"\n", "    ", "(", ")", "await ", "async ", "time.sleep(1)", ".", "x", "\"", "self.a = ", "import time\n", "#", "def f():\n", "class A:\n", "return ", "1", ":", "if x:\n", "# noqa"}
	c, _ := diagnostics.NewChecker(rules.All, diagnostics.Settings{Hints: true, ExtendSelect: []string{"ASYNC9", "ASYNC1"}})
	steps := editing(6)
	for i, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(uint64(i), 7))
		text := python.NewText(string(data))
		file := python.NewFile(p, text)
		memo := &diagnostics.Memo{}
		c.Check(file, memo)
		for step := range steps {
			a := rng.IntN(text.Len() + 1)
			b, ins := a, pieces[rng.IntN(len(pieces))]
			if rng.IntN(3) == 0 {
				b, ins = min(text.Len(), a+rng.IntN(10)), ""
			}
			before := text
			text = text.Splice(python.Span{Start: a, End: b}, ins)
			file = file.Update(text)
			got := diagtest.Spell(c.Check(file, memo))
			want := diagtest.Spell(c.Check(python.NewFile(p, text), &diagnostics.Memo{}))
			if got != want {
				t.Fatalf("%s step %d: %d:%d %q after %q\n--- incremental\n%s--- fresh\n%s", p, step, a, b, ins, before.String()[max(0, a-30):a], got, want)
			}
			if rng.IntN(3) == 0 { // take it back
				text = before
				file = file.Update(text)
				c.Check(file, memo)
			}
		}
	}
}

// editing is how many edits a test makes of each file: so many, or what AIOLENS_EDITS says for a long run.
func editing(steps int) int {
	if n, err := strconv.Atoi(os.Getenv("AIOLENS_EDITS")); err == nil {
		return n
	}
	if testing.Short() {
		return steps / 3
	}
	return steps
}

// TestProgramsIncrementalEqualFresh edits the files of programs at random. After each edit of a file its findings, and the
// places in other files that explain them, must be those of a fresh analysis of the whole; so after an edit of another file.
func TestProgramsIncrementalEqualFresh(t *testing.T) {
	dirs, err := os.ReadDir(programs)
	if err != nil {
		t.Fatal(err)
	}
	pieces := []string{
		"\n", "    ", "(", ")", "await ", "async ", "time.sleep(1)", ".", "x", "\"", "import time\n", "#", "  # noqa", "return ", "if x:\n", "from . import a\n",
		"@property\n    ", "@staticmethod\n    ", "self", "None", "\ndef f():\n    time.sleep(1)\n\n", "\nfrom main import *\n", "time.sleep", "lambda: ", "yield ",
	}
	steps := editing(20)
	for i, d := range dirs {
		t.Run(d.Name(), func(t *testing.T) {
			tree := diagtest.Load(t, filepath.Join(programs, d.Name()))
			rng := rand.New(rand.NewPCG(uint64(i), 11))
			var lines []string
			for _, path := range tree.Paths {
				lines = append(lines, strings.SplitAfter(tree.File(path).Text().String(), "\n")...)
			}
			// edit changes a few bytes, or replaces, adds or removes a line.
			edit := func(src string) string {
				a := rng.IntN(len(src) + 1)
				switch rng.IntN(5) {
				case 0:
					return src[:a] + src[min(len(src), a+rng.IntN(10)):]
				case 1, 2:
					return src[:a] + pieces[rng.IntN(len(pieces))] + src[a:]
				}
				a = strings.LastIndexByte(src[:a], '\n') + 1
				rest := src[a:]
				if rng.IntN(2) == 0 {
					_, rest, _ = strings.Cut(rest, "\n")
				}
				if rng.IntN(3) == 0 {
					return src[:a] + rest
				}
				return src[:a] + lines[rng.IntN(len(lines))] + rest
			}
			c, _ := diagnostics.NewChecker(rules.All, programSettings[d.Name()])
			for _, path := range tree.Paths {
				tree := tree.Fresh()
				memo := &diagnostics.Memo{Files: tree}
				c.Check(tree.File(path), memo)
				// write changes the file. Whoever calls a function by a name of which the project defines others now is told so.
				write := func(src string) {
					type kinds struct{ plain, async bool }
					defined := func(name string) (k kinds) {
						k.plain, k.async = tree.Defined(path, name)
						return k
					}
					was := map[string]kinds{}
					for _, text := range []string{tree.File(path).Text().String(), src} {
						for name := range python.Definitions(text) {
							was[name] = defined(name)
						}
					}
					tree.Write(path, src)
					if tree.File(path).Calls(func(name string) bool { k, ok := was[name]; return ok && k != defined(name) }) {
						memo.Forget()
					}
				}
				compare := func(what string, step int, before string) {
					t.Helper()
					fresh := tree.Fresh()
					got, want := diagtest.Spell(c.Check(tree.File(path), memo)), diagtest.Spell(c.CheckIn(diagnostics.NewView(fresh), fresh.File(path)))
					if got != want {
						t.Fatalf("%s step %d: %s\n--- incremental\n%s--- fresh\n%s--- was\n%s--- is\n%s", path, step, what, got, want, before, tree.File(path).Text().String())
					}
				}
				for step := range steps {
					src := tree.File(path).Text().String()
					write(edit(src))
					compare("edited", step, src)
					if rng.IntN(3) == 0 { // take it back
						changed := tree.File(path).Text().String()
						write(src)
						compare("taken back", step, changed)
					}
					if rng.IntN(4) == 0 {
						other := tree.Paths[rng.IntN(len(tree.Paths))]
						src := tree.File(other).Text().String()
						tree.Write(other, edit(src))
						memo.Forget()
						compare("edited "+other, step, src)
						tree.Write(other, src)
						memo.Forget()
						compare("taken back "+other, step, src)
					}
				}
			}
		})
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("import time\nasync def f():\n    time.sleep(1)\n", 20, 25, "x")
	f.Add("class A:\n    async def g(self): self.g()\n", 5, 5, "(")
	c := checker()
	f.Fuzz(func(t *testing.T, src string, a, b int, ins string) {
		began := time.Now()
		defer func() {
			if took := time.Since(began); took > 2*time.Second && len(src) < 10000 {
				t.Fatalf("%v for %d bytes: %q", took, len(src), src)
			}
		}()
		text := python.NewText(src)
		file := python.NewFile("", text)
		memo := &diagnostics.Memo{}
		for _, found := range c.Check(file, memo) {
			if found.Span.Start < 0 || found.Span.End > text.Len() || found.Span.Start > found.Span.End {
				t.Fatalf("%q: span %v", src, found.Span)
			}
			for _, fix := range found.Fixes {
				diagnostics.Apply(src, []diagnostics.Fix{fix})
			}
		}
		next := text.Splice(python.Span{Start: a, End: b}, ins)
		got := diagtest.Spell(c.Check(file.Update(next), memo))
		if want := diagtest.Spell(c.Check(python.NewFile("", next), &diagnostics.Memo{})); got != want {
			t.Fatalf("%q [%d:%d] %q:\n%s\n%s", src, a, b, ins, got, want)
		}
	})
}

// TestSteps are edits after which the findings were not those of a fresh analysis: each text follows the one before.
func TestSteps(t *testing.T) {
	const handed = "import time\n\ndef work(): time.sleep(1)\n\nasync def a(f):\n    BODY\n\ndef b(f):\n    BODY\n\nasync def main():\n    await a(work)\n    b(work)\n"
	body := func(a string) string { return strings.ReplaceAll(handed, "BODY", a) }
	for name, texts := range map[string][]string{
		"a function that is handed over is called, or not": {body("f"), body("f()"), body("print(f)"), body("f()")},
	} {
		c, memo := checker(), &diagnostics.Memo{}
		file := python.NewFile("a.py", python.NewText(texts[0]))
		for i, text := range texts {
			file = file.Update(python.NewText(text))
			got := diagtest.Spell(c.Check(file, memo))
			want := diagtest.Spell(c.Check(python.NewFile("a.py", python.NewText(text)), &diagnostics.Memo{}))
			if got != want {
				t.Errorf("%s: step %d:\n--- incremental\n%s--- fresh\n%s", name, i, got, want)
			}
			if i%2 == 1 && !strings.Contains(want, "AIO207") {
				t.Errorf("%s: step %d: nothing found:\n%s", name, i, want)
			}
		}
	}
}
