package awaits

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed await-outside-async.md
var outsideDoc string

// Outside reports await, async for and async with outside a coroutine.
var Outside = &diagnostics.Rule{
	Code:     "PLE1142",
	Name:     "await-outside-async",
	Family:   "awaits",
	Aliases:  []string{"E1142", "F704"},
	Severity: diagnostics.Error,
	Doc:      outsideDoc,
	On:       []python.Kind{python.Await, python.ForStmt, python.WithStmt, python.ForInClause},
	Check: func(p *diagnostics.Pass, n python.Node) {
		at, what := n, ""
		switch {
		case n.Kind() == python.Await:
			what = "await"
		case !n.IsAsync():
			return
		case n.Kind() == python.ForStmt:
			what, at = "async for", n.First()
		case n.Kind() == python.WithStmt:
			what, at = "async with", n.First()
		default:
			what, at = "an asynchronous comprehension", n.First()
		}
		if p.InCoroutine(n) || inAsyncGenerator(n) || unfinished(n) {
			return
		}
		fn := n.Function()
		where := "a coroutine"
		switch fn.Kind() {
		case python.FunctionDef:
			where = "`async def`: `" + fn.Child(python.FieldName).Text() + "` is a plain function"
		case python.Lambda:
			where = "`async def`: a lambda cannot await"
		default:
			where = "`async def`"
		}
		if n.Kind() != python.ForInClause {
			what = "`" + what + "`"
		}
		advice := "; make the function async"
		if fn.Kind() != python.FunctionDef {
			advice = "; move it into a coroutine"
		}
		r := p.ReportSpan(n, at.Span(), what+" outside "+where+", a SyntaxError"+advice)
		switch {
		case fn.Kind() == python.FunctionDef:
			r.Fix(diagnostics.Fix{Title: "Make `" + fn.Child(python.FieldName).Text() + "` async", Edits: []diagnostics.Edit{diagnostics.Insert(fn, "async ")}})
		case !fn.Valid() && n.Kind() == python.Await && p.Library() == "asyncio" && n.FirstNamed().Kind() == python.Call && !n.Up(python.ClassDef).Valid():
			if _, ok := coroutine(p, n.FirstNamed()); ok {
				text, imports := p.Spell("asyncio.run")
				r.Fix(diagnostics.Fix{Title: "Run it with `asyncio.run`", Imports: imports, Edits: []diagnostics.Edit{
					{Span: python.Span{Start: n.Span().Start, End: n.FirstNamed().Span().Start}, New: text + "("},
					diagnostics.Append(n, ")"),
				}})
			}
		}
	},
}

// unfinished says whether the node stands under a line that is still being typed, such as "async de main():", which the parser takes for an
// if statement: it may well become a coroutine function.
func unfinished(n python.Node) bool {
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); up = up.Parent() {
		if up.Kind() == python.IfStmt && !strings.HasPrefix(up.Text(), "if") {
			return true
		}
	}
	return false
}

// inAsyncGenerator says whether the node is part of a generator expression, which is then an asynchronous one and may
// stand anywhere; its first iterable belongs to what is around it.
func inAsyncGenerator(n python.Node) bool {
	child := n
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda, python.ClassDef); child, up = up, up.Parent() {
		if up.Kind() != python.GeneratorExpr {
			continue
		}
		if child.Kind() != python.ForInClause || child == n {
			return true
		}
		for c := range up.Named {
			if c.Kind() == python.ForInClause {
				if c != child || !n.Inside(child.Child(python.FieldRight)) {
					return true
				}
				break
			}
		}
	}
	return false
}
