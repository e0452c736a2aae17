package awaits

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed async-function-could-be-sync.md
var couldBeSyncDoc string

// CouldBeSync reports a coroutine function that never waits for anything.
var CouldBeSync = &diagnostics.Rule{
	Code:     "ASYNC124",
	Name:     "async-function-could-be-sync",
	Family:   "awaits",
	Aliases:  []string{"RUF029", "S7503"},
	Severity: diagnostics.Info,
	Optional: true, // of all rules the one that finds the most and mends the least
	Doc:      couldBeSyncDoc,
	On:       []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, def python.Node) {
		if !def.IsAsync() || def.Parent().Kind() == python.DecoratedDef || def.Scope().Kind == python.ClassScope {
			return
		}
		if f := def.Func(); f.Stub || pauses(def) || handedOn(def) {
			return
		}
		name := def.Child(python.FieldName)
		p.Report(name, "`"+name.Text()+"` never awaits anything; make it a plain function, unless its callers need a coroutine")
	},
}

// pauses says whether a function awaits, iterates or enters something asynchronously by itself. A generator expression does so
// only where it is iterated, but for its first iterable.
func pauses(def python.Node) bool {
	for n := range def.Child(python.FieldBody).Walk {
		switch n.Kind() {
		case python.Await:
		case python.ForStmt, python.WithStmt, python.ForInClause:
			if !n.IsAsync() {
				continue
			}
		default:
			continue
		}
		if n.Function() == def && (n.Kind() == python.ForStmt || n.Kind() == python.WithStmt || !inAsyncGenerator(n)) {
			return true
		}
	}
	return false
}

// handedOn says whether a nested function is handed on or stored, so that others may need it to be a coroutine function.
func handedOn(def python.Node) bool {
	b := def.Child(python.FieldName).Binding()
	if b == nil || b.Scope.Kind != python.FunctionScope {
		return false
	}
	for n := range b.Scope.Node.Child(python.FieldBody).Walk {
		if n.Kind() != python.Identifier || n.Text() != b.Name || n == b.Node || n.Field() == python.FieldAttribute {
			continue
		}
		if n.Field() != python.FieldFunction {
			return true
		}
	}
	return false
}
