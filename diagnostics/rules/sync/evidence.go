package sync

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// serialised says whether a function is called only by those who make sure that nobody else runs it: it says so in its name, a
// decorator does so, or all that call it in its file hold a lock.
func serialised(p *diagnostics.Pass, fn python.Node) bool {
	return serial(p, fn, map[python.Node]bool{})
}

func serial(p *diagnostics.Pass, fn python.Node, seen map[python.Node]bool) bool {
	if fn.Kind() != python.FunctionDef || seen[fn] || len(seen) > maxCallers {
		return false
	}
	seen[fn] = true
	name := strings.ToLower(fn.Child(python.FieldName).Text())
	for _, word := range []string{"locked", "lock_held", "_unsafe", "with_lock", "nolock", "no_lock", "under_lock", "exclusive", "atomic"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	for d := range python.Decorators(fn) {
		text := strings.ToLower(d.Text())
		if lockish(text) {
			return true
		}
		for _, word := range []string{"once", "cache", "singleton", "single_flight", "singleflight", "throttle", "debounce", "memo"} {
			if strings.Contains(text, word) {
				return true
			}
		}
	}
	r := runner{p, map[python.Node]bool{}}
	any := false
	for use := range r.uses(fn) {
		how, in := r.started(use)
		if how != calledBy {
			return false
		}
		any = true
		if heldAt(p, use) || serial(p, in, seen) {
			continue
		}
		return false
	}
	return any
}

// heldAt says whether a with statement around a node holds a lock, or what looks like one.
func heldAt(p *diagnostics.Pass, n python.Node) bool {
	child := n
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); child, up = up, up.Parent() {
		if up.Kind() != python.WithStmt || child.Field() != python.FieldBody {
			continue
		}
		for e := range diagnostics.WithExpressions(up) {
			if looksGuarding(e) || e.Block() == p.Block && guards(p, e) {
				return true
			}
		}
	}
	return false
}

// looksGuarding says, by its spelling alone, whether an expression looks like a lock: the types of other blocks are not ours.
func looksGuarding(e python.Node) bool {
	if e.Kind() == python.Call {
		e = e.Child(python.FieldFunction)
	}
	return lockish(e.Text())
}

// severityOf says how sure it is that somebody else changes a place while a function waits: Warning when the function is seen to run several
// times at once, or is there for everybody to call; Info when it is seen to run once at a time, or is a step of something larger.
func severityOf(p *diagnostics.Pass, fn python.Node, x place) diagnostics.Severity {
	switch runs(p, fn) {
	case several:
		return diagnostics.Warning
	case single:
		return diagnostics.Info
	}
	if endless(fn) {
		return diagnostics.Info
	}
	r := runner{p, map[python.Node]bool{}}
	returned := false
	for n := range r.uses(fn) {
		if x.kind == captured && n.Parent().Kind() == python.ReturnStmt {
			returned = true // to whoever called the function around
		} else if how, _ := r.started(n); how == otherwise {
			return diagnostics.Info
		}
	}
	if x.kind == captured && !returned { // nobody else can call it
		return diagnostics.Info
	}
	return diagnostics.Warning
}

// endless says whether a function is a loop that runs until it is cancelled, or told to stop: such a function is one task.
func endless(fn python.Node) bool {
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() != python.WhileStmt || n.Function() != fn {
			continue
		}
		cond := n.Child(python.FieldCondition)
		if python.AlwaysTrue(cond) && !leaves(n.Child(python.FieldBody)) || cond.Kind() != python.ComparisonOperator && strings.Contains(cond.Text(), "self.") {
			return true
		}
	}
	return false
}

// leaves says whether a loop that does not end by itself is left where its work is done.
func leaves(body python.Node) bool {
	for n := range body.Walk {
		if n.Is(python.ReturnStmt, python.BreakStmt) && n.Up(python.WhileStmt, python.ForStmt).Child(python.FieldBody) == body {
			return true
		}
	}
	return false
}
