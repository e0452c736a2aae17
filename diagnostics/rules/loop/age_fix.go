package loop

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// fix offers to use what came after, where that is a matter of spelling.
func (a age) fix(p *diagnostics.Pass, n python.Node, r diagnostics.Reporter, target diagnostics.Version) {
	switch {
	case a.param == "loop":
		edit, ok := without(n)
		if !ok {
			return
		}
		// Before 3.10 another loop than the running one may be meant.
		running := reached(target, a.dropped) || p.InCoroutine(n) || n.Child(python.FieldValue).Kind() == python.None
		r.Fix(diagnostics.Fix{Title: "Drop the argument", Safe: running, Edits: []diagnostics.Edit{edit}})
	case a.param != "":
		if edit, ok := without(n); ok {
			r.Fix(diagnostics.Fix{Title: "Drop the argument", Edits: []diagnostics.Edit{edit}})
		}
	case a.last() == "coroutine" && a.instead == "async def":
		asyncDef(p, n, r)
	case n.Kind() == python.Attribute && (a.instead == "asyncio.all_tasks" || a.instead == "asyncio.current_task" || a.instead == "inspect.iscoroutinefunction"):
		text, imports := p.Spell(a.instead)
		r.Fix(diagnostics.Fix{Title: "Use `" + a.instead + "`", Safe: true, Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(n, text)}})
	case n.Parent().Is(python.ImportFrom, python.AliasedImport) && a.instead == "inspect.iscoroutinefunction":
		if edits, ok := importedFrom(n, "inspect"); ok {
			r.Fix(diagnostics.Fix{Title: "Import it from `inspect`", Safe: true, Edits: edits})
		}
	}
}

// without is the edit that takes an argument out of a call, with the comma that goes with it; ok is false when a comment
// would go with it.
func without(arg python.Node) (edit diagnostics.Edit, ok bool) {
	before, after := python.Node{}, python.Node{}
	passed := false
	for c := range arg.Parent().Children {
		switch {
		case c == arg:
			passed = true
		case c.Kind() == python.Comment:
			return edit, false
		case c.Kind() == python.Token:
		case passed && !after.Valid():
			after = c
		case !passed:
			before = c
		}
	}
	switch {
	case after.Valid():
		return diagnostics.Edit{Span: python.Span{Start: arg.Span().Start, End: after.Span().Start}}, true
	case before.Valid(): // a trailing comma stays where it is
		return diagnostics.Edit{Span: python.Span{Start: before.Span().End, End: arg.Span().End}}, true
	}
	end := arg.Span().End
	if comma := arg.Next(); comma.Kind() == python.Token && comma.Text() == "," {
		end = comma.Span().End
	}
	return diagnostics.Edit{Span: python.Span{Start: arg.Span().Start, End: end}}, true
}

// importedFrom are the edits that import a name from another module than the statement says.
func importedFrom(name python.Node, module string) (edits []diagnostics.Edit, ok bool) {
	item := name
	if item.Parent().Kind() == python.AliasedImport {
		item = item.Parent()
	}
	stmt := item.Parent()
	from := stmt.Child(python.FieldModuleName)
	if strings.ContainsAny(stmt.Text(), "#\\") || stmt.Parent().Kind() != python.Module {
		return nil, false
	}
	var before, after python.Node
	passed := false
	for c := range stmt.Named {
		switch {
		case c.Field() == python.FieldModuleName:
		case c == item:
			passed = true
		case passed && !after.Valid():
			after = c
		case !passed:
			before = c
		}
	}
	if !before.Valid() && !after.Valid() {
		return []diagnostics.Edit{diagnostics.Replace(from, module)}, true
	}
	gone := python.Span{Start: item.Span().Start, End: after.Span().Start}
	if !after.Valid() {
		gone = python.Span{Start: before.Span().End, End: item.Span().End}
	}
	return []diagnostics.Edit{
		diagnostics.Append(stmt, "\nfrom "+module+" import "+item.Text()),
		{Span: gone},
	}, true
}

// asyncDef offers to make a coroutine function of a generator function.
func asyncDef(p *diagnostics.Pass, n python.Node, r diagnostics.Reporter) {
	dec := n.Parent()
	if dec.Kind() != python.Decorator || dec.FirstNamed() != n {
		return
	}
	next := dec.Next()
	for next.Is(python.Token) {
		next = next.Next()
	}
	fn := dec.Parent().Child(python.FieldDefinition)
	if !next.Is(python.Decorator, python.FunctionDef) || fn.Kind() != python.FunctionDef || fn.IsAsync() {
		return
	}
	edits := []diagnostics.Edit{
		{Span: python.Span{Start: dec.Span().Start, End: next.Span().Start}},
		diagnostics.Insert(fn, "async "),
	}
	if next.Kind() == python.FunctionDef {
		edits = []diagnostics.Edit{{Span: python.Span{Start: dec.Span().Start, End: next.Span().Start}, New: "async "}}
	}
	for y := range fn.Child(python.FieldBody).Walk {
		if y.Kind() != python.Yield || y.Function() != fn {
			continue
		}
		of := y.FirstNamed()
		if !y.HasToken("from") || !of.Valid() {
			return // it hands values to whoever runs it
		}
		edits = append(edits, diagnostics.Edit{Span: python.Span{Start: y.Span().Start, End: of.Span().Start}, New: "await "})
	}
	r.Fix(diagnostics.Fix{Title: "Make it an `async def`", Edits: edits})
}
