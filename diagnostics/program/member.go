package program

import (
	"cmp"
	"slices"
	"strings"

	"aiolens/diagnostics/shape"
)

// link resolves the bases of a class.
func (p *Program) link(c *Class) {
	if c.linked {
		return
	}
	c.linked = true
	p.links++
	defer func() { p.links-- }()
	for _, b := range c.Decl.Bases {
		t := p.Eval(c.Module, b)
		if b.Op == shape.Item {
			// A generic base: its arguments may name the type parameters of the class.
			t = p.Eval(c.Module, b.X)
			for i, a := range t.atoms {
				if a.Kind == ClassObject {
					args := make([]Type, len(b.Args))
					for k, x := range b.Args {
						args[k] = p.annotation(c.Module, x, parameters(c.Decl.TypeParams))
					}
					t.atoms = append([]Atom(nil), t.atoms...)
					t.atoms[i].Args = args
				}
			}
		}
		if t.open || len(t.atoms) != 1 || t.atoms[0].Kind != ClassObject {
			if name := baseName(b); name != "Generic" && name != "Protocol" && name != "object" && name != "ABC" {
				c.open = true
			}
		}
		for _, a := range t.atoms {
			if a.Kind == ClassObject && a.Class != c {
				c.bases = append(c.bases, a)
			}
		}
	}
}

func baseName(v *shape.Value) string {
	if v.Op == shape.Item {
		v = v.X
	}
	switch v.Op {
	case shape.Qual:
		for i := len(v.Str) - 1; i >= 0; i-- {
			if v.Str[i] == '.' {
				return v.Str[i+1:]
			}
		}
	}
	return v.Str
}

// parameters maps type parameters to themselves, as opaque types that substitute replaces.
func parameters(names []string) map[string]Type {
	m := make(map[string]Type, len(names))
	for _, n := range names {
		m[n] = Type{atoms: []Atom{{Kind: Opaque, Name: "$" + n}}}
	}
	return m
}

// substitute replaces type parameters; those without a value become unknown.
func substitute(t Type, by map[string]Type) Type {
	if len(by) == 0 {
		return t
	}
	return rewrite(t, func(name string) (Type, bool) {
		if x, ok := by[name]; ok {
			return x, true
		}
		return Unknown, name != "Self"
	})
}

// bindSelf replaces typing.Self by an instance.
func bindSelf(t Type, self Atom) Type {
	self.Kind = Instance
	return rewrite(t, func(name string) (Type, bool) { return atom(self), name == "Self" })
}

// rewrite replaces the parameters in a type for which value says what they are.
func rewrite(t Type, value func(name string) (Type, bool)) Type {
	plain := true
	for _, a := range t.atoms {
		plain = plain && len(a.Args) == 0 && (a.Kind != Opaque || !strings.HasPrefix(a.Name, "$"))
	}
	if plain {
		return t
	}
	r := Type{open: t.open}
	for _, a := range t.atoms {
		if a.Kind == Opaque && strings.HasPrefix(a.Name, "$") {
			if x, ok := value(a.Name[1:]); ok {
				r = r.or(x)
				continue
			}
		}
		if len(a.Args) > 0 {
			args := make([]Type, len(a.Args))
			for i, x := range a.Args {
				args[i] = rewrite(x, value)
			}
			a.Args = args
		}
		r = r.or(atom(a))
	}
	return r
}

// bindings gives the type parameters of a class their values in an instance or specialised class.
func bindings(a Atom) map[string]Type {
	if len(a.Class.Decl.TypeParams) == 0 {
		return nil
	}
	m := make(map[string]Type, len(a.Class.Decl.TypeParams))
	for i, n := range a.Class.Decl.TypeParams {
		if i < len(a.Args) {
			m[n] = a.Args[i]
		} else {
			m[n] = Unknown
		}
	}
	return m
}

// lineage is the class of the atom and its bases, with their type arguments, in the order in which Python looks for a
// member. closed is false when a base is unknown. Nobody changes the slice.
func (p *Program) lineage(a Atom) (classes []Atom, closed bool) {
	plain := len(a.Args) == 0 && a.Self == nil && a.Func == nil && a.Module == nil && a.From == nil && a.Name == ""
	if plain {
		if l, ok := a.Class.lines[a.Kind]; ok {
			return l.classes, l.closed
		}
	}
	classes, closed = p.inheritance(a)
	if plain && p.links == 0 { // else bases are not complete yet
		if a.Class.lines == nil {
			a.Class.lines = map[AtomKind]line{}
		}
		a.Class.lines[a.Kind] = line{classes, closed}
	}
	return classes, closed
}

// line is a lineage.
type line struct {
	classes []Atom
	closed  bool
}

// inheritance works out a lineage.
func (p *Program) inheritance(a Atom) (classes []Atom, closed bool) {
	closed = true
	seen := map[*Class]bool{}
	var visit func(a Atom, depth int)
	visit = func(a Atom, depth int) {
		if seen[a.Class] || depth > 30 {
			return
		}
		seen[a.Class] = true
		classes = append(classes, a)
		p.link(a.Class)
		if a.Class.open {
			closed = false
		}
		by := bindings(a)
		for _, b := range a.Class.bases {
			args := make([]Type, len(b.Args))
			for i, x := range b.Args {
				args[i] = substitute(x, by)
			}
			b.Args = args
			visit(b, depth+1)
		}
	}
	visit(a, 0)
	if at := p.resolution(a.Class); at != nil {
		slices.SortStableFunc(classes, func(a, b Atom) int { return cmp.Compare(at[a.Class], at[b.Class]) })
	}
	return classes, closed
}

// Lineage is the class of an instance, or a class, and its bases, in the order in which Python looks for a member.
func (p *Program) Lineage(a Atom) []Atom {
	if a.Class == nil {
		return nil
	}
	classes, _ := p.lineage(a)
	return classes
}

// resolution says at which place of the method resolution order of a class its bases are; nil where going down base by
// base gives the same. Source: docs.python.org/3/howto/mro.html.
func (p *Program) resolution(c *Class) map[*Class]int {
	if c.resolved {
		return c.resolution
	}
	o := orders{made: map[*Class][]*Class{}}
	line, ok := p.linear(c, nil, &o)
	if p.links > 0 { // bases are not complete yet
		return nil
	}
	c.resolved = true
	if ok && o.several { // Python refuses a class that has no order
		c.resolution = make(map[*Class]int, len(line))
		for i, b := range line {
			c.resolution[b] = i
		}
	}
	return c.resolution
}

// orders are the method resolution orders of a class and its bases. Each is made once: there may be more ways to a base than can be
// counted.
type orders struct {
	made    map[*Class][]*Class // nil: there is none
	several bool                // one of them has several bases
}

// linear is the method resolution order of a class; ok is false when there is none. below are the classes that derive from it.
func (p *Program) linear(c *Class, below []*Class, o *orders) (line []*Class, ok bool) {
	if slices.Contains(below, c) || len(below) > 30 {
		return nil, false
	}
	if line, ok := o.made[c]; ok {
		return line, line != nil
	}
	defer func() { o.made[c] = line }()
	p.link(c)
	below = append(slices.Clip(below), c)
	var lines [][]*Class
	var direct []*Class
	for _, b := range c.bases {
		l, ok := p.linear(b.Class, below, o)
		if !ok {
			return nil, false
		}
		lines, direct = append(lines, l), append(direct, b.Class)
	}
	o.several = o.several || len(direct) > 1
	line = []*Class{c}
	for lines = append(lines, direct); ; {
		lines = slices.DeleteFunc(lines, func(l []*Class) bool { return len(l) == 0 })
		if len(lines) == 0 {
			return line, true
		}
		var next *Class
		for _, l := range lines {
			if !slices.ContainsFunc(lines, func(o []*Class) bool { return slices.Contains(o[1:], l[0]) }) {
				next = l[0]
				break
			}
		}
		if next == nil {
			return nil, false
		}
		line = append(line, next)
		for i, l := range lines {
			if l[0] == next {
				lines[i] = l[1:]
			}
		}
	}
}

// Subclass says whether a class is, or derives from, the class with a qualified name.
func (p *Program) Subclass(c *Class, name string) bool {
	classes, _ := p.lineage(Atom{Kind: ClassObject, Class: c})
	for _, a := range classes {
		if a.Class.Name == name {
			return true
		}
	}
	return false
}

// Assigned is how many values the methods of a class and of its bases assign to an attribute of self.
func (p *Program) Assigned(c *Class, name string) int {
	n := 0
	for _, a := range p.Lineage(Atom{Kind: ClassObject, Class: c}) {
		if s := a.Class.Decl.Fields.Get(name); s != nil {
			n += len(s.Values)
		}
	}
	return n
}

// Closed says whether all bases of the class are known.
func (p *Program) Closed(c *Class) bool {
	_, closed := p.lineage(Atom{Kind: ClassObject, Class: c})
	return closed
}

// Member is what the class of an instance (or a class itself) has under a name, without what is set on instances.
// ok is false when no known class has it.
func (p *Program) Member(a Atom, name string) (t Type, ok bool) {
	if a.Class == nil {
		return Unknown, false
	}
	classes, _ := p.lineage(a)
	for _, c := range classes {
		if s := c.Class.Decl.Members.Get(name); s != nil {
			return p.member(a, c, s), true
		}
	}
	return Unknown, false
}

// Super is what super() in a method of a class has under a name, if self is the atom; ok is false when no known class has it.
func (p *Program) Super(self Atom, in *Class, name string) (t Type, ok bool) {
	classes, _ := p.lineage(self)
	for i, c := range classes {
		if c.Class != in {
			continue
		}
		for _, c := range classes[i+1:] {
			if s := c.Class.Decl.Members.Get(name); s != nil {
				return p.member(self, c, s), true
			}
		}
	}
	return Unknown, false
}

// Lacks says whether it is certain that instances of the class do not have a dunder method.
func (p *Program) Lacks(a Atom, name string) bool {
	if a.Kind != Instance {
		return false
	}
	if _, ok := p.Member(a, name); ok {
		return false
	}
	return p.Closed(a.Class) && !p.dynamic(a)
}

// dynamic says whether the class may have what its body does not show: class decorators and metaclasses of a program,
// mocks.
func (p *Program) dynamic(a Atom) bool {
	classes, _ := p.lineage(a)
	for _, c := range classes {
		if !c.Class.Project() {
			if c.Class.Name == "unittest.mock.NonCallableMock" {
				return true
			}
			continue
		}
		if len(c.Class.Decl.Keywords) > 0 {
			return true
		}
		for _, d := range c.Class.Decl.Decorators {
			t := p.Eval(c.Class.Module, d)
			if d.Op == shape.Call {
				t = p.Eval(c.Class.Module, d.X)
			}
			for _, x := range t.atoms {
				if n := x.QName(); n != "dataclasses.dataclass" && n != "typing.final" && n != "functools.total_ordering" {
					return true
				}
			}
			if t.IsUnknown() {
				return true
			}
		}
	}
	return false
}

// member is the value of a symbol found in class c, seen through the atom.
func (p *Program) member(a, c Atom, s *shape.Symbol) Type {
	by := bindings(c)
	if s.Annotation != nil {
		if t := p.annotation(c.Class.Module, s.Annotation, p.typeParams(c)); !t.IsUnknown() {
			return bindSelf(substitute(t, by), a)
		}
	}
	if len(s.Values) == 1 && s.Values[0].Op == shape.Call {
		// name = staticmethod(function)
		if v := s.Values[0]; v.X.Op == shape.Name && v.X.Str == "staticmethod" && len(v.Args) == 1 {
			return p.Eval(c.Class.Module, v.Args[0])
		} else if baseName(v.X) == "partialmethod" && len(v.Args) > len(v.Kw) && a.Kind == Instance && p.Eval(c.Class.Module, v.X).is("functools.partialmethod") {
			return p.Eval(c.Class.Module, v.Args[0]).each(func(x Atom) Type {
				if x.Kind != Function || x.Self != nil || len(x.Func.Decl.Decorators) > 0 {
					return Unknown
				}
				x.Self = &a
				return atom(x)
			})
		}
	}
	return p.symbol(c.Class.Module, s, c.Class).each(func(x Atom) Type {
		if x.Kind != Function || x.Self != nil {
			return atom(x)
		}
		if x.Func.Decl.Async && p.rewritten(c.Class) {
			return Unknown
		}
		kind := ""
		for _, d := range x.Func.Decl.Decorators {
			switch d.Op {
			case shape.Name, shape.Attr, shape.Qual:
				switch n := lastName(d); n {
				case "staticmethod", "classmethod":
					kind = n
				case "property", "cached_property", "async_property", "cached_async_property", "hybrid_property", "setter", "getter", "deleter":
					kind = "property"
					if n == "setter" || n == "deleter" {
						kind = "setter"
					}
				}
			}
		}
		if n := x.Func.Decl.Name; kind == "" && (n == "__new__" || n == "__init_subclass__" || n == "__class_getitem__") {
			kind = "classmethod"
		}
		switch kind {
		case "staticmethod":
			return atom(x)
		case "classmethod":
			self := c
			self.Kind = ClassObject
			self.Class, self.Args = a.Class, a.Args
			x.Self = &self
			return atom(x)
		case "property":
			if a.Kind == ClassObject {
				return Unknown
			}
			self := a
			self.Kind = Instance
			x.Self = &self
			return p.callFunc(x, nil, nil)
		case "setter":
			return Type{}
		}
		if a.Kind == ClassObject {
			return atom(x)
		}
		self := a
		self.Kind = Instance
		x.Self = &self
		return atom(x)
	})
}

// rewritten says whether a decorator of the program may put something else in place of the methods of a class.
func (p *Program) rewritten(c *Class) bool {
	for _, d := range c.Decl.Decorators {
		if d.Op == shape.Call {
			d = d.X
		}
		for _, a := range p.Eval(c.Module, d).atoms {
			if a.Kind == Function && a.Func.Decl.Sets {
				return true
			}
		}
	}
	return false
}

func (p *Program) typeParams(c Atom) map[string]Type { return parameters(c.Class.Decl.TypeParams) }

func lastName(v *shape.Value) string {
	if v.Op == shape.Qual {
		return baseName(v)
	}
	return v.Str
}

// attribute is what an attribute of a value is, where a module reads it.
func (p *Program) attribute(from *Module, t Type, name string) Type {
	if len(t.atoms) == 1 && t.atoms[0].Kind == Opaque {
		// A namespace package has no file.
		if m := p.find(from, dotted(t.atoms[0].Name, name)); m != nil {
			return atom(Atom{Kind: ModuleObject, Module: m})
		}
	}
	return t.each(func(a Atom) Type {
		switch a.Kind {
		case NoneObject:
			return Type{}
		case ModuleObject:
			m := a.Module
			if t, ok := p.global(m, name); ok {
				return t
			}
			if sub := p.find(m, dotted(m.Name(), name)); sub != nil {
				return atom(Atom{Kind: ModuleObject, Module: sub})
			}
			return Type{open: true, atoms: []Atom{{Kind: Opaque, Name: dotted(m.Name(), name)}}}
		case Opaque, OpaqueInstance:
			if len(a.Name) > 0 && a.Name[0] == '$' {
				return Unknown
			}
			return Type{open: true, atoms: []Atom{{Kind: Opaque, Name: a.Name + "." + name}}}
		case Instance, ClassObject:
			return p.instanceAttribute(a, name)
		case Function:
			return p.wrappedAttribute(a.Func, name)
		case SuperObject:
			a.Kind = Instance
			t, _ := p.Super(a, a.Class, name)
			return t
		}
		return Unknown
	})
}

// wrappedAttribute is what a decorated function has under a name, when the tables say that its decorator makes an object of another class of
// it, such as a task of Celery. They declare what becomes of the function, whether the decorator has arguments or not.
func (p *Program) wrappedAttribute(f *Func, name string) Type {
	if len(f.Decl.Decorators) == 0 {
		return Unknown
	}
	t := p.Eval(f.Module, f.Decl.Decorators[0])
	if len(t.atoms) == 1 && t.atoms[0].Kind == Function {
		t = p.Call(t, nil, nil)
	}
	if t.open || len(t.atoms) != 1 || t.atoms[0].Kind != Instance || t.atoms[0].Class.Project() {
		return Unknown
	}
	return p.instanceAttribute(t.atoms[0], name)
}

// choice says whether what the body of a class binds a name to is one of the values of an enumeration. Source:
// docs.python.org/3/howto/enum.html, "Supported __dunder__ names" and those after it.
func (p *Program) choice(c *Class, name string, s *shape.Symbol) bool {
	if !c.Project() || strings.HasPrefix(name, "_") || s.Annotation != nil || len(s.Values) != 1 {
		return false
	}
	switch v := s.Values[0]; v.Op {
	case shape.Const, shape.Display, shape.Call, shape.BinOp:
		return p.Subclass(c, "enum.Enum")
	}
	return false
}

// field is what methods of class c bind an attribute of self to. A parameter that they store may be declared as one of the
// type parameters of the class.
func (p *Program) field(c Atom, s *shape.Symbol) Type {
	if len(c.Class.Decl.TypeParams) == 0 {
		return p.symbol(c.Class.Module, s, c.Class)
	}
	var t Type
	for _, v := range s.Values {
		if v.Op == shape.Annot {
			t = t.or(substitute(p.annotation(c.Class.Module, v.X, p.typeParams(c)), bindings(c)))
		} else {
			t = t.or(p.Eval(c.Class.Module, v))
		}
	}
	return t
}

// Attribute is what an attribute of an instance or of a class is.
func (p *Program) Attribute(a Atom, name string) Type { return p.instanceAttribute(a, name) }

func (p *Program) instanceAttribute(a Atom, name string) Type {
	classes, _ := p.lineage(a)
	var fields Type
	found := false
	for _, c := range classes {
		if a.Kind == Instance {
			if s := c.Class.Decl.Fields.Get(name); s != nil {
				found = true
				if s.Annotation != nil {
					if t := p.annotation(c.Class.Module, s.Annotation, p.typeParams(c)); !t.IsUnknown() {
						return bindSelf(substitute(t, bindings(c)), a)
					}
				}
				fields = fields.or(p.field(c, s))
			}
		}
		if s := c.Class.Decl.Members.Get(name); s != nil {
			t := p.member(a, c, s)
			if p.choice(c.Class, name, s) {
				t = atom(Atom{Kind: Instance, Class: c.Class})
			}
			if found {
				// `x: T = None` in the class and `self.x = ...` in a method: either.
				return t.or(fields)
			}
			return t
		}
	}
	if found {
		return fields
	}
	if f, ok := p.Member(a, "__getattr__"); ok && a.Kind == Instance && a.Class.Module.Shape.Known {
		// A table that says how all other methods behave.
		for _, x := range f.atoms {
			if x.Kind != Function {
				continue
			}
			if x.Func.Decl.Facts == nil || x.Func.Decl.Facts.Blocks == "" { // attributes that are made as they are asked for
				return p.callFunc(x, nil, nil)
			}
			decl := *x.Func.Decl
			decl.Name, decl.Returns, decl.Params = name, nil, nil
			return Type{atoms: []Atom{{Kind: Function, Func: &Func{Module: x.Func.Module, Decl: &decl, Name: a.Class.Name + "." + name, Class: x.Func.Class}, Self: &a}}}
		}
	}
	return Unknown
}
