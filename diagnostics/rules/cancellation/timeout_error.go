package cancellation

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed timeout-error-not-caught.md
var timeoutErrorDoc string

// TimeoutError reports handlers of the builtin TimeoutError where asyncio raises its own, as it did before Python 3.11.
var TimeoutError = &diagnostics.Rule{
	Code: "AIO404", Name: "timeout-error-not-caught", Family: "cancellation", Severity: diagnostics.Error, Doc: timeoutErrorDoc,
	On: []python.Kind{python.ExceptClause, python.Call},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if target := p.Settings.Target; target == (diagnostics.Version{}) || target.AtLeast(3, 11) {
			return
		}
		guarded, of := python.Node{}, n // the statements whose exceptions are caught, and what says which are
		switch n.Kind() {
		case python.ExceptClause:
			guarded = n.Parent().Child(python.FieldBody)
		case python.Call:
			guarded, of = suppressed(p, n), n.Child(python.FieldArguments)
		}
		if !guarded.Valid() {
			return
		}
		for e := range named(of) {
			if !otherTimeoutError(p, e) {
				continue
			}
			if n.Kind() == python.ExceptClause && takesTimeouts(p, n.Parent()) || n.Kind() == python.Call && takes(p, of) || byVersion(n) {
				return
			}
			source := timesOut(p, guarded)
			if !source.Valid() {
				return
			}
			r := p.Report(e, "`"+callText(source)+"` raises `asyncio.TimeoutError`, which `"+diagnostics.OneLine(e)+"` does not catch before Python 3.11; catch `asyncio.TimeoutError`").
				Related(source, "it times out here")
			text, imports := p.Spell("asyncio.TimeoutError")
			r.Fix(diagnostics.Fix{Title: "Catch `" + text + "`", Safe: true, Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(e, text)}})
			return
		}
	},
}

// suppressed is the body of the with statement whose item is a call of contextlib.suppress; no node for other calls.
func suppressed(p *diagnostics.Pass, call python.Node) python.Node {
	if fn := call.Child(python.FieldFunction).Text(); fn != "suppress" && !strings.HasSuffix(fn, ".suppress") {
		return python.Node{}
	}
	up := call.Parent()
	for up.Is(python.WithItem, python.WithClause, python.Paren, python.TupleExpr, python.AsPattern) {
		up = up.Parent()
	}
	if c, ok := p.Callee(call); up.Kind() != python.WithStmt || !ok || c.Name != "contextlib.suppress" {
		return python.Node{}
	}
	return up.Child(python.FieldBody)
}

// otherTimeoutError says whether an expression is the builtin TimeoutError, or that of concurrent.futures, by a name that
// cannot be that of asyncio.
func otherTimeoutError(p *diagnostics.Pass, e python.Node) bool {
	switch e.Kind() {
	case python.Identifier:
		if e.Text() == "TimeoutError" && e.Scope().Lookup("TimeoutError") == nil && p.Global("TimeoutError") == nil {
			return means(p, e, "TimeoutError")
		}
	case python.Attribute:
	default:
		return false
	}
	for _, name := range []string{"builtins.TimeoutError", "concurrent.futures.TimeoutError"} {
		if text, imports := p.Spell(name); imports == nil && text == e.Text() {
			return true
		}
	}
	return false
}

// takes says whether what is named catches the TimeoutError of asyncio, or whatever else.
func takes(p *diagnostics.Pass, of python.Node) bool {
	for e := range named(of) {
		if !otherTimeoutError(p, e) && means(p, e, "TimeoutError", "Exception", "BaseException") {
			return true
		}
	}
	return false
}

// takesTimeouts says whether a clause of a try statement names the TimeoutError of asyncio.
func takesTimeouts(p *diagnostics.Pass, try python.Node) bool {
	for c := range clauses(try) {
		for e := range named(c) {
			if !otherTimeoutError(p, e) && means(p, e, "TimeoutError") {
				return true
			}
		}
	}
	return false
}

// timesOut is a call among statements that raises the TimeoutError of asyncio where it is; no node when there is none.
func timesOut(p *diagnostics.Pass, n python.Node) (found python.Node) {
	for c := range inFunction(n) {
		if c.Kind() != python.Call || caughtWithin(p, c, n) {
			continue
		}
		switch name := c.Child(python.FieldFunction).Text(); name[strings.LastIndexByte(name, '.')+1:] {
		case "wait_for":
			if c.Parent().Kind() != python.Await {
				continue
			}
		case "timeout", "timeout_at":
			if !item(c).IsAsync() {
				continue
			}
		default:
			continue
		}
		if callee, ok := p.Callee(c); ok {
			switch callee.Name {
			case "asyncio.wait_for", "async_timeout.timeout", "async_timeout.timeout_at":
				return c
			}
		}
	}
	return found
}

// caughtWithin says whether an exception of a call is caught by a try statement within a piece of code, so that it does
// not come out of it.
func caughtWithin(p *diagnostics.Pass, call, within python.Node) bool {
	child := call
	for n := call.Parent(); n.Valid() && child != within; child, n = n, n.Parent() {
		if n.Kind() == python.TryStmt && child.Field() == python.FieldBody {
			for c := range clauses(n) {
				if of := body(c); c.FirstNamed() == of || takes(p, c) {
					return true
				}
			}
		}
	}
	return false
}

// item is the with statement of which an expression is the context manager; no node for others.
func item(e python.Node) python.Node {
	up := e.Parent()
	for up.Is(python.WithItem, python.WithClause, python.Paren, python.TupleExpr, python.AsPattern) {
		up = up.Parent()
	}
	if up.Kind() != python.WithStmt {
		return python.Node{}
	}
	return up
}

// byVersion says whether the code runs by the version of Python.
func byVersion(n python.Node) bool {
	for up := n.Up(python.IfStmt); up.Valid(); up = up.Up(python.IfStmt) {
		if strings.Contains(up.Child(python.FieldCondition).Text(), "version") {
			return true
		}
	}
	return false
}
