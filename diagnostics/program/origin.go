package program

import "aiolens/diagnostics/shape"

// Origins are the calls that made a value, as far as they are known: through names, attributes of the own class and
// both sides of a choice. It is nil when some of it is not known.
func (p *Program) Origins(m *Module, v *shape.Value) []*shape.Value {
	calls, ok := p.origins(m, v, 0)
	if !ok {
		return nil
	}
	return calls
}

func (p *Program) origins(m *Module, v *shape.Value, depth int) (calls []*shape.Value, ok bool) {
	if depth > 8 {
		return nil, false
	}
	var from []*shape.Value
	switch v.Op {
	case shape.Call:
		return []*shape.Value{v}, true
	case shape.NotNone:
		return p.origins(m, v.X, depth+1)
	case shape.Ref: // its own value is looked at already
		return nil, true
	case shape.Const:
		return nil, v.Str == "None"
	case shape.Union:
		from = v.Args
	case shape.Name:
		s := m.Shape.Symbols.Get(v.Str)
		if s == nil {
			return nil, false
		}
		from = s.Values
	case shape.Attr:
		if v.X.Op != shape.Self {
			return nil, false
		}
		for _, a := range p.Eval(m, v.X).Atoms() {
			if a.Kind != Instance || a.Class.Module != m {
				return nil, false
			}
			s := a.Class.Decl.Fields.Get(v.Str)
			if s == nil {
				return nil, false
			}
			from = append(from, s.Values...)
		}
	}
	for _, x := range from {
		more, ok := p.origins(m, x, depth+1)
		if !ok {
			return nil, false
		}
		calls = append(calls, more...)
	}
	return calls, len(from) > 0
}
