package diagnostics_test

import (
	"fmt"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// TestOccurrences checks that what is said about a word follows the blocks that hold it, whatever else they show.
func TestOccurrences(t *testing.T) {
	rule := &diagnostics.Rule{
		Code: "AIO999", Name: "a-count", Family: "test", Severity: diagnostics.Error, Doc: "# a-count\n\nA count.\n", On: []python.Kind{python.FunctionDef},
		Check: func(p *diagnostics.Pass, fn python.Node) {
			if fn.Child(python.FieldName).Text() != "count" {
				return
			}
			n := 0
			for range p.Occurrences("_x") {
				n++
			}
			p.Report(fn, fmt.Sprint(n))
		},
	}
	checker, _ := diagnostics.NewChecker([]*diagnostics.Rule{rule}, diagnostics.Settings{})
	src := "import asyncio\nclass A:\n    async def count(self): pass\n    async def b(self):\n        self.y\n        'a _x'\n\n_y = 1\n"
	memo := &diagnostics.Memo{}
	file := python.NewFile("a.py", python.NewText(src))
	for _, step := range []struct{ old, new, want string }{
		{"", "", "0"},
		{"self.y", "self._x", "1"},      // the same shape
		{"self._x", "self._x = 1", "1"}, // another
		{"'a _x'", "getattr(self, '_x')", "2"},
		{"_y = 1", "_x = 1", "3"},
		{"_x = 1\n'", "_y = 1\n'", "3"},
		{"    async def b(self):\n        self._x = 1", "    async def b(self):\n        self.z = 1", "2"},
	} {
		src = strings.Replace(src, step.old, step.new, 1)
		file = file.Update(python.NewText(src))
		found := checker.Check(file, memo)
		if len(found) != 1 || found[0].Message != step.want {
			t.Errorf("after %q: %v, want %s", step.new, found, step.want)
		}
	}
}

// TestOccurrencesTypes checks that what is said about the type of something in another block follows what that depends on.
func TestOccurrencesTypes(t *testing.T) {
	rule := &diagnostics.Rule{
		Code: "AIO999", Name: "a-type", Family: "test", Severity: diagnostics.Error, Doc: "# a-type\n\nA type.\n", On: []python.Kind{python.FunctionDef},
		Check: func(p *diagnostics.Pass, fn python.Node) {
			if fn.Child(python.FieldName).Text() != "ask" {
				return
			}
			for n := range p.Occurrences("mark") {
				p.Report(fn, p.Type(n.Parent().Child(python.FieldRight)).String())
			}
		},
	}
	checker, _ := diagnostics.NewChecker([]*diagnostics.Rule{rule}, diagnostics.Settings{})
	src := "import asyncio\nasync def ask(): pass\ndef made():\n    return 1\n\nmark = made()\n"
	memo := &diagnostics.Memo{}
	file := python.NewFile("a.py", python.NewText(src))
	for _, step := range []struct{ old, new, want string }{
		{"", "", "int"},
		{"return 1", "return b''", "bytes"},
		{"return b''", "x = 1\n    return b''", "bytes"},
		{"made():", "made(x):", "bytes"},
		{"return b''", "return ''", "str"},
	} {
		src = strings.Replace(src, step.old, step.new, 1)
		file = file.Update(python.NewText(src))
		found := checker.Check(file, memo)
		if len(found) != 1 || found[0].Message != step.want {
			t.Errorf("after %q: %v, want %s", step.new, found, step.want)
		}
	}
}
