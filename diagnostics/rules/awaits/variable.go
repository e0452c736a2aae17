package awaits

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed coroutine-variable-never-awaited.md
var variableDoc string

// Variable reports a coroutine that is kept in a local name which nothing reads any more.
var Variable = &diagnostics.Rule{
	Code:     "AIO103",
	Name:     "coroutine-variable-never-awaited",
	Family:   "awaits",
	Severity: diagnostics.Warning,
	Doc:      variableDoc,
	On:       []python.Kind{python.Assignment, python.NamedExpression},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if n.Kind() == python.NamedExpression {
			if n.Parent().Is(python.ExprStmt, python.Paren) && n.Up(python.ExprStmt).FirstNamed().Unwrap() == n {
				unread(p, n.Child(python.FieldName), n.Child(python.FieldValue))
			}
			return
		}
		left, right := n.Child(python.FieldLeft), n.Child(python.FieldRight)
		switch {
		case n.Parent().Kind() == python.Assignment: // a = b = work(): another name holds it as well
		case left.Kind() == python.Identifier:
			unread(p, left, right)
		case left.Is(python.PatternList, python.TuplePattern) && right.Is(python.ExpressionList, python.TupleExpr):
			l, r := left.FirstNamed(), right.FirstNamed()
			for l.Valid() && r.Valid() {
				if l.Is(python.ListSplatPattern, python.ListSplat) || r.Kind() == python.ListSplat {
					return
				}
				unread(p, l, r)
				l, r = nextNamed(l), nextNamed(r)
			}
		}
	},
}

func nextNamed(n python.Node) python.Node {
	for n = n.Next(); n.Is(python.Token, python.Comment); n = n.Next() {
	}
	return n
}

// unread reports a call that gives a coroutine to a name which nothing reads afterwards.
func unread(p *diagnostics.Pass, name, value python.Node) {
	call := value.Unwrap()
	if name.Kind() != python.Identifier || name.Text() == "_" || call.Kind() != python.Call {
		return
	}
	b := name.Binding()
	if b == nil {
		return
	}
	if _, ok := coroutine(p, call); !ok || expectsFailure(call) {
		return
	}
	l := b.Scope.Lookup(b.Name)
	reads, sure := b.Reads()
	if l == nil || !sure || len(reads) > 0 {
		return
	}
	never := true // nothing reads the name at all
	for _, x := range l.Bindings {
		if x.Kind == python.BindDelete {
			return // made to be thrown away
		}
		if others, _ := x.Reads(); len(others) > 0 {
			never = false
		}
	}
	r := p.Report(call, "`"+name.Text()+"` holds the coroutine `"+short(call)+"`, which nothing awaits, so it never runs; await it")
	if p.InCoroutine(call) && !inGenerator(call) {
		r.Fix(diagnostics.Fix{Title: "Await `" + short(call) + "`", Safe: never, Edits: diagnostics.Await(call)})
	}
}
