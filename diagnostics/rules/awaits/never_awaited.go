package awaits

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/knowledge"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed coroutine-never-awaited.md
var neverAwaitedDoc string

// NeverAwaited reports a statement that makes a coroutine and throws it away.
var NeverAwaited = &diagnostics.Rule{
	Code:     "AIO101",
	Name:     "coroutine-never-awaited",
	Family:   "awaits",
	Aliases:  []string{"unused-coroutine", "reportUnusedCoroutine"},
	Severity: diagnostics.Error,
	Doc:      neverAwaitedDoc,
	On:       []python.Kind{python.ExprStmt},
	Explain: func(p *diagnostics.Pass, name python.Node) string {
		call := diagnostics.Called(name)
		if !call.Valid() {
			return ""
		}
		from, ok := coroutineOf(p.Type(call))
		switch awaited := call.Parent().Kind() == python.Await; {
		case !ok || waits(from):
			return ""
		case !awaited:
			return "coroutine: it runs only when it is awaited, or made a task"
		case !from.Project(): // its card, or its own documentation, says that
			return ""
		}
		return "coroutine: it runs here, and other tasks may run meanwhile"
	},
	Check: func(p *diagnostics.Pass, stmt python.Node) {
		for n := range thrownAway(stmt) {
			if mapped(p, n) && !expectsFailure(n) {
				p.Report(n, "`"+short(n)+"` makes coroutines that are never awaited, so they never run; await each of them")
				continue
			}
			from, ok := coroutine(p, n)
			if !ok || n.Kind() != python.Call || waits(from) || expectsFailure(n) && !inVain(p, n, from) || structured(from) || given(p, n, from) {
				continue
			}
			r := p.Report(n, "`"+short(n)+"` is never awaited, so it never runs; await it")
			typeChecked(p, r, stmt, n)
			await(p, r, n)
			run(p, r, stmt, n)
		}
	},
}

// inVain says whether a block expects an error that a call of a coroutine function cannot raise: its arguments are names and constants, and
// what it raises before it runs is a TypeError, if they do not fit. Warnings, and what is about any error, count as expected.
func inVain(p *diagnostics.Pass, call python.Node, from *program.Func) bool {
	if !from.Project() || !from.Decl.Async || len(from.Decl.Decorators) > 0 {
		return false
	}
	for a := range call.Child(python.FieldArguments).Named {
		if !value(a).Is(python.Identifier, python.String, python.IntLit, python.FloatLit, python.True, python.False, python.None) {
			return false
		}
	}
	with := call.Up(python.WithStmt)
	item := python.Node{}
	for e := range diagnostics.WithExpressions(with) {
		if item.Valid() {
			return false
		}
		item = e
	}
	switch diagnostics.LastName(item.Child(python.FieldFunction)) {
	case "raises", "assertRaises", "assertRaisesRegex":
	default:
		return false
	}
	expected := []python.Node{p.Argument(item, 0, "")}
	if expected[0].Kind() == python.TupleExpr {
		expected = slices.Collect(expected[0].Named)
	}
	return !slices.ContainsFunc(expected, func(n python.Node) bool {
		return !certain(p.Type(n), func(a program.Atom) bool { return beyond(p, a) })
	})
}

// beyond says whether an atom is a class of exceptions that a call cannot raise before anything runs.
func beyond(p *diagnostics.Pass, a program.Atom) bool {
	if a.Kind != program.ClassObject || !p.Program.Subclass(a.Class, "Exception") {
		return false
	}
	switch a.Class.Name {
	case "Exception", "RuntimeError":
		return false
	}
	return !p.Program.Subclass(a.Class, "TypeError") && !p.Program.Subclass(a.Class, "Warning")
}

// given says whether the coroutine that a call gives is one of its arguments, which it may have made a task.
func given(p *diagnostics.Pass, call python.Node, from *program.Func) bool {
	for a := range call.Child(python.FieldArguments).Named {
		if f, ok := coroutineOf(p.Type(a)); ok && f == from {
			return true
		}
	}
	return false
}

// mapped says whether a call applies a coroutine function to many things, or lists the coroutines that this gives: list(map(save, rows)).
func mapped(p *diagnostics.Pass, n python.Node) bool {
	if n.Kind() != python.Call {
		return false
	}
	switch n.Child(python.FieldFunction).Text() {
	case "list", "tuple", "set":
		n = p.Argument(n, 0, "").Unwrap()
	}
	if n.Kind() != python.Call || n.Child(python.FieldFunction).Text() != "map" {
		return false
	}
	if c, ok := p.Callee(n); !ok || strings.TrimSuffix(c.Name, ".__init__") != "map" {
		return false
	}
	_, ok := function(p, p.Type(p.Argument(n, 0, "")))
	return ok
}

// thrownAway calls yield for the expressions whose value a statement drops, also those assigned to "_".
func thrownAway(stmt python.Node) func(yield func(python.Node) bool) {
	if a := stmt.FirstNamed(); a.Kind() == python.Assignment {
		return func(yield func(python.Node) bool) {
			left, right := a.Child(python.FieldLeft), a.Child(python.FieldRight).Unwrap()
			if left.Kind() == python.Identifier && left.Text() == "_" && right.Kind() == python.Call && !readInBlock(left) {
				yield(right)
			}
		}
	}
	return python.Discarded(stmt)
}

// typeChecked says so where a type checker is sure to see the coroutine, too: a statement is nothing but the call of one function, which
// the project or the standard library declares. Others may be unknown to it.
// Source: pyright's checker, visitCall, where it adds reportUnusedCoroutine.
func typeChecked(p *diagnostics.Pass, r diagnostics.Reporter, stmt, call python.Node) {
	t := p.Type(call)
	from, ok := coroutineOf(t)
	if !ok || len(t.Atoms()) != 1 || stmt.FirstNamed().Unwrap() != call {
		return
	}
	if top, _, _ := strings.Cut(from.Module.Name(), "."); !from.Module.Shape.Known || knowledge.Standard(top) {
		r.Also("reportUnusedCoroutine")
	}
}

// readInBlock says whether a name that is assigned is read anywhere in the block.
func readInBlock(id python.Node) bool {
	for n := range id.Block().Root().Walk {
		if n.Kind() == python.Identifier && n != id && n.Text() == id.Text() && n.Binding() == nil && n.Field() != python.FieldAttribute {
			return true
		}
	}
	return false
}

// run offers to run a coroutine that a statement of the module makes.
func run(p *diagnostics.Pass, r diagnostics.Reporter, stmt, call python.Node) {
	if stmt.FirstNamed() != call || call.Function().Valid() || call.Up(python.ClassDef).Valid() || p.Module.Shape.Known {
		return
	}
	if p.Library() == "asyncio" {
		text, imports := p.Spell("asyncio.run")
		r.Fix(diagnostics.Fix{
			Title: "Run it with `asyncio.run`", Imports: imports,
			Edits: []diagnostics.Edit{diagnostics.Insert(call, text+"("), diagnostics.Append(call, ")")},
		})
		return
	}
	args := call.Child(python.FieldArguments)
	for a := range args.Children {
		if a.Is(python.KeywordArgument, python.DictionarySplat, python.Comment) {
			return
		}
	}
	if args.Kind() != python.ArgumentList {
		return
	}
	text, imports := p.Spell(p.Library() + ".run")
	given := strings.TrimSpace(strings.Trim(args.Text(), "()"))
	if given != "" {
		given = ", " + given
	}
	r.Fix(diagnostics.Fix{
		Title: "Run it with `" + p.Library() + ".run`", Imports: imports,
		Edits: []diagnostics.Edit{diagnostics.Replace(call, text+"("+call.Child(python.FieldFunction).Text()+given+")")},
	})
}
