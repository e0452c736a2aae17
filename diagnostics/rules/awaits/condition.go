package awaits

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed coroutine-always-true.md
var conditionDoc string

// Condition reports a coroutine whose truth is tested: it is true whatever its result would be.
var Condition = &diagnostics.Rule{
	Code:     "AIO105",
	Name:     "coroutine-always-true",
	Family:   "awaits",
	Severity: diagnostics.Error,
	Doc:      conditionDoc,
	On: []python.Kind{
		python.IfStmt, python.ElifClause, python.WhileStmt, python.AssertStmt, python.NotOperator, python.BooleanOperator,
		python.ConditionalExpression, python.IfClause, python.Call,
	},
	Check: func(p *diagnostics.Pass, n python.Node) {
		switch n.Kind() {
		case python.IfStmt, python.ElifClause, python.WhileStmt:
			tested(p, n.Child(python.FieldCondition))
		case python.AssertStmt, python.IfClause:
			tested(p, n.FirstNamed())
		case python.NotOperator:
			tested(p, n.Child(python.FieldArgument))
		case python.BooleanOperator:
			tested(p, n.Child(python.FieldLeft))
		case python.ConditionalExpression:
			tested(p, nextNamed(n.FirstNamed()))
		case python.Call: // any(check(x) for x in xs)
			if name := diagnostics.LastName(n.Child(python.FieldFunction)); name == "assertTrue" || name == "assertFalse" {
				if c, ok := p.Callee(n); ok && c.Name == "unittest.TestCase."+name {
					tested(p, p.Argument(n, 0, "expr"))
				}
				return
			}
			list := listed(p.Argument(n, 0, ""))
			if len(list) == 0 {
				return
			}
			if c, ok := p.Callee(n); ok && (c.Name == "any" || c.Name == "all") {
				for _, item := range list {
					if inner(item).Kind() == python.Call {
						tested(p, item)
					}
				}
			}
		}
	},
}

// callback says whether an expression calls what is declared as Callable[..., Awaitable[...]].
func callback(p *diagnostics.Pass, n python.Node) bool {
	return n.Kind() == python.Call && n.Child(python.FieldFunction).Kind() != python.Call && certain(p.Type(n), func(a program.Atom) bool {
		return a.From != nil && a.From.Name == "typing.Callable.__call__" && a.QName() == "typing.Awaitable"
	})
}

// tested reports a condition that is a coroutine. Operands of "not" and left operands are tested where they stand.
func tested(p *diagnostics.Pass, n python.Node) {
	v := inner(n)
	if v.Kind() == python.BooleanOperator {
		tested(p, v.Child(python.FieldRight))
		return
	}
	if _, ok := coroutine(p, v); !ok && !callback(p, v) || expectsFailure(v) {
		return
	}
	if v.Kind() == python.Identifier {
		if _, ok := origin(p, v); !ok {
			return // it is also awaited or handed on
		}
	}
	message := "`" + short(v) + "` is a coroutine, which is always true; await it"
	if v.Kind() == python.Identifier {
		message = "`" + short(v) + "` holds a coroutine, which is always true; await it"
	}
	await(p, p.Report(v, message), v)
}
