package diagnostics

import (
	"maps"
	"slices"
	"strings"

	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// same says whether blocks see the same imports, callbacks and library in both.
func (e *env) same(o *env) bool {
	for name := range o.asked {
		if (e.Module.Shape.Symbols[name] == nil) != (o.Module.Shape.Symbols[name] == nil) {
			return false
		}
	}
	return e.Library == o.Library && maps.Equal(e.imports, o.imports) && maps.Equal(e.callbacks, o.callbacks) &&
		slices.Equal(e.Module.Shape.Stars, o.Module.Shape.Stars) && mentions(e) == mentions(o)
}

// mentions is the set of the texts of interest that a file contains.
func mentions(e *env) (set [8]bool) {
	for i, w := range python.Mentioned {
		set[i] = slices.Contains(e.Module.Shape.Mentions, w)
	}
	return set
}

// forget marks the blocks whose findings may be others because of what changed in the shape of the file.
//
// What a block is found to hold depends on another block only through a name: one that its own text mentions, or one that
// is mentioned where such a name gets its meaning, and so on. Methods that Python calls by itself are mentioned
// nowhere, so a change of one concerns everybody.
func forget(file *python.File, before []checked, old, e *env) {
	changed := map[string]bool{}
	now := map[*python.Block]bool{}
	for b := range file.Blocks {
		now[b] = true
	}
	hashes := map[python.Export]int{}
	was := map[*python.Block]bool{}
	for i := range before {
		b := before[i].block
		was[b] = true
		if !now[b] {
			for e := range b.Exports {
				hashes[e]--
			}
		}
	}
	var fresh []*python.Block
	for b := range now {
		if !was[b] {
			fresh = append(fresh, b)
			for e := range b.Exports {
				hashes[e]++
			}
		}
	}
	var names []string
	add := func(name string) bool {
		if strings.HasPrefix(name, "__") {
			for i := range before {
				before[i].stale = true
			}
			return false
		}
		if !changed[name] {
			changed[name] = true
			names = append(names, name)
		}
		return true
	}
	// Functions that may return something else, and are otherwise the same, have changed only if what they return has.
	gone := map[python.Export]python.Export{}
	for x, n := range hashes {
		if n < 0 {
			gone[declared(x)] = x
		}
	}
	for x, n := range hashes {
		y, ok := gone[declared(x)]
		if n <= 0 || !ok {
			continue
		}
		hashes[x], hashes[y] = 0, 0
		if old.returns(x.Class, x.Name) != e.returns(x.Class, x.Name) && !add(x.Name) {
			return
		}
	}
	for x, n := range hashes {
		if n != 0 && !add(x.Name) {
			return
		}
	}
	// Blocks that were changed pass on what they mention, too, but need no mark.
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		for i := range before {
			k := &before[i]
			if k.stale || !k.block.Mentions(name) {
				continue
			}
			k.stale = true
			for e := range k.block.Exports {
				if e.Inferred && !add(e.Name) {
					return
				}
			}
		}
		for _, b := range fresh {
			if b.Mentions(name) {
				for e := range b.Exports {
					if e.Inferred && !add(e.Name) {
						return
					}
				}
			}
		}
	}
}

// declared is an export without what the body of its function returns.
func declared(x python.Export) python.Export {
	x.Result = 0
	return x
}

// returns spells what a function of the file, or a method of one of its classes, is found to return.
func (e *env) returns(class, name string) string {
	symbols := e.Module.Shape.Symbols
	if class != "" {
		if symbols[class] == nil {
			return ""
		}
		for _, v := range symbols[class].Values {
			if v.Op == shape.ClassDef {
				symbols = v.Class.Members
			}
		}
	}
	if symbols[name] == nil {
		return ""
	}
	var b strings.Builder
	for _, v := range symbols[name].Values {
		if v.Op == shape.Function {
			b.WriteString(e.Program.Returns(e.Module, v.Func))
		}
	}
	return b.String()
}
