package program

import (
	"slices"

	"aiolens/diagnostics/shape"
)

// annotation is the type that an annotation declares. params are the type parameters in force.
func (p *Program) annotation(m *Module, v *shape.Value, params map[string]Type) Type {
	if len(params) == 0 {
		return guard(p, m.annots, annotationKey{m, v}, func() Type { return p.declared(m, v, nil) })
	}
	return p.declared(m, v, params)
}

// Declared is an instance of what an annotation of a module names.
func (p *Program) Declared(m *Module, annotation *shape.Value) Type {
	return p.annotation(m, annotation, nil)
}

type annotationKey struct {
	m *Module
	v *shape.Value
}

func (p *Program) declared(m *Module, v *shape.Value, params map[string]Type) Type {
	switch v.Op {
	case shape.Unknown:
		return Unknown
	case shape.Const:
		if v.Str == "None" {
			return atom(Atom{Kind: NoneObject})
		}
		if v.Str == "ellipsis" {
			return p.ellipsis()
		}
		return Unknown
	case shape.Union:
		var t Type
		for _, a := range v.Args {
			t = t.or(p.declared(m, a, params))
		}
		return t
	case shape.BinOp:
		if v.Str == "|" {
			return p.declared(m, v.X, params).or(p.declared(m, v.Args[0], params))
		}
		return Unknown
	case shape.Display: // [int, str] in Callable
		return Unknown
	case shape.Item:
		return p.generic(m, v, params)
	case shape.Name:
		if t, ok := params[v.Str]; ok {
			return t
		}
	case shape.Qual:
		if n := baseName(v); len(params) > 0 {
			if t, ok := params[n]; ok {
				return t
			}
		}
	}
	if p.isSelf(m, v) {
		return atom(Atom{Kind: Opaque, Name: "$Self"})
	}
	if bound, home := p.bound(m, v); bound != nil {
		return p.annotation(home, bound, nil)
	}
	if alias, home := p.alias(m, v); alias != nil {
		return p.annotation(home, alias, nil)
	}
	return p.Eval(m, v).each(func(a Atom) Type {
		switch a.Kind {
		case ClassObject:
			switch a.Class.Name {
			case "typing.Any", "object", "typing.Callable", "types.GenericAlias":
				if a.Class.Name != "typing.Callable" {
					return Unknown
				}
			}
			a.Kind = Instance
			return atom(a)
		case NoneObject:
			return atom(a)
		case Opaque:
			if a.Name == "" || a.Name[0] == '$' {
				return Type{open: true}
			}
			return Type{open: true, atoms: []Atom{{Kind: OpaqueInstance, Name: a.Name}}}
		}
		return Unknown
	})
}

// generic is X[A, B] as an annotation.
func (p *Program) generic(m *Module, v *shape.Value, params map[string]Type) Type {
	arg := func(i int) Type {
		if i < len(v.Args) {
			return p.declared(m, v.Args[i], params)
		}
		return Unknown
	}
	switch p.specialForm(m, v.X) {
	case "Optional":
		return arg(0).or(atom(Atom{Kind: NoneObject}))
	case "Union":
		var t Type
		for i := range v.Args {
			t = t.or(arg(i))
		}
		return t
	case "Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "InitVar":
		return arg(0)
	case "Literal":
		var t Type
		for _, a := range v.Args {
			t = t.or(p.Eval(m, a))
		}
		return t
	case "Type", "type":
		return arg(0).each(func(a Atom) Type {
			if a.Kind == Instance {
				if name := a.Class.Name; name == "BaseException" || name == "Exception" {
					return Unknown // any exception, and hardly that one
				}
				a.Kind = ClassObject
				return atom(a)
			}
			if a.Kind == Opaque && a.Name != "" && a.Name[0] == '$' { // type[T]
				return p.builtin("type", atom(a)).each(func(class Atom) Type {
					class.Kind = ClassObject
					return atom(class)
				})
			}
			return Unknown
		})
	}
	return p.Eval(m, v.X).each(func(a Atom) Type {
		if a.Kind != ClassObject {
			if a.Kind == Opaque && a.Name != "" && a.Name[0] != '$' {
				return Type{open: true, atoms: []Atom{{Kind: OpaqueInstance, Name: a.Name}}}
			}
			return Unknown
		}
		a.Kind = Instance
		if len(a.Args) > 0 { // an alias that has its arguments, and type variables among them
			return atom(a)
		}
		for i := range v.Args {
			a.Args = append(a.Args, arg(i))
		}
		return atom(a)
	})
}

// specialForm is the name of a form of typing that is not a class: "Optional"; "" for others.
func (p *Program) specialForm(m *Module, v *shape.Value) string {
	name := ""
	for _, a := range p.Eval(m, v).atoms {
		name = a.QName()
	}
	for _, prefix := range []string{"typing.", "typing_extensions.", "dataclasses."} {
		if len(name) > len(prefix) && name[:len(prefix)] == prefix {
			return name[len(prefix):]
		}
	}
	if name == "type" {
		return name
	}
	if name == "" && (v.Op == shape.Qual || v.Op == shape.Name || v.Op == shape.Attr) {
		return baseName(v)
	}
	return ""
}

// top is what a name at the top of a module of the program is bound to; nil for other names.
func (p *Program) top(m *Module, v *shape.Value) *shape.Symbol {
	if v.Op != shape.Name || m.Shape.Known {
		return nil
	}
	if v.X != nil { // in the body of a class
		for _, a := range p.Eval(m, v.X).atoms {
			if a.Kind == ClassObject && a.Class.Decl.Members.Get(v.Str) != nil {
				return nil
			}
		}
	}
	return m.Shape.Symbols.Get(v.Str)
}

// isSelf says whether an annotation is typing.Self.
func (p *Program) isSelf(m *Module, v *shape.Value) bool {
	switch v.Op {
	case shape.Qual:
		return selves[v.Str]
	case shape.Attr:
		if v.Str != "Self" {
			return false
		}
		for _, a := range p.Eval(m, v.X).atoms {
			if selves[a.QName()+".Self"] {
				return true
			}
		}
	case shape.Name:
		if m.Shape.Known {
			return v.Str == "Self"
		}
		if s := p.top(m, v); s != nil {
			return slices.ContainsFunc(s.Values, func(x *shape.Value) bool { return x.Op == shape.Qual && selves[x.Str] })
		}
	}
	return false
}

var selves = map[string]bool{"typing.Self": true, "typing_extensions.Self": true}

// bound is the bound of a type variable that an annotation mentions, and the module that says so; nil when it has none.
func (p *Program) bound(m *Module, v *shape.Value) (*shape.Value, *Module) {
	s := p.top(m, v)
	if s == nil || len(s.Values) != 1 || s.Values[0].Op != shape.Call {
		return nil, nil
	}
	call := s.Values[0]
	i := slices.Index(call.Kw, "bound")
	if i < 0 || baseName(call.X) != "TypeVar" {
		return nil, nil
	}
	return call.Args[len(call.Args)-len(call.Kw)+i], m
}

// alias is what a name that an annotation mentions stands for, if it is a type spelled out: "Db = Annotated[Session, ...]".
func (p *Program) alias(m *Module, v *shape.Value) (*shape.Value, *Module) {
	s := p.top(m, v)
	if s == nil || len(s.Values) != 1 || s.Annotation != nil {
		return nil, nil
	}
	switch x := s.Values[0]; x.Op {
	case shape.Item, shape.Union:
		return x, m
	case shape.BinOp:
		if x.Str == "|" {
			return x, m
		}
	}
	return nil, nil
}
