package program

import (
	"slices"
	"strings"

	"aiolens/diagnostics/shape"
)

// Eval is the type of a symbolic value of a module.
func (p *Program) Eval(m *Module, v *shape.Value) Type {
	switch v.Op {
	case shape.Unknown:
		return Unknown
	case shape.Const:
		return p.constant(v.Str)
	case shape.Name:
		if v.X == nil {
			return p.Lookup(m, v.Str)
		}
	case shape.Param:
		if v.X == nil && v.Func == nil {
			return Unknown
		}
	}
	return guard(p, m.values, valueKey{m, v}, func() Type { return p.eval(m, v) })
}

func (p *Program) constant(class string) Type {
	switch class {
	case "None":
		return atom(Atom{Kind: NoneObject})
	case "ellipsis":
		return Unknown
	}
	return p.builtin(class)
}

// builtin is an instance of a class of builtins.
func (p *Program) builtin(class string, args ...Type) Type {
	return p.instance("builtins."+class, args...)
}

// instance is an instance of the class with a qualified name, if the tables have it.
func (p *Program) instance(name string, args ...Type) Type {
	i := strings.LastIndexByte(name, '.')
	m := p.table(name[:i])
	if m == nil {
		return Unknown
	}
	s := m.Shape.Symbols.Get(name[i+1:])
	if s == nil {
		return Unknown
	}
	for _, v := range s.Values {
		if v.Op == shape.ClassDef {
			return atom(Atom{Kind: Instance, Class: p.class(m, v.Class), Args: args})
		}
	}
	return Unknown
}

func (p *Program) eval(m *Module, v *shape.Value) Type {
	switch v.Op {
	case shape.Name: // in the body of a class
		for _, a := range p.Eval(m, v.X).atoms {
			if a.Kind == ClassObject {
				if s := a.Class.Decl.Members.Get(v.Str); s != nil {
					return p.symbol(m, s, a.Class)
				}
			}
		}
		return p.Lookup(m, v.Str)
	case shape.Ref:
		return p.Eval(m, v.X)
	case shape.Qual:
		return p.qualified(m, p.absolute(m, v.Str))
	case shape.Attr:
		return p.attribute(m, p.Eval(m, v.X), v.Str)
	case shape.Call:
		return p.call(m, v)
	case shape.Await:
		return p.await(p.Eval(m, v.X))
	case shape.Enter:
		return p.Method(p.Eval(m, v.X), "__enter__")
	case shape.AEnter:
		return p.await(p.Method(p.Eval(m, v.X), "__aenter__"))
	case shape.Iter:
		return p.item(p.Eval(m, v.X))
	case shape.AIter:
		return p.await(p.Method(p.Method(p.Eval(m, v.X), "__aiter__"), "__anext__"))
	case shape.Item:
		return p.subscript(m, v)
	case shape.Elem:
		return p.Eval(m, v.X).each(func(a Atom) Type {
			if a.Kind == Instance && a.Class.Name == "tuple" && len(a.Args) > v.N && !variadic(a) {
				return a.Args[v.N]
			}
			return p.item(atom(a))
		})
	case shape.Rest:
		return p.builtin("list", p.item(p.Eval(m, v.X)))
	case shape.Display:
		return p.display(m, v)
	case shape.Union:
		var t Type
		for _, a := range v.Args {
			t = t.or(p.Eval(m, a))
		}
		return t
	case shape.Function:
		return atom(Atom{Kind: Function, Func: p.function(m, v.Func, nil)})
	case shape.ClassDef:
		return atom(Atom{Kind: ClassObject, Class: p.class(m, v.Class)})
	case shape.Self, shape.Cls, shape.Super:
		return p.self(m, v)
	case shape.Annot:
		return p.annotation(m, v.X, nil)
	case shape.BinOp:
		return p.binary(m, v)
	case shape.NotNone:
		return p.Eval(m, v.X).NotNone()
	case shape.Is:
		if v.N == 1 {
			return p.exclude(p.Eval(m, v.X), p.Eval(m, v.Args[0]))
		}
		return p.narrow(p.Eval(m, v.X), p.Eval(m, v.Args[0]))
	case shape.Param:
		return p.parameter(m, v)
	}
	return Unknown
}

// self is an instance of the class around a method, or the class.
func (p *Program) self(m *Module, v *shape.Value) Type {
	decl := v.Class
	if decl == nil {
		s := m.Shape.Symbols.Get(v.Str)
		if s == nil {
			return Unknown
		}
		for _, x := range s.Values {
			if x.Op == shape.ClassDef {
				decl = x.Class
			}
		}
		if decl == nil || len(s.Values) > 1 {
			return Unknown
		}
	}
	c := p.class(m, decl)
	switch v.Op {
	case shape.Cls:
		return atom(Atom{Kind: ClassObject, Class: c})
	case shape.Super:
		return atom(Atom{Kind: SuperObject, Class: c})
	}
	return atom(Atom{Kind: Instance, Class: c})
}

func (p *Program) display(m *Module, v *shape.Value) Type {
	if v.Str == "tuple" && v.N == 0 {
		args := make([]Type, len(v.Args))
		for i, a := range v.Args {
			args[i] = p.Eval(m, a)
		}
		return p.builtin("tuple", args...)
	}
	var t Type
	for _, a := range v.Args {
		t = t.or(p.Eval(m, a))
	}
	if len(v.Args) == 0 {
		t = Unknown // it is filled later
	}
	switch v.Str {
	case "tuple":
		return p.builtin("tuple", t, p.ellipsis())
	case "dict":
		return p.builtin("dict", Unknown, t)
	case "generator":
		return p.instance("typing.Generator", t, Unknown, Unknown)
	case "async_generator":
		return p.instance("typing.AsyncGenerator", t, Unknown)
	}
	return p.builtin(v.Str, t)
}

// ellipsis marks a tuple of any length: tuple[T, ...].
func (p *Program) ellipsis() Type { return atom(Atom{Kind: Opaque, Name: "..."}) }

func variadic(a Atom) bool {
	n := len(a.Args)
	return n == 2 && len(a.Args[1].atoms) == 1 && a.Args[1].atoms[0].Name == "..."
}

// item is what iterating gives.
func (p *Program) item(t Type) Type {
	return t.each(func(a Atom) Type {
		if a.Kind == ClassObject && a.Class.Project() && p.Subclass(a.Class, "enum.Enum") {
			a.Kind = Instance
			return atom(a)
		}
		if a.Kind == Instance && a.Class.Name == "tuple" {
			if variadic(a) {
				return a.Args[0]
			}
			var all Type
			for _, x := range a.Args {
				all = all.or(x)
			}
			if len(a.Args) == 0 {
				return Unknown
			}
			return all
		}
		return p.Method(p.Method(atom(a), "__iter__"), "__next__")
	})
}

func (p *Program) subscript(m *Module, v *shape.Value) Type {
	return p.Eval(m, v.X).each(func(a Atom) Type {
		switch a.Kind {
		case ClassObject, Function: // trio.open_memory_channel[int] and its like
			if a.Kind == Function && (a.Func.Project() || len(a.Func.Decl.TypeParams) != len(v.Args)) {
				return Unknown
			}
			b := a
			b.Args = nil
			for _, x := range v.Args {
				b.Args = append(b.Args, p.annotation(m, x, nil))
			}
			return atom(b)
		case Instance:
			if a.Class.Name == "tuple" {
				if len(v.Args) == 1 && v.Args[0].Str == "slice" {
					return atom(a)
				}
				if len(v.Args) == 1 && v.N > 0 && v.N <= len(a.Args) && !variadic(a) {
					return a.Args[v.N-1]
				}
				return p.item(atom(a))
			}
			if len(v.Args) == 1 && v.Str != "" && p.Subclass(a.Class, "typing.TypedDict") {
				t, _ := p.Member(a, v.Str)
				return t
			}
			if len(v.Args) == 1 && v.Args[0].Str == "slice" && (a.Class.Name == "list" || a.Class.Name == "str" || a.Class.Name == "bytes") {
				return atom(a)
			}
			return p.Method(atom(a), "__getitem__")
		}
		return Unknown
	})
}

var operators = map[string]string{"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "|": "or", "&": "and", "^": "xor", "@": "matmul", "<<": "lshift", ">>": "rshift"}

func (p *Program) binary(m *Module, v *shape.Value) Type {
	left, right := p.Eval(m, v.X), p.Eval(m, v.Args[0])
	name := operators[v.Str]
	if name == "" {
		return Unknown
	}
	return left.each(func(a Atom) Type {
		if a.Kind != Instance {
			return Unknown
		}
		if t := p.Method(atom(a), "__"+name+"__"); !t.IsUnknown() {
			return t
		}
		if t := p.Method(right, "__r"+name+"__"); !t.IsUnknown() {
			return t
		}
		if a.Class.Name == "str" || a.Class.Name == "bytes" || a.Class.Name == "list" {
			return atom(a)
		}
		return Unknown
	})
}

// classes are the classes that the second argument of isinstance names; ok is false when there may be others.
func classes(of Type) (classes []Atom, ok bool) {
	ok = !of.open
	for _, a := range of.atoms {
		switch {
		case a.Kind == ClassObject:
			classes = append(classes, a)
		case a.Kind == Instance && a.Class.Name == "tuple":
			for _, x := range a.Args {
				ok = ok && !x.open
				for _, y := range x.atoms {
					if y.Kind == ClassObject {
						classes = append(classes, y)
					} else {
						ok = false
					}
				}
			}
		default:
			ok = false
		}
	}
	return classes, ok && len(classes) > 0
}

// exclude is t where isinstance(t, of) does not hold. What is an instance of a class by what it can do, and not because it derives
// from it, is not known.
func (p *Program) exclude(t, of Type) Type {
	classes, ok := classes(of)
	if !ok {
		return Unknown
	}
	r := Type{open: t.open}
	for _, a := range t.atoms {
		if a.Kind == NoneObject {
			if !slices.ContainsFunc(classes, func(c Atom) bool { return c.Class.Name == "types.NoneType" }) {
				r = r.or(atom(a))
			}
			continue
		}
		if a.Kind != Instance {
			return Unknown
		}
		out := false
		for _, c := range classes {
			switch {
			case p.Subclass(a.Class, c.Class.Name):
				out = true
			case c.Class.Name == "types.NoneType":
			case !c.Class.Project() && c.Class.Module.Name() != "builtins", p.Subclass(c.Class, "typing.Protocol"), !p.Closed(a.Class):
				return Unknown
			}
		}
		if !out {
			r = r.or(atom(a))
		}
	}
	return r
}

// narrow is t where isinstance(t, of) holds.
func (p *Program) narrow(t, of Type) Type {
	classes, ok := classes(of)
	if !ok {
		return Unknown
	}
	var r Type
	for _, c := range classes {
		kept := false
		for _, a := range t.atoms {
			if a.Kind == Instance && p.Subclass(a.Class, c.Class.Name) {
				r = r.or(atom(a))
				kept = true
			}
		}
		if !kept {
			r = r.or(atom(Atom{Kind: Instance, Class: c.Class}))
		}
	}
	return r
}

// await is what awaiting gives.
func (p *Program) await(t Type) Type {
	return t.each(func(a Atom) Type {
		switch a.Kind {
		case NoneObject:
			return Type{}
		case Instance:
			g := p.Method(atom(a), "__await__")
			return g.each(func(x Atom) Type {
				if x.Kind == Instance && len(x.Args) == 3 {
					return x.Args[2]
				}
				return Unknown
			})
		}
		return Unknown
	})
}

// Await is what awaiting a value of the type gives.
func (p *Program) Await(t Type) Type { return p.await(t) }

// Method is what calling a method without arguments gives, where it is called on the class, as for "with" and "for".
func (p *Program) Method(t Type, name string) Type {
	return t.each(func(a Atom) Type {
		if a.Kind == NoneObject {
			return Type{}
		}
		if a.Kind != Instance {
			return Unknown
		}
		f, ok := p.Member(a, name)
		if !ok {
			return Unknown
		}
		return p.Call(f, nil, nil)
	})
}
