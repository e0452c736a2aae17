package knowledge

import (
	"strings"
	"sync"

	"aiolens/diagnostics/shape"
)

// Mentions says whether any table declares a function or a method of this name. It reads the tables without parsing
// them.
func Mentions(name string) bool { return declaredNames()[name] }

var declaredNames = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	entries, _ := stubs.ReadDir("stubs")
	for _, e := range entries {
		text, _ := stubs.ReadFile("stubs/" + e.Name())
		for line := range strings.Lines(string(text)) {
			if _, rest, ok := strings.Cut(line, "def "); ok {
				if name := identifier(rest); name != "" {
					m[name] = true
				}
			}
		}
	}
	return m
})

// aging are the packages that [Aged] tells of: those of asynchronous programs.
var aging = []string{"asyncio", "concurrent", "contextlib", "inspect", "nest_asyncio", "queue", "unittest", "uvloop"}

// Aged says whether the tables about asynchronous programs have a function or a class of this name, or one with a parameter
// of this name, that some version of Python added (since), or that one deprecated or removed (until).
func Aged(name string) (since, until bool) {
	a := agedNames()[name]
	return a&1 != 0, a&2 != 0
}

var agedNames = sync.OnceValue(func() map[string]uint8 {
	found := map[string]uint8{}
	note := func(name, since, deprecated, dropped string) {
		if since != "" {
			found[name] |= 1
		}
		if deprecated != "" || dropped != "" {
			found[name] |= 2
		}
	}
	var visit func(m *shape.Module, symbols map[string]*shape.Symbol)
	visit = func(m *shape.Module, symbols map[string]*shape.Symbol) {
		for name, s := range symbols {
			for _, v := range s.Values {
				if f := FactsOf(m, v); f != nil {
					note(name, f.Since, f.Deprecated, f.Dropped)
					for _, a := range f.Params {
						note(a.Param, a.Since, a.Deprecated, a.Dropped)
					}
				}
				if v.Op == shape.ClassDef {
					visit(m, v.Class.Members.Known)
				}
			}
		}
	}
	for _, top := range aging {
		f := files()[top]
		f.load()
		for _, m := range f.modules {
			visit(m, m.Symbols.Known)
		}
	}
	return found
})

// FactsOf are the facts of a function or class that a module of the tables declares; nil when there are none. Those of a
// class stand behind the __init__ of its own or of its bases in the module.
func FactsOf(m *shape.Module, v *shape.Value) *shape.Facts {
	for range 8 {
		switch v.Op {
		case shape.Function:
			return v.Func.Facts
		case shape.Name:
		case shape.ClassDef:
			if s := v.Class.Members.Known["__init__"]; s != nil && len(s.Values) == 1 {
				v = s.Values[0]
				continue
			}
			if len(v.Class.Bases) == 0 {
				return nil
			}
			v = v.Class.Bases[0]
		case shape.Qual:
			if m = Module(moduleName(v.Str)); m == nil {
				return nil
			}
			v = &shape.Value{Op: shape.Name, Str: v.Str[len(m.Name)+1:]}
		default:
			return nil
		}
		if v.Op == shape.Name {
			s := m.Symbols.Known[v.Str]
			if s == nil || len(s.Values) != 1 {
				return nil
			}
			v = s.Values[0]
		}
	}
	return nil
}

// moduleName is a dotted name without its last part.
func moduleName(name string) string { return name[:max(0, strings.LastIndexByte(name, '.'))] }
