package awaits

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed coroutine-awaited-twice.md
var twiceDoc string

// Twice reports a coroutine object that is awaited, or handed over to be awaited, a second time.
var Twice = &diagnostics.Rule{
	Code:     "AIO106",
	Name:     "coroutine-awaited-twice",
	Family:   "awaits",
	Severity: diagnostics.Error,
	Doc:      twiceDoc,
	On:       []python.Kind{python.Assignment, python.NamedExpression},
	Check: func(p *diagnostics.Pass, n python.Node) {
		name, value := n.Child(python.FieldName), n.Child(python.FieldValue)
		if n.Kind() == python.Assignment {
			name, value = n.Child(python.FieldLeft), n.Child(python.FieldRight)
		}
		b := name.Binding()
		if b == nil || inner(value).Kind() != python.Call {
			return
		}
		if _, ok := coroutine(p, value); !ok {
			return
		}
		reads, sure := b.Reads()
		if !sure {
			return
		}
		var uses []python.Node
		for _, r := range reads {
			if consumer(p, r) {
				uses = append(uses, r)
			}
		}
		for _, second := range uses {
			for _, first := range uses {
				if exclusive(first, second) || !first.Again(second, awaited(first)) {
					continue
				}
				message := "`" + name.Text() + "` is awaited again, which raises RuntimeError: a coroutine runs only once"
				if first == second {
					message = "`" + name.Text() + "` is awaited in a loop, but a coroutine runs only once"
				}
				p.Report(second, message+"; make a new one or keep a task").Related(first, "first awaited here").Related(value, "made here")
				break
			}
		}
	},
}

// awaited says whether a read is awaited right there, by itself or as an argument.
func awaited(n python.Node) bool {
	up := n.Parent()
	if up.Kind() == python.ArgumentList {
		up = up.Parent().Parent()
	}
	return up.Kind() == python.Await
}

// consumer says whether a read hands the coroutine to something that runs it.
func consumer(p *diagnostics.Pass, n python.Node) bool {
	up := n.Parent()
	for up.Kind() == python.Paren {
		n, up = up, up.Parent()
	}
	switch up.Kind() {
	case python.Await:
		return true
	case python.ArgumentList:
		c, ok := p.Callee(up.Parent())
		return ok && (c.Facts.Spawns || c.Facts.Waits || c.Name == "asyncio.run" || c.Name == "asyncio.AbstractEventLoop.run_until_complete")
	}
	return false
}

// exclusive says whether both stand in branches of if statements that do not hold the other: their conditions may well
// exclude each other.
func exclusive(a, b python.Node) bool {
	return a != b && guarded(a, b) && guarded(b, a)
}

func guarded(n, other python.Node) bool {
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); up = up.Parent() {
		switch up.Kind() {
		case python.BlockStmt:
			if up.Parent().Is(python.IfStmt, python.ElifClause, python.ElseClause, python.CaseClause) && !other.Inside(up) {
				return true
			}
		case python.ConditionalExpression, python.BooleanOperator:
			if !other.Inside(up) {
				return true
			}
		}
	}
	return false
}
