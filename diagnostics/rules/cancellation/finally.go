package cancellation

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed finally-return.md
var finallyReturnDoc string

// FinallyReturn reports a jump out of a finally clause, which drops the cancellation that is on its way through it.
var FinallyReturn = &diagnostics.Rule{
	Code: "AIO403", Name: "finally-return", Family: "cancellation", Aliases: []string{"B012", "PLW0150", "W0150"},
	Severity: diagnostics.Warning, Doc: finallyReturnDoc,
	On: []python.Kind{python.ReturnStmt, python.BreakStmt, python.ContinueStmt},
	Check: func(p *diagnostics.Pass, jump python.Node) {
		f := leavesFinally(jump)
		if !f.Valid() || !p.InCoroutine(jump) {
			return
		}
		try := f.Parent()
		caught := false // before it comes to the finally clause
		for c := range clauses(try) {
			yes, no := p.Catches(c, python.Cancelled)
			caught = caught || yes && !no
		}
		for c := range try.Named {
			if c == f {
				break
			}
			if suspends(c) && (!caught || c.Field() != python.FieldBody) || caught && c.Field() != python.FieldBody && raises(c) {
				word := jump.First().Text()
				p.Report(jump, "`"+word+"` in `finally` drops the cancellation or the error that is on its way; let `finally` run to its end, and `"+word+"` behind it").
					Related(f.First(), "it leaves this `finally`")
				return
			}
		}
	},
}

// raises says whether there is a raise statement in a clause.
func raises(clause python.Node) bool {
	for c := range inFunction(clause) {
		if c.Kind() == python.RaiseStmt {
			return true
		}
	}
	return false
}

// leavesFinally is the innermost finally clause that a jump leaves; no node when it leaves none.
func leavesFinally(jump python.Node) python.Node {
	loops := jump.Is(python.BreakStmt, python.ContinueStmt)
	child := jump
	for n := jump.Parent(); n.Valid(); child, n = n, n.Parent() {
		switch n.Kind() {
		case python.FunctionDef, python.Lambda, python.ClassDef:
			return python.Node{}
		case python.ForStmt, python.WhileStmt:
			if loops && child.Field() == python.FieldBody { // in its else clause, the jump belongs to a loop around
				return python.Node{}
			}
		case python.FinallyClause:
			return n
		}
	}
	return python.Node{}
}
