package rules_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

func spell(fs []diagnostics.Finding) string {
	var b strings.Builder
	for _, f := range fs {
		fmt.Fprintf(&b, "%s %v %v %s %v %v\n", f.Rule.Code, f.Severity, f.Span, f.Message, f.Related, f.Fixes)
	}
	return b.String()
}

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
	c := checker()
	steps := 20
	if testing.Short() {
		steps = 10
	}
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
			got := spell(c.Check(file, memo))
			want := spell(c.Check(python.NewFile(p, text), &diagnostics.Memo{}))
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
		got := spell(c.Check(file.Update(next), memo))
		if want := spell(c.Check(python.NewFile("", next), &diagnostics.Memo{})); got != want {
			t.Fatalf("%q [%d:%d] %q:\n%s\n%s", src, a, b, ins, got, want)
		}
	})
}
