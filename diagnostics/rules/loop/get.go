package loop

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed get-event-loop.md
var getDoc string

// Get reports asyncio.get_event_loop, which means different things in and out of coroutines, and fails out of them.
var Get = &diagnostics.Rule{
	Code: "AIO601", Name: "get-event-loop", Family: "loop", Severity: diagnostics.Warning, Doc: getDoc,
	On: []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		fn := call.Child(python.FieldFunction)
		if !fn.Is(python.Identifier, python.Attribute) || fn.Kind() == python.Attribute && fn.Child(python.FieldAttribute).Text() != "get_event_loop" {
			return
		}
		if c, ok := p.Callee(call); !ok || c.Name != "asyncio.get_event_loop" {
			return
		}
		if warned(call) || tested(call) || skipped(p, call) || yieldsToLoop(call) {
			return
		}
		text, imports := p.Spell("asyncio.get_running_loop")
		fix := diagnostics.Fix{Title: "Use `asyncio.get_running_loop`", Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(fn, text)}}
		switch at := call.Function(); {
		case p.OnLoop(call):
			where := "in a coroutine"
			if !p.InCoroutine(call) {
				where = "in a callback of the loop"
			}
			fix.Safe = true
			p.Report(fn, "`asyncio.get_event_loop()` "+where+" gives the loop that runs only because one does; say so with `asyncio.get_running_loop()`").Fix(fix)
		case tried(call, []string{"RuntimeError", "DeprecationWarning"}) && !inHandler(call), p.Mentions("set_event_loop("):
		case !at.Valid():
			if driven(p, call) || p.Mentions("run_until_complete") || p.Mentions("# %%") {
				return // see manual-event-loop
			}
			p.Report(fn, "`asyncio.get_event_loop()` at the top of the module, where no event loop is running, raises `RuntimeError` since Python 3.14 (a warning since 3.12); ask for the loop in a coroutine, or start one with `asyncio.run()`")
		case driven(p, call):
		default:
			r := p.Report(fn, "`asyncio.get_event_loop()` raises `RuntimeError` since Python 3.14 where no event loop is running (a warning since 3.12); use `asyncio.get_running_loop()` in what the loop calls, and `asyncio.run()` elsewhere").Fix(fix)
			if fallback(call) {
				r.Severity(diagnostics.Info)
			}
		}
	},
}

// yieldsToLoop says whether a call is in a coroutine of the old kind, a generator with a decorator such as tornado's @gen.coroutine.
func yieldsToLoop(call python.Node) bool {
	fn := call.Function()
	if fn.Kind() != python.FunctionDef || fn.IsAsync() || fn.Parent().Kind() != python.DecoratedDef {
		return false
	}
	for d := range python.Decorators(fn) {
		if name := diagnostics.LastName(d); name == "coroutine" || name == "gen_test" {
			return true
		}
	}
	return false
}

// fallback says whether the loop is asked for only when the caller gives none: objects of libraries, which are mostly made
// where a loop is running, do so.
func fallback(call python.Node) bool {
	for child, up := call, call.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); child, up = up, up.Parent() {
		switch up.Kind() {
		case python.BooleanOperator:
			return child.Field() == python.FieldRight
		case python.ConditionalExpression:
			return child != condition(up)
		case python.IfStmt, python.ElifClause, python.ElseClause:
			if up.Kind() == python.ElseClause {
				up = up.Parent()
			}
			return names(condition(up), "loop") || names(condition(up), "_loop")
		}
	}
	return false
}

// inHandler says whether a node is in an except clause: what it does there is not guarded by the try.
func inHandler(n python.Node) bool {
	return n.Up(python.ExceptClause, python.FunctionDef, python.Lambda).Kind() == python.ExceptClause
}
