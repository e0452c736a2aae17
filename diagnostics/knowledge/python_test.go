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

	"aiolens/diagnostics/diagtest/pythons"
	"aiolens/diagnostics/shape"
)

// A fact sheet is what the script testdata/check.py compares with the interpreter.
type (
	sheet struct {
		Functions map[string]declaration            `json:"functions"`
		Classes   map[string]map[string]declaration `json:"classes"`
		Dunders   map[string][]string               `json:"dunders"` // of the classes of which all bases are known
		Names     []string                          `json:"names"`   // variables and aliases
		Absent    []string                          `json:"absent"`  // classes and aliases that this Python does not have
	}
	declaration struct {
		Kind       string      `json:"kind"` // "def", "async", "property" or "var"
		Since      string      `json:"since"`
		Removed    string      `json:"removed"`
		Ages       []age       `json:"ages"`   // of parameters
		Params     [][2]string `json:"params"` // name and kind; an optional one ends in "="
		Decorators []string    `json:"decorators"`
	}
	age struct {
		Name    string `json:"name"`
		Since   string `json:"since"`
		Removed string `json:"removed"`
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
		for _, p := range f.Facts.Params {
			d.Ages = append(d.Ages, age{p.Param, p.Since, p.Dropped})
		}
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
			if f := s.Values[0].Func; f != nil && absent(f.Facts, minor) {
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

// absent says whether facts tell that Python 3.minor does not have something.
func absent(f *shape.Facts, minor int) bool {
	return f != nil && (version(f.Since) > minor || f.Dropped != "" && version(f.Dropped) <= minor)
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
	asked := 0
	for minor, exe := range pythons.All() {
		if minor < 11 {
			continue
		}
		asked++
		t.Run("3."+strconv.Itoa(minor), func(t *testing.T) {
			t.Parallel()
			compare(t, exe, minor)
		})
	}
	if asked == 0 {
		t.Skip("SKIP: no Python 3.11 or newer is installed")
	}
}

func compare(t *testing.T, exe string, minor int) {
	sheets := map[string]*sheet{}
	for _, m := range all() {
		s := &sheet{Functions: map[string]declaration{}, Classes: map[string]map[string]declaration{}, Dunders: map[string][]string{}}
		sheets[m.Name] = s
		for name, symbol := range m.Symbols.Known {
			single := len(symbol.Values) == 1
			switch {
			case single && symbol.Values[0].Op == shape.Function:
				s.Functions[name] = declare(symbol)
			case single && absent(FactsOf(m, symbol.Values[0]), minor):
				s.Absent = append(s.Absent, name)
			case single && symbol.Values[0].Op == shape.ClassDef:
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
	exe, minor := pythons.Newest()
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
