package awaits

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed awaitable-dropped.md
var droppedDoc string

// Dropped reports a statement that asks for something to wait for and does not wait.
var Dropped = &diagnostics.Rule{
	Code:     "AIO102",
	Name:     "awaitable-dropped",
	Family:   "awaits",
	Severity: diagnostics.Warning,
	Doc:      droppedDoc,
	On:       []python.Kind{python.ExprStmt},
	Check: func(p *diagnostics.Pass, stmt python.Node) {
		for n := range thrownAway(stmt) {
			if n.Kind() != python.Call || expectsFailure(n) {
				continue
			}
			callees, all := p.Callees(n)
			if !all || len(callees) == 0 {
				continue
			}
			waiting, awaitable, coroutine := true, true, true
			for _, c := range callees {
				waiting = waiting && c.Facts.Waits
				if c.Func != nil && c.Func.Project() { // which does something before it gives what can be awaited
					awaitable = false
				}
			}
			t := p.Type(n)
			for _, a := range t.Atoms() {
				awaitable = awaitable && a.Kind == program.Instance && has(p, a, "__await__") && fromTables(p, a)
				coroutine = coroutine && isCoroutine(a)
			}
			awaitable = awaitable && !t.Open() && len(t.Atoms()) > 0
			switch {
			case waiting && !awaitable: // as_completed
				p.Report(n, "nothing waits for what `"+short(n)+"` gives; iterate over it, or await it")
			case waiting:
				r := p.Report(n, "`"+short(n)+"` is not awaited, so nothing is waited for; await it")
				typeChecked(p, r, stmt, n)
				await(p, r, n)
			case awaitable && !coroutine:
				await(p, p.Report(n, "`"+short(n)+"` does nothing unless it is awaited; await it"), n)
			}
		}
	},
}

// fromTables says whether an awaitable does its work only when it is awaited: it comes from a function of the tables, or is
// an instance of a class of theirs, and is not a future, which somebody else completes.
func fromTables(p *diagnostics.Pass, a program.Atom) bool {
	if a.Class.Project() || a.From != nil && a.From.Project() {
		return false
	}
	if a.From != nil && waits(a.From) {
		return true
	}
	return !p.Program.Subclass(a.Class, "asyncio.Future")
}
