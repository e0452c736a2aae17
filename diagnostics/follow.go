package diagnostics

import (
	"strings"

	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// Follow follows all ways through a function definition or lambda from its start: visit is called for each step with what is known of
// the way before it, and says what is known behind it and whether to follow the way further. known may be any comparable
// value that tells ways apart, the smaller the better: each block of the function is walked once for each value that reaches it. An
// exception leaves a step with what was known before the step.
//
// It is false when the function is too large to follow; what visit has seen until then is true nevertheless, but not all.
func Follow[S comparable](p *Pass, fn python.Node, start S, visit func(python.Step, S) (S, bool)) bool {
	return FollowRaising(p, fn, start, nil, visit)
}

// FollowRaising is [Follow] where raises says what may come out of a step, instead of [python.Step.Raises]: what is left out there
// makes fewer ways.
func FollowRaising[S comparable](p *Pass, fn python.Node, start S, raises func(python.Step, S) python.Exc, visit func(python.Step, S) (S, bool)) bool {
	flow := p.flow(fn)
	if flow == nil {
		return false
	}
	return python.Follow(flow, start, python.Walk[S]{Visit: visit, Raises: raises, Raised: p.raised, Catches: p.Catches})
}

// flow is the control flow of a function, made once while its block is checked.
func (p *Pass) flow(fn python.Node) *python.Flow {
	if f, ok := p.flows[fn]; ok {
		return f
	}
	f := fn.Flow()
	if p.flows == nil {
		p.flows = map[python.Node]*python.Flow{}
	}
	p.flows[fn] = f
	return f
}

// raised is what a raise statement with an expression raises.
func (p *Pass) raised(stmt python.Node) python.Exc {
	e := stmt.FirstNamed()
	if e.Kind() == python.Call {
		e = e.Child(python.FieldFunction)
	}
	if p.cancellation(e) {
		return python.Cancelled
	}
	return python.Failure
}

// Catches says whether an except clause, or the item of a with statement, catches an ordinary exception or the
// cancellation of its library: certainly (yes), certainly not (no), or perhaps (both). It implements [python.Walk].
func (p *Pass) Catches(clause python.Node, e python.Exc) (yes, no bool) {
	if !clause.Is(python.ExceptClause, python.ExceptGroupClause) {
		return p.swallows(clause, e)
	}
	of := CaughtBy(clause)
	if !of.Valid() {
		return true, false
	}
	return p.catches(of, e)
}

// CaughtBy is the expression that says what an except clause catches; no node for a bare one.
func CaughtBy(clause python.Node) python.Node {
	of := clause.FirstNamed()
	switch of.Kind() {
	case python.BlockStmt:
		return python.Node{}
	case python.AsPattern:
		return of.FirstNamed()
	}
	return of
}

// swallows says whether a context manager swallows what is on its way: contextlib.suppress and its like.
func (p *Pass) swallows(item python.Node, e python.Exc) (yes, no bool) {
	if item.Kind() == python.AsPattern {
		item = item.FirstNamed()
	}
	if item.Kind() != python.Call {
		return false, true
	}
	c, ok := p.Callee(item)
	if !ok {
		return false, true
	}
	switch c.Name {
	case "contextlib.suppress", "pytest.raises":
	default:
		return false, true
	}
	no = true
	for a := range item.Child(python.FieldArguments).Named {
		y, n := p.catches(a, e)
		yes, no = yes || y, no && n
	}
	return yes, no
}

// catches is Catches for what an except clause names: a class, a tuple of classes, or what gives one.
func (p *Pass) catches(of python.Node, e python.Exc) (yes, no bool) {
	of = of.Unwrap()
	if of.Is(python.TupleExpr, python.ExpressionList) {
		no = true
		for c := range of.Named {
			y, n := p.catches(c, e)
			yes, no = yes || y, no && n
		}
		return yes, no
	}
	if p.cancellation(of) {
		return e == python.Cancelled, e != python.Cancelled
	}
	t := p.Type(of)
	if LastName(of) == "BaseException" && t.Every(func(a program.Atom) bool { return a.Kind == program.ClassObject && a.QName() == "BaseException" }) {
		return true, false
	}
	return catchesType(t, e)
}

// catchesType is catches for a class, or for a tuple of classes, that is kept under a name. BaseException is there what an annotation says,
// as a rule, and holds less.
func catchesType(t program.Type, e python.Exc) (yes, no bool) {
	if t.Open() || len(t.Atoms()) != 1 {
		return e == python.Failure, true
	}
	switch a := t.Atoms()[0]; a.Kind {
	case program.ClassObject:
		switch a.QName() {
		case "Exception":
			return e == python.Failure, e != python.Failure
		case "asyncio.CancelledError":
			return e == python.Cancelled, e != python.Cancelled
		}
	case program.Instance:
		if a.QName() == "tuple" && len(a.Args) > 0 {
			no = true
			for _, x := range a.Args {
				y, n := catchesType(x, e)
				yes, no = yes || y, no && n
			}
			return yes, no
		}
	}
	return e == python.Failure, true
}

// cancellation says whether an expression is the class of cancellation: asyncio.CancelledError, trio.Cancelled,
// anyio.get_cancelled_exc_class(). A name that is not resolved counts by how it is spelled.
func (p *Pass) cancellation(of python.Node) bool {
	if of.Kind() == python.Call {
		c, ok := p.Callee(of)
		return ok && strings.HasSuffix(c.Name, ".get_cancelled_exc_class") || !ok && strings.HasSuffix(of.Child(python.FieldFunction).Text(), "get_cancelled_exc_class")
	}
	t := p.Type(of)
	if t.Open() || len(t.Atoms()) == 0 {
		return t.Open() && strings.Contains(of.Text(), "Cancelled")
	}
	for _, a := range t.Atoms() {
		switch name := a.QName(); {
		case name == "asyncio.CancelledError", name == "trio.Cancelled":
		case a.Kind == program.Opaque && strings.HasSuffix(name, "Cancelled"):
		default:
			return false
		}
	}
	return true
}
