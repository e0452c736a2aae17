package program

import (
	"slices"

	"aiolens/diagnostics/shape"
)

// parameter is what a parameter without an annotation is given by the framework that calls the function: what its default asks
// FastAPI for, what a decorator that registers the function calls it with, or what the method that it overrides takes.
func (p *Program) parameter(m *Module, v *shape.Value) Type {
	if v.X != nil {
		return p.dependency(m, v.X)
	}
	if v.Func == nil {
		return Unknown
	}
	i := slices.IndexFunc(v.Func.Params, func(q shape.Parameter) bool { return q.Name == v.Str })
	if i < 0 {
		return Unknown
	}
	positional := v.Func.Params[i].Kind <= shape.PositionalOnly
	if len(v.Args) > 0 {
		i-- // after self
		for _, self := range p.Eval(m, v.Args[0]).atoms {
			if self.Class == nil || !positional {
				continue
			}
			classes, _ := p.lineage(self)
			if t, ok := p.promised(slices.DeleteFunc(slices.Clone(classes), func(c Atom) bool { return c.Class == self.Class }), v, i); ok {
				return t
			}
		}
	}
	for _, d := range slices.Backward(v.Func.Decorators) {
		facts, f, arguments := p.registers(m, d, 0)
		for k, x := range facts.Passes {
			if x.Param == v.Str || x.Param == "" && positional && k == i {
				return p.annotation(f.Module, x.Type, nil)
			}
		}
		if facts.Plays != "" && arguments == 0 && positional { // an argument says which method
			for _, a := range p.instance(facts.Plays).atoms {
				classes, _ := p.lineage(a)
				t, _ := p.promised(classes, v, i)
				return t
			}
		}
		if f == nil || f.Project() { // it may call the function with something else
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

// registers is what the tables know of a decorator, the function that it is, nil for unknown, and how many arguments the call has that
// makes it.
func (p *Program) registers(m *Module, d *shape.Value, depth int) (facts shape.Facts, f *Func, arguments int) {
	if d.Op == shape.Call {
		d, arguments = d.X, len(d.Args)
	}
	t := p.Eval(m, d)
	if !t.open && len(t.atoms) == 1 && t.atoms[0].Kind == Instance { // an object that is called
		t, _ = p.Member(t.atoms[0], "__call__")
	}
	if !t.open && len(t.atoms) == 1 && t.atoms[0].Kind == Function {
		f = t.atoms[0].Func
		if f.Decl.Facts != nil {
			return *f.Decl.Facts, f, arguments
		}
	}
	if d.Op != shape.Attr || depth > 2 {
		return shape.Facts{}, f, arguments
	}
	// What a decorator makes of a function may be the source of others: @bot.group() of @config.command(), @ping.error.
	for _, a := range p.Eval(m, d.X).atoms {
		if a.Kind != Function || !a.Func.Project() {
			continue
		}
		for _, outer := range a.Func.Decl.Decorators {
			if facts, f, _ := p.registers(a.Func.Module, outer, depth+1); len(facts.Passes) > 0 {
				return shape.Facts{Passes: facts.Passes[:1]}, f, 0
			}
		}
	}
	return shape.Facts{}, f, arguments
}

// promised is what the first of some classes with a method of the name of a parameter's function says of parameter i after self; ok is
// false when there is none.
func (p *Program) promised(classes []Atom, v *shape.Value, i int) (t Type, ok bool) {
	for _, c := range classes {
		s := c.Class.Decl.Members.Get(v.Func.Name)
		if s == nil {
			continue
		}
		if len(s.Values) != 1 || s.Values[0].Op != shape.Function || len(s.Values[0].Func.TypeParams) > 0 || len(s.Values[0].Func.Params) <= i+1 {
			return Unknown, false
		}
		q := s.Values[0].Func.Params[i+1]
		if q.Annotation == nil || q.Kind > shape.PositionalOnly {
			return Unknown, false
		}
		return substitute(p.annotation(c.Class.Module, q.Annotation, p.typeParams(c)), bindings(c)), true
	}
	return Unknown, false
}
