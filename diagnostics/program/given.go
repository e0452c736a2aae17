package program

import "aiolens/diagnostics/shape"

// given is what a parameter without an annotation stands for, where a library of the tables calls its function: one that a
// decorator registers, or a method that takes the place of one of a base.
func (p *Program) given(m *Module, v *shape.Value) Type {
	if v.Func == nil {
		return Unknown
	}
	for _, d := range v.Func.Decorators {
		facts, arguments := p.registers(m, d, 0)
		for i, x := range facts.Passes {
			if x.Param == v.Str || x.Param == "" && i == v.N {
				return p.instance(x.Text)
			}
		}
		if facts.Plays != "" && arguments == 0 { // an argument says which method
			for _, a := range p.instance(facts.Plays).atoms {
				return p.declaredFor(a, v)
			}
		}
	}
	for _, self := range v.Args {
		for _, a := range p.Eval(m, self).atoms {
			return p.declaredFor(a, v)
		}
	}
	return Unknown
}

// registers is what the tables know of a decorator, and how many arguments the call has that makes it.
func (p *Program) registers(m *Module, d *shape.Value, depth int) (facts shape.Facts, arguments int) {
	if d.Op == shape.Call {
		d, arguments = d.X, len(d.Args)
	}
	t := p.Eval(m, d)
	if !t.open && len(t.atoms) == 1 && t.atoms[0].Kind == Instance { // an object that is called
		t, _ = p.Member(t.atoms[0], "__call__")
	}
	if !t.open && len(t.atoms) == 1 && t.atoms[0].Kind == Function && t.atoms[0].Func.Decl.Facts != nil {
		return *t.atoms[0].Func.Decl.Facts, arguments
	}
	if d.Op != shape.Attr || depth > 2 {
		return shape.Facts{}, 0
	}
	// What a decorator makes of a function may be the source of others: @bot.group() of @config.command(), @ping.error.
	for _, a := range p.Eval(m, d.X).atoms {
		if a.Kind != Function || !a.Func.Project() {
			continue
		}
		for _, outer := range a.Func.Decl.Decorators {
			if facts, _ := p.registers(a.Func.Module, outer, depth+1); len(facts.Passes) > 0 {
				return shape.Facts{Passes: facts.Passes[:1]}, 0
			}
		}
	}
	return shape.Facts{}, 0
}

// declaredFor is how the tables declare a parameter in the method of an instance that the function with the parameter stands for.
func (p *Program) declaredFor(a Atom, v *shape.Value) Type {
	classes, _ := p.lineage(a)
	for _, c := range classes {
		if c.Class.Project() {
			continue
		}
		s := c.Class.Decl.Members.Get(v.Func.Name)
		if s == nil {
			continue
		}
		if len(s.Values) != 1 || s.Values[0].Op != shape.Function || len(s.Values[0].Func.Params) <= v.N+1 {
			break
		}
		if q := s.Values[0].Func.Params[v.N+1]; q.Annotation != nil && q.Kind <= shape.PositionalOnly {
			return substitute(p.annotation(c.Class.Module, q.Annotation, p.typeParams(c)), bindings(c))
		}
		break
	}
	return Unknown
}
