package awaits

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed wrong-for.md
var forDoc string

// For reports a plain iteration of what can only be iterated asynchronously, and the other way round.
var For = &diagnostics.Rule{
	Code:     "AIO111",
	Name:     "wrong-for",
	Family:   "awaits",
	Severity: diagnostics.Error,
	Doc:      forDoc,
	On: []python.Kind{
		python.ForStmt, python.ForInClause, python.Call, python.ListSplat, python.Await, python.Assignment, python.ComparisonOperator, python.Subscript,
	},
	Check: func(p *diagnostics.Pass, n python.Node) {
		switch n.Kind() {
		case python.ForStmt, python.ForInClause:
			v := n.Child(python.FieldRight)
			if n.IsAsync() {
				asyncFor(p, n, v)
			} else {
				plainFor(p, n, v)
			}
		case python.Call:
			switch formatter(p, n) {
			case "iterated", "measured":
				collect(p, n)
			}
		case python.ComparisonOperator, python.Subscript:
			v, what := n.Child(python.FieldValue), "a subscript"
			if n.Kind() == python.ComparisonOperator {
				if op := strings.Fields(n.Child(python.FieldOperators).Text()); op[len(op)-1] != "in" {
					return
				}
				for c := range n.Named {
					v, what = c, "`in`"
				}
			}
			if !asyncOnly(p, v) || n.Child(python.FieldSubscript).Kind() == python.Slice && !certain(p.Type(v), func(a program.Atom) bool { return p.Program.Lacks(a, "__getitem__") }) {
				return
			}
			r := p.Report(v, "`"+short(v)+"` can only be iterated with `async for`: "+what+" fails on it; collect it first")
			if p.InCoroutine(v) && !inGenerator(v) {
				r.Fix(diagnostics.Fix{Title: "Collect it with `async for`", Safe: true, Edits: collected(v)})
			}
		case python.ListSplat:
			v := n.FirstNamed()
			if !asyncOnly(p, v) {
				return
			}
			r := p.Report(v, "`"+short(v)+"` can only be iterated with `async for`: unpacking it fails; collect it first")
			if p.InCoroutine(v) && !inGenerator(v) {
				r.Fix(diagnostics.Fix{Title: "Collect it with `async for`", Safe: true, Edits: collected(v)})
			}
		case python.Assignment:
			v := n.Child(python.FieldRight)
			if !n.Child(python.FieldLeft).Is(python.PatternList, python.TuplePattern, python.ListPattern) || !asyncOnly(p, v) {
				return
			}
			r := p.Report(v, "`"+short(v)+"` can only be iterated with `async for`: unpacking it fails; collect it first")
			if p.InCoroutine(v) {
				r.Fix(diagnostics.Fix{Title: "Collect it with `async for`", Safe: true, Edits: collected(v)})
			}
		case python.Await:
			v := inner(n.FirstNamed())
			if !p.InCoroutine(n) || expectsFailure(n) || !certain(p.Type(v), func(a program.Atom) bool {
				return a.Kind == program.Instance && has(p, a, "__aiter__") && p.Program.Lacks(a, "__await__")
			}) || !reliable(p, v, p.Type(v)) {
				return
			}
			r := p.Report(n, "`"+short(v)+"` gives an asynchronous iterator, which cannot be awaited; iterate over it with `async for`")
			switch up := n.Parent(); {
			case up.Is(python.ForStmt) && n.Field() == python.FieldRight && !up.IsAsync():
				r.Fix(diagnostics.Fix{Title: "Use `async for`", Safe: true, Edits: []diagnostics.Edit{
					diagnostics.Insert(up, "async "),
					{Span: python.Span{Start: n.Span().Start, End: n.FirstNamed().Span().Start}},
				}})
			case up.Is(python.ForStmt, python.ForInClause) && n.Field() == python.FieldRight && up.IsAsync(), up.Kind() == python.Assignment && wholeLoop(p, n):
				r.Fix(diagnostics.Fix{Title: "Drop `await`", Safe: true, Edits: []diagnostics.Edit{
					{Span: python.Span{Start: n.Span().Start, End: n.FirstNamed().Span().Start}},
				}})
			case !inGenerator(n):
				r.Fix(diagnostics.Fix{Title: "Collect it with `async for`", Edits: []diagnostics.Edit{
					{Span: python.Span{Start: n.Span().Start, End: n.FirstNamed().Span().Start}, New: "[item async for item in "},
					diagnostics.Append(n, "]"),
				}})
			}
		}
	},
}

// wholeLoop says whether a value is assigned to a name that only "async for" reads.
func wholeLoop(p *diagnostics.Pass, n python.Node) bool {
	b := n.Parent().Child(python.FieldLeft).Binding()
	if b == nil {
		return false
	}
	reads, sure := b.Reads()
	for _, r := range reads {
		if !r.Parent().Is(python.ForStmt, python.ForInClause) || !r.Parent().IsAsync() {
			return false
		}
	}
	return sure && len(reads) > 0
}

// asyncOnly says whether a value can certainly be iterated with "async for" only.
func asyncOnly(p *diagnostics.Pass, v python.Node) bool {
	return !expectsFailure(v) && certain(p.Type(v), func(a program.Atom) bool {
		return a.Kind == program.Instance && has(p, a, "__aiter__") && p.Program.Lacks(a, "__iter__") && (p.Program.Lacks(a, "__getitem__") || sliced(p, a))
	})
}

// sliced says whether the items of an object cannot be asked for one by one, but only a slice of them.
func sliced(p *diagnostics.Pass, a program.Atom) bool {
	f, ok := p.Program.Member(a, "__getitem__")
	return ok && certain(f, func(x program.Atom) bool {
		return x.Kind == program.Function && !x.Func.Project() && len(x.Func.Decl.Params) == 2 && x.Func.Decl.Params[1].Annotation != nil &&
			certain(declared(p, x.Func.Module, x.Func.Decl.Params[1].Annotation), func(key program.Atom) bool { return key.Kind == program.Instance && key.Class.Name == "slice" })
	})
}

func plainFor(p *diagnostics.Pass, n, v python.Node) {
	if !asyncOnly(p, v) {
		return
	}
	r := p.Report(v, "`"+short(v)+"` can only be iterated asynchronously: `for` fails on it; use `async for`")
	if p.InCoroutine(n) && (n.Kind() == python.ForStmt || n.Parent().Kind() != python.GeneratorExpr) {
		r.Fix(diagnostics.Fix{Title: "Use `async for`", Safe: true, Edits: []diagnostics.Edit{diagnostics.Insert(n, "async ")}})
	}
}

func asyncFor(p *diagnostics.Pass, n, v python.Node) {
	t := p.Type(v)
	if expectsFailure(v) {
		return
	}
	if _, ok := coroutineOf(t); ok {
		r := p.Report(v, "`"+short(v)+"` gives a coroutine, which cannot be iterated; await it first")
		if certain(p.Program.Await(t), func(a program.Atom) bool { return plainOnly(p, v, a) }) {
			if p.InCoroutine(v) && !inGenerator(v) {
				edits := append([]diagnostics.Edit{{Span: python.Span{Start: n.Span().Start, End: forToken(n).Span().Start}}}, diagnostics.Await(v)...)
				r.Fix(diagnostics.Fix{Title: "Await it, and use `for`", Safe: true, Edits: edits})
			}
			return
		}
		if p.InCoroutine(v) {
			r.Fix(diagnostics.Fix{Title: "Await it first", Safe: true, Edits: diagnostics.Await(v)})
		}
		return
	}
	if certain(t, func(a program.Atom) bool {
		return a.Kind == program.Function && a.Func.Decl.Async && a.Func.Decl.Generator
	}) {
		r := p.Report(v, "`"+short(v)+"` is an async generator function and cannot be iterated; call it")
		required := false
		for _, a := range t.Atoms() {
			required = required || needsArguments(a)
		}
		if !required {
			r.Fix(diagnostics.Fix{Title: "Call it", Safe: true, Edits: []diagnostics.Edit{diagnostics.Append(v, "()")}})
		}
		return
	}
	if !certain(t, func(a program.Atom) bool { return plainOnly(p, v, a) }) {
		return
	}
	p.Report(v, "`"+short(v)+"` is no asynchronous iterable: `async for` fails on it; use `for`").Fix(diagnostics.Fix{
		Title: "Use `for`", Safe: true,
		Edits: []diagnostics.Edit{{Span: python.Span{Start: n.Span().Start, End: forToken(n).Span().Start}}},
	})
}

// forToken is the keyword for.
func forToken(n python.Node) python.Node {
	for c := range n.Children {
		if c.Kind() == python.Token && c.Text() == "for" {
			return c
		}
	}
	return n
}

// plainOnly says whether a value can certainly be iterated with a plain "for" only. What is merely declared as an Iterable
// may be more than that.
func plainOnly(p *diagnostics.Pass, v python.Node, a program.Atom) bool {
	if a.Kind != program.Instance || !has(p, a, "__iter__") || !p.Program.Lacks(a, "__aiter__") {
		return false
	}
	switch {
	case a.Class.Project():
		return !p.Program.Subclass(a.Class, "typing.Protocol")
	case strings.HasPrefix(a.Class.Name, "typing."):
		return a.Class.Name == "typing.Generator" || a.Class.Name == "typing.Iterator" && v.Kind() == python.Call
	}
	return true
}

// collect checks the argument of list(), sorted() and their like.
func collect(p *diagnostics.Pass, call python.Node) {
	args := call.Child(python.FieldArguments)
	v := args
	if args.Kind() == python.ArgumentList {
		v = args.FirstNamed()
	}
	if !v.Valid() || v.Is(python.KeywordArgument, python.ListSplat, python.DictionarySplat) || !asyncOnly(p, v) {
		return
	}
	c, _ := p.Callee(call)
	name := c.Name[strings.LastIndexByte(c.Name, '.')+1:]
	if name == "iter" || name == "next" {
		r := p.Report(v, "`"+short(v)+"` can only be iterated asynchronously: `"+name+"()` fails on it; use `a"+name+"()`")
		if fn := call.Child(python.FieldFunction); fn.Kind() == python.Identifier && p.InCoroutine(call) {
			edits := []diagnostics.Edit{diagnostics.Replace(fn, "a"+name)}
			if name == "next" {
				if diagnostics.NeedsParens(call) || inGenerator(call) {
					return
				}
				edits = []diagnostics.Edit{diagnostics.Replace(fn, "await anext")}
			}
			r.Fix(diagnostics.Fix{Title: "Use `a" + name + "`", Edits: edits})
		}
		return
	}
	if v.Kind() == python.GeneratorExpr {
		r := p.Report(v, "`"+name+"()` fails on a generator that awaits, which can only be iterated asynchronously; make it a list")
		open, end := v.Span().Start, v.Span().End
		edits := []diagnostics.Edit{{Span: python.Span{Start: open, End: open + 1}, New: "["}, {Span: python.Span{Start: end - 1, End: end}, New: "]"}}
		if v == args { // its parentheses are those of the call
			edits = []diagnostics.Edit{{Span: python.Span{Start: open + 1, End: open + 1}, New: "["}, {Span: python.Span{Start: end - 1, End: end - 1}, New: "]"}}
		}
		if p.InCoroutine(v) && !inGenerator(call) {
			r.Fix(diagnostics.Fix{Title: "Make it a list", Safe: true, Edits: edits})
		}
		return
	}
	r := p.Report(v, "`"+short(v)+"` can only be iterated asynchronously: `"+name+"()` fails on it; collect it with `async for`")
	if !p.InCoroutine(v) || inGenerator(v) {
		return
	}
	edits := collected(v)
	if name == "list" && !nextNamed(v).Valid() {
		edits = []diagnostics.Edit{
			{Span: python.Span{Start: call.Span().Start, End: v.Span().Start}, New: "[item async for item in "},
			{Span: python.Span{Start: v.Span().End, End: call.Span().End}, New: "]"},
		}
	}
	r.Fix(diagnostics.Fix{Title: "Collect it with `async for`", Safe: true, Edits: edits})
}

func collected(v python.Node) []diagnostics.Edit {
	return []diagnostics.Edit{diagnostics.Insert(v, "[item async for item in "), diagnostics.Append(v, "]")}
}
