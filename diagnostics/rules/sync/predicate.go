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
		for up := call.Parent(); up.Valid() && up.Kind() != python.FunctionDef; up = up.Parent() {
			if up.Kind() == python.WhileStmt {
				return
			}
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
