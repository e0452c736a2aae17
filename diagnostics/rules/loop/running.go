package loop

import (
	_ "embed"
	"fmt"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed task-without-running-loop.md
var runningDoc string

// NotRunning reports what needs a running event loop where certainly none runs.
var NotRunning = func() *diagnostics.Rule {
	r := notRunning
	r.Check = checkRunning
	return &r
}()

var notRunning = diagnostics.Rule{
	Code: "AIO607", Name: "task-without-running-loop", Family: "loop", Severity: diagnostics.Error, Doc: runningDoc,
	On: []python.Kind{python.Call},
}

// maxWay is how many calls may lie between what is certain, such as a statement of the module or a thread, and what it leads to:
// the longer the way, the more conditions are on it.
const maxWay = 3

func checkRunning(p *diagnostics.Pass, call python.Node) {
	fn := call.Child(python.FieldFunction)
	if run, ok := gathered(p, call); ok {
		if at := call.Function(); !handled(p, call) && !at.IsAsync() {
			p.Report(fn, "`asyncio.gather()` is called before `"+run+"()` starts the event loop that it needs, and gives a future, not a coroutine: this fails; await it in a coroutine, and run that")
		}
		return
	}
	if name, ok := needs(p, call); ok {
		if handled(p, call) {
			return
		}
		switch at := call.Function(); {
		case interactive(p, call):
		case !at.Valid():
			p.Report(fn, "`"+name+"()` at the top of the module, where no event loop is running, raises `RuntimeError`; call it in a coroutine")
		case at.Kind() == python.FunctionDef && !at.IsAsync():
			if run := starter(p, call, at); run.Valid() {
				p.Report(fn, "`"+name+"()` raises `RuntimeError`: no event loop is running in `"+at.Child(python.FieldName).Text()+"`, which starts one itself; call it in the coroutine that the loop runs").
					Related(run, "the event loop is started here")
			}
		}
		return
	}
	if call.Function().Valid() || interactive(p, call) || tried(call, []string{"RuntimeError"}) || tested(call) {
		return
	}
	chain := p.Reach(call, needing)
	if chain == nil {
		return
	}
	last := len(chain.Steps) - 1
	r := p.Report(fn, fmt.Sprintf("`%s()` runs where no event loop is running, but `%s` calls `%s()`, which raises `RuntimeError`; call it in a coroutine", strings.Join(strings.Fields(fn.Text()), ""), chain.Steps[last].Func.Decl.Name, chain.What))
	chain.Explain(r, "`"+chain.What+"()` needs a running event loop")
}

// interactive says whether a statement is at the top of a notebook, where a loop runs.
func interactive(p *diagnostics.Pass, n python.Node) bool {
	return !n.Function().Valid() && (p.Notebook() || p.Mentions("# %%"))
}

// gathered is the function that runs a coroutine, if a call of gather is what it is given. Before Python 3.14 it refuses the
// future with ValueError ("a coroutine was expected"), since then gather raises RuntimeError.
func gathered(p *diagnostics.Pass, call python.Node) (run string, ok bool) {
	fn, outer := call.Child(python.FieldFunction), call.Parent().Parent()
	if diagnostics.LastName(fn) != "gather" || outer.Kind() != python.Call || p.Argument(outer, 0, "main") != call {
		return "", false
	}
	if c, ok := p.Callee(call); !ok || c.Name != "asyncio.gather" || p.Argument(call, -1, "loop").Valid() {
		return "", false
	}
	c, ok := p.Callee(outer)
	return c.Name, ok && c.Name == "asyncio.run"
}

// needing is a call that needs a running event loop.
var needing = &diagnostics.Goal{
	Code: "AIO607", Within: maxWay - 1,
	On: []python.Kind{python.Call},
	Test: func(p *diagnostics.Pass, n python.Node) (deed diagnostics.Deed, ok bool) {
		name, ok := needs(p, n)
		if !ok || handled(p, n) || wonders(n.Function()) {
			return deed, false
		}
		return diagnostics.Deed{What: name, Rule: &notRunning}, true
	},
}

// needs is the name of the function that a call needs a running event loop for.
func needs(p *diagnostics.Pass, call python.Node) (name string, ok bool) {
	fn := call.Child(python.FieldFunction)
	if !fn.Is(python.Identifier, python.Attribute) {
		return "", false
	}
	if fn.Kind() == python.Attribute {
		switch diagnostics.LastName(fn) {
		case "create_task", "get_running_loop", "current_task", "all_tasks", "ensure_future", "gather":
		default:
			return "", false
		}
	}
	c, ok := p.Callee(call)
	if !ok {
		return "", false
	}
	switch c.Name {
	case "asyncio.create_task", "asyncio.get_running_loop":
		return c.Name, true
	case "asyncio.current_task", "asyncio.all_tasks":
		return c.Name, !call.Child(python.FieldArguments).FirstNamed().Valid()
	case "asyncio.ensure_future", "asyncio.gather":
		// Before 3.14 these make a loop where there is none.
		first := p.Argument(call, 0, "coro_or_future")
		return c.Name, p.Settings.Target.AtLeast(3, 14) && first.Valid() && !p.Argument(call, -1, "loop").Valid() && p.Type(first).Every(func(a program.Atom) bool {
			return a.Kind == program.Instance && a.Class.Name == "typing.Coroutine"
		})
	}
	return "", false
}

// handled says whether the error is expected, or the code is for some versions of Python only.
func handled(p *diagnostics.Pass, n python.Node) bool {
	return tried(n, []string{"RuntimeError"}) || tested(n) || warned(n) || skipped(p, n)
}

// wonders says whether a function finds out whether an event loop is running by other means than the error.
func wonders(fn python.Node) bool {
	for n := range fn.Walk {
		if n.Kind() != python.Identifier {
			continue
		}
		switch text := n.Text(); {
		case text == "_get_running_loop", text == "get_event_loop", text == "RuntimeError", strings.Contains(text, "is_running"),
			strings.Contains(text, "current_async_library"), strings.Contains(text, "in_async"):
			return true
		}
	}
	return false
}

// starter is the call by which a function starts an event loop, before or after another call of it on the same path; no node
// when there is none. It would fail where a loop is running, so none is.
func starter(p *diagnostics.Pass, call, fn python.Node) python.Node {
	if wonders(fn) {
		return python.Node{}
	}
	own := true // the block that holds the statement of the call itself
	for child, up := call, call.Parent(); up.Valid() && child != fn; child, up = up, up.Parent() {
		if !up.Is(python.BlockStmt) {
			continue
		}
		behind := false
		for s := range up.Named {
			if s == child {
				behind = true
				continue
			}
			if behind && (!own || child.Is(python.ReturnStmt, python.RaiseStmt)) {
				break
			}
			if run := begins(p, s, fn); run.Valid() {
				return run
			}
		}
		own = false
	}
	return python.Node{}
}

// begins is the call that starts an event loop in a statement that is executed as a whole, or in the body of its with or try.
func begins(p *diagnostics.Pass, s, fn python.Node) python.Node {
	switch s.Kind() {
	case python.WithStmt, python.TryStmt:
		for inner := range s.Child(python.FieldBody).Named {
			if run := begins(p, inner, fn); run.Valid() {
				return run
			}
		}
	case python.ExprStmt, python.ReturnStmt:
		for n := range s.Walk {
			if n.Kind() != python.Call || n.Function() != fn {
				continue
			}
			if name, ok := runs(p, n); ok && !strings.HasPrefix(name, "trio.") {
				return n.Child(python.FieldFunction)
			}
		}
	}
	return python.Node{}
}
