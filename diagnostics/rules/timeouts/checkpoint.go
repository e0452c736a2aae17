package timeouts

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed cancel-scope-no-checkpoint.md
var noCheckpointDoc string

// NoCheckpoint reports a timeout or cancel scope around code that cannot be cancelled anywhere.
var NoCheckpoint = &diagnostics.Rule{
	Code:     "ASYNC100",
	Name:     "cancel-scope-no-checkpoint",
	Family:   "timeouts",
	Tag:      diagnostics.Unnecessary,
	Severity: diagnostics.Warning,
	Doc:      noCheckpointDoc,
	On:       []python.Kind{python.WithStmt},
	Check: func(p *diagnostics.Pass, stmt python.Node) {
		body := stmt.Child(python.FieldBody)
		if !p.InCoroutine(stmt) || checkpoints(p, body) || raises(body) {
			return
		}
		var items []python.Node
		for e := range diagnostics.WithExpressions(stmt) {
			items = append(items, e)
		}
		for i := len(items) - 1; i >= 0; i-- {
			e := items[i]
			switch scope := p.Scope(e); {
			case scope == "timeout" || scope == "cancel":
				r := p.Report(e, "`"+diagnostics.Short(e)+"` has nothing to cancel: nothing in it awaits; await something in it, or remove it")
				if fix, ok := withoutScope(stmt, items, i); ok {
					r.Fix(fix)
				}
			case stmt.IsAsync() && !(scope == "group" && !mentioned(e, stmt)):
				return // for those around it, entering and leaving this one is a checkpoint
			}
			if checkpoints(p, e) {
				return
			}
		}
	},
}

// checkpoints says whether a piece of a function may be suspended: it awaits, or yields to who may. What is only defined in
// it, and a generator that is only made in it, does not count.
func checkpoints(p *diagnostics.Pass, n python.Node) bool {
	switch n.Kind() {
	case python.Await, python.Yield, python.Error:
		return true
	case python.FunctionDef, python.Lambda:
		return false
	case python.GeneratorExpr:
		for c := range n.Named {
			if c.Kind() == python.ForInClause {
				return checkpoints(p, c.Child(python.FieldRight))
			}
		}
		return false
	case python.ForStmt, python.ForInClause:
		if n.IsAsync() {
			return true
		}
	case python.WithStmt:
		if n.IsAsync() && suspends(p, n) {
			return true
		}
	case python.Call:
		// greenback and SQLAlchemy's greenlets await in plain functions.
		switch fn := n.Child(python.FieldFunction); fn.Kind() {
		case python.Attribute:
			if awaiter[fn.Child(python.FieldAttribute).Text()] {
				return true
			}
		case python.Identifier:
			if awaiter[fn.Text()] {
				return true
			}
		}
	}
	for c := range n.Named {
		if checkpoints(p, c) {
			return true
		}
	}
	return false
}

// raises says whether a body does nothing but raise, as the tests of a library that offers scopes do.
func raises(body python.Node) bool {
	for c := range body.Named {
		return c.Kind() == python.RaiseStmt
	}
	return false
}

var awaiter = map[string]bool{"await_": true, "await_only": true, "await_fallback": true}

// suspends says whether entering or leaving an async with may suspend the coroutine. Timeouts never do, and task groups do
// not that are without a task.
func suspends(p *diagnostics.Pass, stmt python.Node) bool {
	for e := range diagnostics.WithExpressions(stmt) {
		switch p.Scope(e) {
		case "timeout", "cancel":
		case "group":
			if mentioned(e, stmt) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// mentioned says whether the body of a with statement may use what an item of it gives: by the name that is given to
// it, or because it is kept elsewhere.
func mentioned(item, stmt python.Node) bool {
	target := itemTarget(item)
	if !target.Valid() {
		return item.Kind() != python.Call
	}
	if target.Kind() != python.Identifier {
		return true
	}
	for n := range stmt.Child(python.FieldBody).Walk {
		if n.Kind() == python.Identifier && n.Text() == target.Text() {
			return true
		}
	}
	return false
}

// itemTarget is what stands behind the "as" of an item of a with statement.
func itemTarget(e python.Node) python.Node {
	as := e.Parent()
	if as.Kind() != python.AsPattern || as.FirstNamed() != e {
		return python.Node{}
	}
	target := as.Child(python.FieldAlias)
	if inner := target.FirstNamed(); target.Kind() == python.AsPatternTarget && inner.Valid() {
		target = inner
	}
	return target
}

// withoutScope takes one of the items out of a with statement, and the statement away where that was the only one.
func withoutScope(stmt python.Node, items []python.Node, i int) (diagnostics.Fix, bool) {
	e := items[i]
	if target := itemTarget(e); target.Valid() {
		b := target.Binding()
		if b == nil {
			return diagnostics.Fix{}, false
		}
		if reads, sure := b.Reads(); !sure || len(reads) > 0 {
			return diagnostics.Fix{}, false
		}
	}
	fix := diagnostics.Fix{Title: "Remove `" + diagnostics.Short(e) + "`", Safe: plain(e)}
	if len(items) == 1 {
		edits, ok := diagnostics.Unnest(stmt)
		fix.Edits = edits
		return fix, ok
	}
	whole := func(e python.Node) python.Node {
		for e.Parent().Is(python.AsPattern, python.WithItem) {
			e = e.Parent()
		}
		return e
	}
	span := whole(e).Span()
	if i > 0 {
		span.Start = whole(items[i-1]).Span().End
	} else {
		span.End = whole(items[1]).Span().Start
	}
	if strings.Contains(stmt.Block().Text()[span.Start:span.End], "#") {
		return diagnostics.Fix{}, false
	}
	fix.Edits = []diagnostics.Edit{{Span: span}}
	return fix, true
}

// plain says whether a call of a context manager does nothing but make it: its arguments are names and literals.
func plain(e python.Node) bool {
	for n := range e.Child(python.FieldArguments).Walk {
		switch n.Kind() {
		case python.NamedExpression, python.Subscript:
			return false
		case python.Call:
			if n.Child(python.FieldFunction).Text() != "float" {
				return false
			}
		}
	}
	return e.Kind() == python.Call
}
