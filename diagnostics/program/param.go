package program

import (
	"slices"

	"aiolens/diagnostics/shape"
)

// parameter is what a parameter without an annotation is given by the framework that calls the function: what its default asks
// FastAPI for, what a decorator calls the function with, or what the method that it overrides takes.
func (p *Program) parameter(m *Module, v *shape.Value) Type {
	if v.X != nil {
		return p.dependency(m, v.X)
	}
	if v.Func == nil {
		return Unknown
	}
	i := slices.IndexFunc(v.Func.Params, func(q shape.Parameter) bool { return q.Name == v.Str })
	if i < 0 || v.Func.Params[i].Kind > shape.PositionalOnly {
		return Unknown
	}
	if t, ok := p.overridden(m, v, i); ok {
		return t
	}
	for _, d := range slices.Backward(v.Func.Decorators) {
		if d.Op == shape.Call {
			d = d.X
		}
		t := p.Eval(m, d)
		if t.open || len(t.atoms) != 1 {
			break
		}
		if f := t.atoms[0].Func; t.atoms[0].Kind == Function && f.Decl.Facts != nil && i < len(f.Decl.Facts.Hands) {
			return p.annotation(f.Module, f.Decl.Facts.Hands[i], nil)
		}
		if !keeps(t.atoms[0].QName()) { // it may call the function with something else
			break
		}
	}
	return Unknown
}

// dependency is what FastAPI gives for the default Depends(function): what a call of it gives, once that is awaited, or its
// first item, for a generator. https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/
func (p *Program) dependency(m *Module, v *shape.Value) Type {
	if v.Op != shape.Call || len(v.Args) == 0 || v.Kw != nil && slices.Contains(v.Kw, "**") {
		return Unknown
	}
	arg := v.Args[0]
	if len(v.Kw) == len(v.Args) { // none is positional
		i := slices.Index(v.Kw, "dependency")
		if i < 0 {
			return Unknown
		}
		arg = v.Args[i]
	}
	callee := p.Eval(m, v.X)
	if len(callee.atoms) != 1 || callee.atoms[0].Kind != Function {
		return Unknown
	}
	switch callee.atoms[0].Func.Name {
	case "fastapi.param_functions.Depends", "fastapi.param_functions.Security":
	default:
		return Unknown
	}
	return p.Call(p.Eval(m, arg), nil, nil).each(func(a Atom) Type {
		if a.Kind != Instance {
			return atom(a)
		}
		switch a.Class.Name {
		case "typing.Coroutine", "typing.Awaitable":
			return p.await(atom(a))
		case "typing.Generator", "typing.Iterator", "typing.Iterable":
			return p.item(atom(a))
		case "typing.AsyncGenerator", "typing.AsyncIterator", "typing.AsyncIterable":
			return p.await(p.Method(p.Method(atom(a), "__aiter__"), "__anext__"))
		}
		return atom(a)
	})
}

// overridden is what the method of a base class that a method overrides says of its parameter i; ok is false when there is none.
func (p *Program) overridden(m *Module, v *shape.Value, i int) (t Type, ok bool) {
	if len(v.Args) == 0 || i == 0 {
		return Unknown, false
	}
	for _, self := range p.Eval(m, v.Args[0]).atoms {
		if self.Class == nil {
			continue
		}
		classes, _ := p.lineage(self)
		for _, c := range classes {
			if c.Class == self.Class {
				continue
			}
			s := c.Class.Decl.Members.Get(v.Func.Name)
			if s == nil {
				continue
			}
			if len(s.Values) != 1 || s.Values[0].Op != shape.Function || len(s.Values[0].Func.TypeParams) > 0 || len(c.Class.Decl.TypeParams) > 0 {
				return Unknown, false
			}
			if f := s.Values[0].Func; i < len(f.Params) && f.Params[i].Annotation != nil && f.Params[i].Kind <= shape.PositionalOnly {
				return p.annotation(c.Class.Module, f.Params[i].Annotation, nil), true
			}
			return Unknown, false
		}
	}
	return Unknown, false
}
