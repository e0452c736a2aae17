package knowledge

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"aiolens/diagnostics/shape"
)

// all returns every module of the tables, in order.
func all() []*shape.Module {
	var list []*shape.Module
	for _, top := range slices.Sorted(maps.Keys(files())) {
		f := files()[top]
		f.load()
		for _, name := range slices.Sorted(maps.Keys(f.modules)) {
			list = append(list, f.modules[name])
		}
	}
	return list
}

func TestStubs(t *testing.T) {
	var modules, functions, classes int
	for _, m := range all() {
		modules++
		each(m, func(_ string, s *shape.Symbol) {
			for _, v := range s.Values {
				switch v.Op {
				case shape.Function:
					functions++
				case shape.ClassDef:
					classes++
				}
			}
		})
	}
	for _, f := range files() {
		for _, e := range f.errors {
			t.Error(e)
		}
	}
	t.Logf("%d files, %d modules, %d classes, %d functions and methods", len(files()), modules, classes, functions)
}

// each calls visit for every symbol of m and of its classes, with its path.
func each(m *shape.Module, visit func(path string, s *shape.Symbol)) {
	var walk func(prefix string, symbols map[string]*shape.Symbol)
	walk = func(prefix string, symbols map[string]*shape.Symbol) {
		for _, name := range slices.Sorted(maps.Keys(symbols)) {
			s := symbols[name]
			visit(prefix+name, s)
			if len(s.Values) == 1 && s.Values[0].Op == shape.ClassDef {
				walk(prefix+name+".", s.Values[0].Class.Members.Known)
			}
		}
	}
	walk("", m.Symbols.Known)
}

// TestNames checks that every name in the tables leads somewhere: to a declaration, or into a package of which the
// tables know nothing.
func TestNames(t *testing.T) {
	for _, m := range all() {
		var params []string // type parameters in scope
		var check func(path string, v *shape.Value, asType bool)
		check = func(path string, v *shape.Value, asType bool) {
			if v == nil {
				return
			}
			switch v.Op {
			case shape.Name, shape.Qual, shape.Attr:
				if v.Op == shape.Name && slices.Contains(params, v.Str) {
					return
				}
				found, ok := follow(m, v, 0)
				switch {
				case !ok:
					t.Errorf("%s: %s: %s is not in the tables", m.Name, path, text(v))
				case asType && found != nil && found.Op == shape.Function:
					t.Errorf("%s: %s: %s is a function", m.Name, path, text(v))
				}
			default:
				check(path, v.X, asType)
				for _, a := range v.Args {
					check(path, a, asType)
				}
			}
		}
		classParams := map[string][]string{}
		each(m, func(path string, s *shape.Symbol) {
			params = nil
			for p := path; strings.Contains(p, "."); {
				p = p[:strings.LastIndexByte(p, '.')]
				params = append(params, classParams[p]...)
			}
			check(path, s.Annotation, true)
			for _, v := range s.Values {
				switch v.Op {
				case shape.ClassDef:
					classParams[path] = v.Class.TypeParams
					params = append(params, v.Class.TypeParams...)
					for _, b := range v.Class.Bases {
						check(path, b, true)
					}
				case shape.Function:
					params = append(params, v.Func.TypeParams...)
					check(path, v.Func.Returns, true)
					for _, p := range v.Func.Params {
						check(path, p.Annotation, true)
					}
					for _, d := range v.Func.Decorators {
						check(path, d, false)
					}
					if f := v.Func.Facts; f != nil {
						for _, x := range f.Passes {
							check(path, x.Type, true)
						}
						if f.Plays != "" {
							classKnown(t, f.Plays)
						}
					}
				default:
					check(path, v, false)
				}
			}
		})
		for _, star := range m.Stars {
			if top, _, _ := strings.Cut(star, "."); Has(top) && Module(star) == nil {
				t.Errorf("%s: no module %s", m.Name, star)
			}
		}
	}
}

// classKnown checks that the tables declare a class under a qualified name.
func classKnown(t *testing.T, name string) {
	t.Helper()
	i := strings.LastIndexByte(name, '.')
	if m := Module(name[:i]); m != nil {
		if s := m.Symbols.Known[name[i+1:]]; s != nil && s.Values[0].Op == shape.ClassDef {
			return
		}
	}
	t.Errorf("no class %s", name)
}

// follow looks up what a name in the module m stands for. It is nil, true for what the tables need not know.
func follow(m *shape.Module, v *shape.Value, depth int) (*shape.Value, bool) {
	if depth > 20 {
		return nil, false
	}
	switch v.Op {
	case shape.Name:
		s := m.Symbols.Known[v.Str]
		for _, star := range m.Stars {
			if s == nil {
				return follow(m, &shape.Value{Op: shape.Qual, Str: star + "." + v.Str}, depth+1)
			}
		}
		if s == nil {
			m = Module("builtins")
			s = m.Symbols.Known[v.Str]
		}
		if s == nil {
			return nil, false
		}
		if len(s.Values) == 0 {
			return nil, true
		}
		return follow(m, s.Values[0], depth+1)
	case shape.Qual:
		if top, _, _ := strings.Cut(v.Str, "."); !Has(top) {
			return nil, true
		}
		if Module(v.Str) != nil {
			return v, true
		}
		dot := strings.LastIndexByte(v.Str, '.')
		if dot < 0 {
			return nil, false
		}
		return member(m, &shape.Value{Op: shape.Qual, Str: v.Str[:dot]}, v.Str[dot+1:], depth)
	case shape.Attr:
		return member(m, v.X, v.Str, depth)
	}
	return v, true
}

func member(m *shape.Module, of *shape.Value, name string, depth int) (*shape.Value, bool) {
	of, ok := follow(m, of, depth+1)
	if !ok || of == nil {
		return nil, ok
	}
	var s *shape.Symbol
	switch of.Op {
	case shape.Qual:
		m = Module(of.Str)
		return follow(m, &shape.Value{Op: shape.Name, Str: name}, depth+1)
	case shape.ClassDef:
		s = of.Class.Members.Known[name]
	}
	if s == nil {
		return nil, false
	}
	if len(s.Values) == 0 {
		return nil, true
	}
	return s.Values[0], true
}

func TestModule(t *testing.T) {
	for _, name := range []string{"asyncio", "os", "os.path", "concurrent", "concurrent.futures", "asyncio.subprocess", "xml.etree.ElementTree"} {
		if m := Module(name); m == nil || m.Name != name || !m.Known || m != Module(name) {
			t.Errorf("Module(%q) = %v", name, m)
		}
	}
	if v := Module("os").Symbols.Known["path"]; v == nil || text(v.Values[0]) != "/os.path" {
		t.Error("os.path is not a symbol of os")
	}
	for _, name := range []string{"", "nothing", "os.nothing", "asyncio.Queue"} {
		if Module(name) != nil {
			t.Errorf("Module(%q) is there", name)
		}
	}
	if !Has("asyncio") || Has("asyncio.tasks") || Has("nothing") {
		t.Error("Has")
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for top := range files() {
				Module(top)
			}
		})
	}
	wg.Wait()
}

// BenchmarkParse parses the largest of the everyday stubs.
func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"asyncio", "builtins"} {
		source, err := stubs.ReadFile("stubs/" + name + ".pyi")
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%s-%dkB", name, len(source)/1000), func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			b.ReportAllocs()
			for b.Loop() {
				parse(name, string(source))
			}
		})
	}
}

// TestOpens checks that what a function opens has the first of the methods that close it, as far as the tables say what that is.
func TestOpens(t *testing.T) {
	checked := 0
	for _, m := range all() {
		each(m, func(path string, s *shape.Symbol) {
			if len(s.Values) != 1 || s.Values[0].Op != shape.Function || s.Values[0].Func.Facts == nil || s.Values[0].Func.Facts.Opens == nil {
				return
			}
			f := s.Values[0].Func
			v := f.Returns
			if class, ok := strings.CutSuffix(path, ".__init__"); ok || v != nil && v.Str == "typing.Self" {
				if !ok {
					class = path[:strings.LastIndexByte(path, '.')]
				}
				v = &shape.Value{Op: shape.Name, Str: class}
			}
			if v != nil && f.Facts.Part > 0 && v.Op == shape.Item {
				v = v.Args[f.Facts.Part-1]
			}
			if v == nil || v.Op == shape.Item {
				return
			}
			found, ok := follow(m, v, 0)
			if !ok || found == nil || found.Op != shape.ClassDef || found.Class.Members.Known["__await__"] != nil || f.Facts.Opens[0] == "release" {
				return // another object, once it is awaited
			}
			checked++
			if !has(moduleOf(m, v), found.Class, f.Facts.Opens[0]) {
				t.Errorf("%s: %s: %s has no %s", m.Name, path, found.Class.Name, f.Facts.Opens[0])
			}
		})
	}
	if checked < 30 {
		t.Errorf("only %d are checked", checked)
	}
}

// has says whether a class of a module, or one of its bases, has a member.
func has(m *shape.Module, c *shape.Class, name string) bool {
	if c.Members.Known[name] != nil {
		return true
	}
	for _, b := range c.Bases {
		if v, ok := follow(m, b, 0); ok && v != nil && v.Op == shape.ClassDef && has(moduleOf(m, b), v.Class, name) {
			return true
		}
	}
	return false
}
