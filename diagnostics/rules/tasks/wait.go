package tasks

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed wait-with-coroutines.md
var waitDoc string

// Wait reports coroutines that are given to asyncio.wait, which takes tasks and futures only.
var Wait = &diagnostics.Rule{
	Code:     "AIO307",
	Name:     "wait-with-coroutines",
	Family:   "tasks",
	Severity: diagnostics.Error,
	Doc:      waitDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if !mayBe(p, call, "wait") || name(p, call) != "asyncio.wait" || expected(call) {
			return
		}
		fs := p.Argument(call, 0, "fs")
		given := value(fs)
		if !given.Valid() {
			return
		}
		maker, imports, known := taskMaker(p, call)
		fix := diagnostics.Fix{Title: "Make a task of each with `" + maker + "()`", Safe: true, Imports: imports}
		wrap := func(n python.Node) {
			fix.Edits = append(fix.Edits, diagnostics.Insert(n, maker+"("), diagnostics.Append(n, ")"))
		}
		each := func(n python.Node) {
			fix.Edits = append(fix.Edits, diagnostics.Insert(n, "["+maker+"(coro) for coro in "), diagnostics.Append(n, "]"))
		}
		what := ""
		found := func(text string, n python.Node, fix func(python.Node)) {
			if what == "" {
				what = text + " `" + short(n) + "`"
			}
			fix(n)
		}
		const one, several = "the coroutine", "the coroutines in"
		switch given.Kind() {
		case python.ListExpr, python.SetExpr, python.TupleExpr:
			for c := range given.Named {
				switch {
				case c.Kind() == python.ListSplat:
					if inner := c.FirstNamed(); coroutine(items(p, inner)) || filledWith(inner, func(n python.Node) bool { return coroutine(p.Type(n)) }) {
						found(several, inner, each)
					}
				case coroutine(p.Type(c)):
					found(one, c, wrap)
				}
			}
		case python.ListComp, python.SetComp, python.GeneratorExpr:
			if body := given.Child(python.FieldBody); coroutine(p.Type(body)) {
				found(one, body, wrap)
			}
		default:
			switch {
			case coroutine(p.Type(given)):
				found(one, given, func(n python.Node) {
					fix.Edits = append(fix.Edits, diagnostics.Insert(n, "["+maker+"("), diagnostics.Append(n, ")]"))
				})
			case coroutine(items(p, given)), filledWith(given, func(n python.Node) bool { return coroutine(p.Type(n)) }):
				found(several, given, each)
			}
		}
		if what == "" {
			return
		}
		r := p.Report(fs, "`asyncio.wait()` takes tasks and raises `TypeError` for "+what+" since Python 3.11; make tasks of them with `asyncio.create_task()`")
		if known {
			r.Fix(fix)
		}
	},
}

// taskMaker is how to make a task of a coroutine that is an argument of the call; ok is false where that is not known.
func taskMaker(p *diagnostics.Pass, call python.Node) (text string, imports []string, ok bool) {
	if p.InCoroutine(call) {
		text, imports = p.Spell("asyncio.create_task")
		return text, imports, true
	}
	// loop.run_until_complete(asyncio.wait(...)): no loop is running yet.
	if up := call.Parent(); up.Kind() == python.ArgumentList {
		fn := up.Parent().Child(python.FieldFunction)
		if object := fn.Child(python.FieldObject); fn.Child(python.FieldAttribute).Text() == "run_until_complete" && object.Is(python.Identifier, python.Attribute) {
			return object.Text() + ".create_task", nil, true
		}
	}
	return "asyncio.create_task", nil, false
}

// coroutine says whether a value of the type is certainly a coroutine object.
func coroutine(t program.Type) bool {
	if t.Open() || len(t.Atoms()) == 0 {
		return false
	}
	for _, a := range t.Atoms() {
		if a.Kind != program.Instance || a.Class.Name != "typing.Coroutine" && a.Class.Name != "types.CoroutineType" {
			return false
		}
	}
	return true
}

// items is the type of what iterating over an expression gives.
func items(p *diagnostics.Pass, n python.Node) program.Type {
	t := p.Type(n)
	if t.IsUnknown() {
		return t
	}
	return p.Program.Eval(p.Module, &shape.Value{Op: shape.Iter, X: n.Value()})
}
