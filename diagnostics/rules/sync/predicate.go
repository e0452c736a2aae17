package sync

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed wait-without-predicate.md
var predicateDoc string

// Predicate reports waiting for a condition without looking whether what it stands for holds.
var Predicate = &diagnostics.Rule{
	Code:     "AIO510",
	Name:     "wait-without-predicate",
	Family:   "sync",
	Severity: diagnostics.Warning,
	Doc:      predicateDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		fn := call.Child(python.FieldFunction)
		if fn.Kind() != python.Attribute || fn.Child(python.FieldAttribute).Text() != "wait" || !p.InCoroutine(call) {
			return
		}
		if lastly(call) || inTest(call) {
			return
		}
		object := fn.Child(python.FieldObject)
		x := primitiveOf(p, p.Type(object))
		if x.role != condition || x.threads {
			return
		}
		advice := "`while` it does not hold"
		if p.Library() != "trio" {
			advice += ", or use `wait_for()`"
		}
		p.Report(fn, "`"+short(fn)+"()` returns when it is notified, whether what it waits for holds or not; wait "+advice)
	},
}

// lastly says whether nothing that needs what was waited for comes behind a call: the function only tells how things are, or comes to
// the call again in a loop, or lets go of the lock where it looked before it waited. Whoever waits like that, or
// calls who does, looks what has become of what it waits for.
func lastly(call python.Node) bool {
	last, returned, looked, locked := true, false, false, true
	for n := call; n.Valid() && n.Kind() != python.FunctionDef; n = n.Parent() {
		switch {
		case n.Kind() == python.WhileStmt:
			return true
		case n.Kind() == python.IfStmt:
			looked = true
		case n.Kind() == python.WithStmt && locked:
			if locked = false; last && looked {
				return true
			}
		case n.Kind() == python.ForStmt && !returned:
			last = false
		case n.Kind() == python.ReturnStmt:
			returned = true
		}
		if n.Parent().Kind() != python.BlockStmt {
			continue
		}
		for next := n.Next(); next.Valid() && !returned; next = next.Next() {
			switch next.Kind() {
			case python.Comment, python.PassStmt:
			case python.ReturnStmt:
				returned = true
				last = last && !consumes(next)
			default:
				last = false
			}
		}
	}
	return last
}

// consumes says whether a statement does more than look at things: it calls a method, or takes an item.
func consumes(stmt python.Node) bool {
	for n := range stmt.Walk {
		if n.Is(python.Subscript, python.Await) || n.Kind() == python.Call && n.Child(python.FieldFunction).Kind() == python.Attribute {
			return true
		}
	}
	return false
}
