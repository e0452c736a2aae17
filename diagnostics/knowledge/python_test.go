package knowledge

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"aiolens/diagnostics/shape"
)

// python finds the newest Python 3 of this machine, and its minor version; "" when there is none.
var python = sync.OnceValues(func() (path string, minor int) {
	candidates := []string{"python3", "python3.15", "python3.14", "python3.13", "python3.12"}
	if home, err := os.UserHomeDir(); err == nil {
		more, _ := filepath.Glob(filepath.Join(home, ".pyenv/versions/3.1[2-9]*/bin/python3"))
		candidates = append(candidates, more...)
	}
	for _, c := range candidates {
		out, err := exec.Command(c, "-S", "-c", "import sys; print(sys.version_info[1])").Output()
		if n, _ := strconv.Atoi(strings.TrimSpace(string(out))); err == nil && n > minor {
			path, minor = c, n
		}
	}
	return path, minor
})

// A fact sheet is what the script testdata/check.py compares with the interpreter.
type (
	sheet struct {
		Functions map[string]declaration            `json:"functions"`
		Classes   map[string]map[string]declaration `json:"classes"`
		Dunders   map[string][]string               `json:"dunders"` // of the classes of which all bases are known
		Names     []string                          `json:"names"`   // variables and aliases
	}
	declaration struct {
		Kind       string      `json:"kind"` // "def", "async", "property" or "var"
		Since      string      `json:"since"`
		Removed    string      `json:"removed"`
		Params     [][2]string `json:"params"` // name and kind; an optional one ends in "="
		Decorators []string    `json:"decorators"`
	}
)

var protocolDunders = []string{"__enter__", "__aenter__", "__iter__", "__aiter__", "__anext__", "__await__", "__call__"}

func declare(s *shape.Symbol) declaration {
	if len(s.Values) != 1 || s.Values[0].Op != shape.Function {
		return declaration{Kind: "var"}
	}
	f := s.Values[0].Func
	d := declaration{Kind: "def", Params: [][2]string{}}
	if f.Async {
		d.Kind = "async"
	}
	if f.Facts != nil {
		d.Since, d.Removed = f.Facts.Since, f.Facts.Dropped
		if f.Facts.Property {
			d.Kind = "property"
		}
	}
	for _, p := range f.Params {
		kind := []string{"pos", "pos", "kw", "*", "**"}[p.Kind]
		if p.Default != nil {
			kind += "="
		}
		d.Params = append(d.Params, [2]string{p.Name, kind})
	}
	for _, x := range f.Decorators {
		d.Decorators = append(d.Decorators, text(x))
	}
	return d
}

// dunders returns the protocol methods of a class and its bases; false when a base is not in the tables.
// What this version of Python, 3.minor, does not have is left out.
func dunders(m *shape.Module, c *shape.Class, minor int) ([]string, bool) {
	var list []string
	for _, d := range protocolDunders {
		if s := c.Members.Known[d]; s != nil {
			if d := declare(s); version(d.Since) > minor || d.Removed != "" && version(d.Removed) <= minor {
				continue
			}
			list = append(list, d)
		}
	}
	for _, b := range c.Bases {
		if b.Op == shape.Item {
			b = b.X
		}
		if b.Op == shape.Qual && (b.Str == "typing.Protocol" || b.Str == "typing.Generic") {
			continue
		}
		v, ok := follow(m, b, 0)
		if !ok || v == nil || v.Op != shape.ClassDef {
			return nil, false
		}
		more, ok := dunders(moduleOf(m, b), v.Class, minor)
		if !ok {
			return nil, false
		}
		list = append(list, more...)
	}
	slices.Sort(list)
	return slices.Compact(list), true
}

// version returns the minor number of "3.11", or 0.
func version(s string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(s, "3."))
	return n
}

// moduleOf returns the module in which the class named v stands, seen from m.
func moduleOf(m *shape.Module, v *shape.Value) *shape.Module {
	found, _ := follow(m, v, 0)
	if home := homes()[found.Class]; home != nil {
		return home
	}
	return m
}

// homes are the modules of all classes at their margin.
var homes = sync.OnceValue(func() map[*shape.Class]*shape.Module {
	list := map[*shape.Class]*shape.Module{}
	for _, m := range all() {
		for _, s := range m.Symbols.Known {
			if len(s.Values) == 1 && s.Values[0].Op == shape.ClassDef {
				list[s.Values[0].Class] = m
			}
		}
	}
	return list
})

// TestAgainstPython compares the tables with what the interpreter says of itself: that what is declared exists, what
// is a coroutine function, which parameters it has, and what can be entered, iterated and awaited.
func TestAgainstPython(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks Python, and no race of ours is in that")
	}
	exe, minor := python()
	if minor < 11 {
		t.Skip("needs Python 3.11")
	}
	sheets := map[string]*sheet{}
	for _, m := range all() {
		s := &sheet{Functions: map[string]declaration{}, Classes: map[string]map[string]declaration{}, Dunders: map[string][]string{}}
		sheets[m.Name] = s
		for name, symbol := range m.Symbols.Known {
			switch {
			case len(symbol.Values) == 1 && symbol.Values[0].Op == shape.Function:
				s.Functions[name] = declare(symbol)
			case len(symbol.Values) == 1 && symbol.Values[0].Op == shape.ClassDef:
				c := symbol.Values[0].Class
				s.Classes[name] = map[string]declaration{}
				for member, symbol := range c.Members.Known {
					s.Classes[name][member] = declare(symbol)
				}
				if list, ok := dunders(m, c, minor); ok {
					s.Dunders[name] = append([]string{}, list...)
				}
			default:
				s.Names = append(s.Names, name)
			}
		}
	}
	input, err := json.Marshal(sheets)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-W", "ignore", "testdata/check.py")
	cmd.Stdin = bytes.NewReader(input)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		if note, ok := strings.CutPrefix(line, "note: "); ok {
			t.Log(note)
		} else {
			t.Error(line)
		}
	}
}

// TestSyntax lets Python parse every stub.
func TestSyntax(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks Python, and no race of ours is in that")
	}
	exe, minor := python()
	if minor < 13 {
		t.Skip("class C[T = object] needs Python 3.13")
	}
	paths, err := filepath.Glob("stubs/*.pyi")
	if err != nil {
		t.Fatal(err)
	}
	script := "import ast, sys\nfor p in sys.argv[1:]: ast.parse(open(p).read(), p)"
	if out, err := exec.Command(exe, append([]string{"-S", "-c", script}, paths...)...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
