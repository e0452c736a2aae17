package resources

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed writer-not-drained.md
var writerDoc string

// Writer reports stream writers whose buffer nobody waits for: writes in a loop without drain, and a close without
// wait_closed.
var Writer = &diagnostics.Rule{
	Code:     "AIO705",
	Name:     "writer-not-drained",
	Family:   "resources",
	Severity: diagnostics.Info,
	Doc:      writerDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		w, name := method(call)
		switch name {
		case "write", "writelines":
			if p.InCoroutine(call) && undrained(call, w) && isWriter(p, w) {
				at := step(w)
				r := p.Report(call.Child(python.FieldFunction), "`"+at+"."+name+"()` only fills a buffer, which grows without limit in a loop when the peer reads slowly; `await "+at+".drain()` behind it")
				follow(r, call, w.Text()+".drain()", "Add `await "+at+".drain()`", true)
			}
		case "close":
			if p.InCoroutine(call) && isWriter(p, w) && diagnostics.LastName(w) != "stdin" && !waited(p, call, w) { // of a process, which is waited for
				at := step(w)
				r := p.Report(call.Child(python.FieldFunction), "`"+at+".close()` only begins to close the connection: what is still in the buffer, and errors, may get lost; `await "+at+".wait_closed()` behind it")
				follow(r, call, w.Text()+".wait_closed()", "Add `await "+at+".wait_closed()`", false)
			}
		}
	},
}

// isWriter says whether a value is certainly a stream writer of asyncio.
func isWriter(p *diagnostics.Pass, n python.Node) bool {
	if p.Type(n).Every(func(a program.Atom) bool {
		return a.Kind == program.Instance && a.Class.Name == "asyncio.StreamWriter"
	}) {
		return true
	}
	return n.Kind() == python.Identifier && p.Stream(n) == "StreamWriter"
}

// undrained says whether a write is in a loop in which nobody waits until the buffer has been emptied.
func undrained(call, w python.Node) bool {
	stmt := call.Parent()
	if stmt.Kind() != python.ExprStmt {
		return false
	}
	if after := next(stmt); after.Kind() == python.ExprStmt { // the last one of several in a row
		if o, name := method(after.FirstNamed()); o.Text() == w.Text() && strings.HasPrefix(name, "write") {
			return false
		}
	}
	endless := false // or as long as others like
	outer := python.Node{}
	for loop := call.Up(python.ForStmt, python.WhileStmt, python.FunctionDef, python.Lambda); loop.Is(python.ForStmt, python.WhileStmt); loop = loop.Up(python.ForStmt, python.WhileStmt, python.FunctionDef, python.Lambda) {
		if call.Inside(loop.Child(python.FieldBody)) {
			outer = loop
			endless = endless || loop.Kind() == python.WhileStmt || loop.IsAsync()
		}
	}
	if !outer.Valid() || leavesBehind(stmt) {
		return false
	}
	fn := call.Function()
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() != python.Call || n.Function() != fn || !n.Inside(outer) && (endless || n.Span().Start < outer.Span().End) {
			continue
		}
		if drains(n, w, outer) {
			return false
		}
	}
	return true
}

// leavesBehind says whether the loop is left right behind a statement.
func leavesBehind(stmt python.Node) bool {
	for s := next(stmt); s.Valid(); s = next(s) {
		if s.Is(python.BreakStmt, python.ReturnStmt, python.RaiseStmt) {
			return true
		}
	}
	return false
}

// drains says whether a call waits for the buffer of a writer, or may: the writer, or the object that has it, is asked for
// something that is awaited, or handed on.
func drains(call, w, loop python.Node) bool {
	o, name := method(call)
	if o.Text() == w.Text() {
		return name == "drain" || name == "wait_closed" || name == "close" && call.Inside(loop)
	}
	for a := range call.Child(python.FieldArguments).Walk {
		if a.Kind() == w.Kind() && a.Text() == w.Text() && !(a.Parent().Kind() == python.Attribute) {
			return true
		}
	}
	owner := w
	for owner.Kind() == python.Attribute {
		owner = owner.Child(python.FieldObject)
	}
	return w.Kind() == python.Attribute && o.Valid() && call.Parent().Kind() == python.Await && o.Text() == owner.Text()
}

// waited says whether, on each way behind a close that is followed to the end, somebody waits until the connection is
// closed. For what others may reach, it is enough that anybody in the file does so.
func waited(p *diagnostics.Pass, call, w python.Node) bool {
	fn := call.Function()
	if w.Kind() == python.Attribute {
		for range p.Occurrences("wait_closed") {
			return true
		}
		return call.Parent().Kind() != python.ExprStmt
	}
	if w.Kind() != python.Identifier {
		return true
	}
	l := w.Scope().Lookup(w.Text())
	if call.Parent().Kind() != python.ExprStmt || l == nil || l.Scope.Node != fn || l.Captured {
		return true
	}
	const (
		fresh  = iota
		filled // something may be in its buffer
		closed
	)
	found := false
	whole := diagnostics.FollowRaising(p, fn, fresh, func(python.Step, int) python.Exc { return python.NoExc }, func(s python.Step, state int) (int, bool) {
		if s.Kind == python.StepEnd {
			found = found || state == closed
		}
		if s.Kind != python.StepEval || s.Node.Kind() != python.Call {
			return state, true
		}
		switch o, name := method(s.Node); {
		case s.Node == call:
			if state == filled {
				state = closed
			}
		case o.Text() == w.Text() && strings.HasPrefix(name, "write"):
			state = filled
		case o.Text() == w.Text() && name == "wait_closed":
			state = fresh
		case given(s.Node, w.Text()):
			if state == closed {
				return fresh, true
			}
			state = filled
		}
		return state, true
	})
	return !whole || !found
}

// given says whether a call is given a local.
func given(call python.Node, local string) bool {
	for a := range call.Child(python.FieldArguments).Walk {
		if a.Kind() == python.Identifier && a.Text() == local && a.Field() != python.FieldAttribute {
			return true
		}
	}
	return false
}

// follow offers to await something on a line of its own behind the statement that is only a call.
func follow(r diagnostics.Reporter, call python.Node, text, title string, safe bool) {
	stmt := statement(call)
	l, ok := linesOf(stmt, stmt)
	if !ok {
		return
	}
	end := l.behind(stmt.Span().End)
	r.Fix(diagnostics.Fix{Title: title, Safe: safe, Edits: []diagnostics.Edit{{Span: python.Span{Start: end, End: end}, New: "\n" + l.indent + "await " + text}}})
}
