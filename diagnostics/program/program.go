// Package program evaluates the symbolic values of modules: it finds what names mean across modules, which class a
// value is an instance of, which function a call reaches, and what awaiting, entering or iterating it gives.
//
// It knows the shapes of modules and the tables. It does not know syntax trees, rules, the language server
// protocol or the disk. What it cannot tell is unknown, never guessed.
package program

import (
	"slices"
	"strings"

	"aiolens/diagnostics/knowledge"
	"aiolens/diagnostics/shape"
)

// Program is a set of modules and what has been worked out about them. It is not safe for concurrent use.
type Program struct {
	source  Source
	modules map[*shape.Module]*Module
	// What guard needs.
	busy    map[any]*working
	pending map[any]pending
	order   []any // the keys of pending, in the order they came
	last    map[any]Type
	low     int // the least depth that was met again
	depth   int
	links   int // how many classes are being linked
}

type valueKey struct {
	m *Module
	v *shape.Value
}

// A Source finds the modules that are not in the tables. It gives the same shape for the same module each time.
type Source interface {
	// Find is the module with an absolute dotted name, as a module imports it; nil when there is none. installed says that
	// it is not part of the project.
	Find(from *shape.Module, name string) (m *shape.Module, installed bool)
}

// New makes a program of the modules that a source finds; nil finds none.
func New(source Source) *Program {
	return &Program{
		source: source, modules: map[*shape.Module]*Module{}, busy: map[any]*working{}, pending: map[any]pending{}, last: map[any]Type{}, low: maxDepth + 1,
	}
}

// Module is a module of the program.
type Module struct {
	Shape   *shape.Module
	starred map[string]bound   // names that star imports bind
	found   map[string]*Module // by absolute name

	classes map[*shape.Class]*Class
	funcs   map[*shape.Func]*Func
	values  map[valueKey]Type
	annots  map[annotationKey]Type
	symbols map[*shape.Symbol]Type
	results map[*Func]Type
	params  map[*Func][]string // see [Program.params]
}

// Forget drops a module, which no other has imported, with all that was worked out about it.
func (p *Program) Forget(m *Module) { delete(p.modules, m.Shape) }

// Name is the dotted name of the module; "" when unknown.
func (m *Module) Name() string { return m.Shape.Name }

// Class is a class, with the module that declares it.
type Class struct {
	Module *Module
	Decl   *shape.Class
	Name   string // qualified: "requests.Session"
	bases  []Atom
	open   bool // a base is unknown
	linked bool

	resolved   bool
	resolution map[*Class]int // see [Program.resolution]
	lines      map[AtomKind]line
}

// Func is a function, with the module and class that declare it.
type Func struct {
	Module *Module
	Decl   *shape.Func
	Name   string // qualified: "requests.Session.get"
	Class  *Class // nil for plain functions
}

// Module is the program's view of a module.
func (p *Program) Module(m *shape.Module) *Module {
	x := p.modules[m]
	if x == nil {
		x = &Module{
			Shape: m, starred: map[string]bound{}, found: map[string]*Module{}, classes: map[*shape.Class]*Class{}, funcs: map[*shape.Func]*Func{},
			values: map[valueKey]Type{}, annots: map[annotationKey]Type{}, symbols: map[*shape.Symbol]Type{}, results: map[*Func]Type{}, params: map[*Func][]string{},
		}
		p.modules[m] = x
	}
	return x
}

// find is the module with an absolute name, as a module imports it; nil when there is none.
//
// The tables know more of a module than its source tells, so that they come first. A project has the first word on
// what it calls like a library, and a package on its own modules, but for those of the standard library.
func (p *Program) find(from *Module, name string) *Module {
	if from.Shape.Known {
		return p.table(name)
	}
	if m, ok := from.found[name]; ok {
		return m
	}
	m := p.search(from, name)
	from.found[name] = m
	return m
}

func (p *Program) search(from *Module, name string) *Module {
	top, _, _ := strings.Cut(name, ".")
	own, _, _ := strings.Cut(from.Name(), ".")
	if p.source == nil || knowledge.Standard(top) && top != own {
		return p.table(name)
	}
	found, installed := p.source.Find(from.Shape, name)
	if found == nil || installed && top != own {
		if m := p.table(name); m != nil {
			return m
		}
	}
	if found == nil {
		return nil
	}
	return p.Module(found)
}

// Import is what a module gets when it imports a dotted name, which may be relative: a module, or a name of one.
func (p *Program) Import(from *Module, name string) Type {
	return p.qualified(from, p.absolute(from, name))
}

// Imported is the module that a name which a module imports comes from, or is; nil when nobody asked for it yet.
func (p *Program) Imported(from *Module, name string) *Module {
	for name = p.absolute(from, name); name != ""; {
		if m := from.found[name]; m != nil {
			return m
		}
		i := strings.LastIndexByte(name, '.')
		if i < 0 {
			break
		}
		name = name[:i]
	}
	return nil
}

// table is the module of the tables with a name; nil when there is none.
func (p *Program) table(name string) *Module {
	if m := knowledge.Module(name); m != nil {
		return p.Module(m)
	}
	return nil
}

func (p *Program) class(m *Module, c *shape.Class) *Class {
	x := m.classes[c]
	if x == nil {
		path := c.Path
		if path == "" {
			path = c.Name
		}
		x = &Class{Module: m, Decl: c, Name: dotted(m.Name(), path)}
		m.classes[c] = x
	}
	return x
}

func (p *Program) function(m *Module, f *shape.Func, class *Class) *Func {
	x := m.funcs[f]
	if x == nil {
		path := f.Path
		if path == "" {
			path = f.Name
		}
		x = &Func{Module: m, Decl: f, Name: dotted(m.Name(), path), Class: class}
		m.funcs[f] = x
	}
	return x
}

// Function is the program's view of a function that a module declares, in the class of that name or in none ("").
func (p *Program) Function(m *Module, f *shape.Func, class string) *Func {
	var c *Class
	if class != "" {
		if s := m.Shape.Symbols.Get(class); s != nil {
			for _, v := range s.Values {
				if v.Op == shape.ClassDef {
					c = p.class(m, v.Class)
				}
			}
		}
	}
	return p.function(m, f, c)
}

func dotted(module, path string) string {
	if module == "" || module == "builtins" {
		return path
	}
	return module + "." + path
}

// Project says whether the function is part of the program rather than of the tables.
func (f *Func) Project() bool { return !f.Module.Shape.Known }

// Project says whether the class is part of the program rather than of the tables.
func (c *Class) Project() bool { return !c.Module.Shape.Known }

const (
	maxDepth  = 400 // of questions that wait for one another; what is deeper is unknown
	maxRounds = 8   // of a circle, before it is given up as unknown
)

// pending is the type of something inside a circle that is not closed yet.
type pending struct {
	t    Type
	low  int // the depth of the outermost thing of the circle
	keep func(Type)
}

// working is something that is being worked out.
type working struct {
	depth int
	t     Type // what it was found to be in the last round
}

// guard works out something that may depend on itself: its type is the least one that fits. What is met again while
// it is being worked out counts as what it was found to be in the round before, at first nothing; the outermost
// thing of a circle is worked out again until nothing in the circle changes. What lies inside is kept only then, so
// that the order of questions does not matter.
func guard[K comparable](p *Program, memo map[K]Type, key K, work func() Type) Type {
	if t, ok := memo[key]; ok {
		return t
	}
	if w := p.busy[key]; w != nil {
		p.low = min(p.low, w.depth)
		return w.t
	}
	if x, ok := p.pending[key]; ok {
		p.low = min(p.low, x.low)
		return x.t
	}
	if p.depth >= maxDepth {
		return Unknown
	}
	p.depth++
	w := &working{depth: p.depth, t: p.last[key]}
	p.busy[key] = w
	outer, mark := p.low, len(p.order)
	keep := func(t Type) { memo[key] = t }
	var t Type
	for round := 0; ; round++ {
		p.low = maxDepth + 1
		t = w.t.or(work())
		if p.low != p.depth { // not in a circle, or not its outermost part
			break
		}
		changed := !t.same(w.t)
		w.t, p.last[key] = t, t
		for _, k := range p.order[mark:] {
			if x := p.pending[k]; !x.t.same(p.last[k]) {
				changed, p.last[k] = true, x.t
			}
		}
		if !changed {
			break
		}
		if round >= maxRounds {
			t = t.or(Unknown)
			for _, k := range p.order[mark:] {
				x := p.pending[k]
				x.t = x.t.or(Unknown)
				p.pending[k] = x
			}
			break
		}
		p.drop(mark)
	}
	delete(p.busy, key)
	low := p.low
	if low < p.depth {
		p.pending[key] = pending{t, low, keep}
		p.order = append(p.order, key)
	} else {
		keep(t)
		delete(p.last, key)
		for _, k := range p.order[mark:] {
			p.pending[k].keep(p.pending[k].t)
			delete(p.last, k)
		}
		p.drop(mark)
		low = maxDepth + 1
	}
	p.low = min(outer, low)
	p.depth--
	return t
}

// drop forgets what is pending from number mark on.
func (p *Program) drop(mark int) {
	for _, k := range p.order[mark:] {
		delete(p.pending, k)
	}
	p.order = p.order[:mark]
}

// Lookup is what a name means at the top of a module.
func (p *Program) Lookup(m *Module, name string) Type {
	t, ok := p.global(m, name)
	if !ok || t.IsUnknown() && m.Shape.Symbols.Get(name) == nil { // an unknown `from m import *` seldom hides a builtin
		if b := p.table("builtins"); b != nil && b != m {
			if s := b.Shape.Symbols.Get(name); s != nil {
				return p.symbol(b, s, nil)
			}
		}
		if m.Shape.Known {
			if t := p.qualified(m, "typing."+name); !t.IsUnknown() {
				return t
			}
		}
		return Unknown
	}
	return t
}

// global is what a module binds a name to; ok is false when it does not.
func (p *Program) global(m *Module, name string) (t Type, ok bool) {
	if s := m.Shape.Symbols.Get(name); s != nil {
		return p.symbol(m, s, nil), true
	}
	if len(m.Shape.Stars) == 0 {
		return Type{}, false
	}
	b, known := m.starred[name]
	if !known {
		b = p.starred(m, name, map[*Module]bool{})
		m.starred[name] = b
	}
	switch {
	case b.symbol != nil:
		return p.symbol(b.module, b.symbol, nil), true
	case b.module != nil:
		return atom(Atom{Kind: ModuleObject, Module: b.module}), true
	}
	return Unknown, b.hidden
}

// bound is where a name comes from that `from m import *` binds: a symbol of a module, or a module.
type bound struct {
	module *Module
	symbol *shape.Symbol
	hidden bool // there is no telling: one of the modules is not known
}

// starred finds a name that a module does not bind itself. Of several modules that give it the last one counts; one that
// is not known may well give it, but most names come from those that are.
func (p *Program) starred(m *Module, name string, seen map[*Module]bool) bound {
	if s := m.Shape.Symbols.Get(name); s != nil {
		return bound{module: m, symbol: s}
	}
	if seen[m] {
		return bound{}
	}
	seen[m] = true
	hidden := false
	for _, star := range slices.Backward(m.Shape.Stars) {
		from := p.find(m, p.absolute(m, star))
		if from == nil {
			hidden = true
			continue
		}
		names := from.Shape.Exported()
		if !names.Has(name) {
			continue
		}
		if b := p.starred(from, name, seen); b.module != nil {
			return b
		} else if b.hidden {
			hidden = true
		}
		if names != nil && slices.Contains(names.Names, name) { // the import of all names imports the modules among them
			if sub := p.find(from, dotted(from.Name(), name)); sub != nil {
				return bound{module: sub}
			}
		}
	}
	return bound{hidden: hidden}
}

// absolute is the absolute name that a dotted name, which may be relative, has in a module; "" when unknown.
func (p *Program) absolute(m *Module, name string) string {
	if !strings.HasPrefix(name, ".") {
		return name
	}
	if m.Name() == "" {
		return ""
	}
	parts := strings.Split(m.Name(), ".")
	if !m.Shape.Package {
		parts = parts[:len(parts)-1]
	}
	rest := strings.TrimLeft(name, ".")
	up := len(name) - len(rest) - 1
	if up > len(parts) {
		return ""
	}
	parts = parts[:len(parts)-up]
	if rest != "" {
		parts = append(parts, rest)
	}
	return strings.Join(parts, ".")
}

// qualified is what an absolute dotted name means in a module.
func (p *Program) qualified(from *Module, name string) Type {
	if name == "" {
		return Unknown
	}
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		var t Type
		if pkg := p.find(from, name[:i]); pkg != nil {
			if !p.binds(pkg, name[i+1:], name) {
				if m := p.find(from, name); m != nil {
					return atom(Atom{Kind: ModuleObject, Module: m})
				}
			}
			// What an import names before the last dot is a module, even if its package binds the name to something else.
			t = p.attribute(from, atom(Atom{Kind: ModuleObject, Module: pkg}), name[i+1:])
		} else {
			t = p.attribute(from, p.qualified(from, name[:i]), name[i+1:])
		}
		if !t.opaque() {
			return t
		}
		if m := p.find(from, name); m != nil {
			return atom(Atom{Kind: ModuleObject, Module: m})
		}
		return t
	}
	if m := p.find(from, name); m != nil {
		return atom(Atom{Kind: ModuleObject, Module: m})
	}
	return Type{open: true, atoms: []Atom{{Kind: Opaque, Name: name}}}
}

// binds says whether a package binds a name to something else than its submodule of that name.
func (p *Program) binds(pkg *Module, name, submodule string) bool {
	s := pkg.Shape.Symbols.Get(name)
	if s == nil {
		_, ok := p.global(pkg, name)
		return ok && pkg.starred[name].module != nil
	}
	return len(s.Values) != 1 || s.Values[0].Op != shape.Qual || p.absolute(pkg, s.Values[0].Str) != submodule
}

// symbol is what a name is bound to in its module or class. subst gives type parameters their values.
func (p *Program) symbol(m *Module, s *shape.Symbol, class *Class) Type {
	return guard(p, m.symbols, s, func() Type {
		if s.Annotation != nil {
			if t := p.annotation(m, s.Annotation, nil); !t.IsUnknown() {
				return t
			}
		}
		var t Type
		for _, v := range s.Values {
			if v.Op == shape.Function {
				f := p.function(m, v.Func, class)
				t = t.or(atom(Atom{Kind: Function, Func: f}))
				continue
			}
			t = t.or(p.Eval(m, v))
		}
		if len(s.Values) == 0 {
			return Unknown
		}
		return t
	})
}
