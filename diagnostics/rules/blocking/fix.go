package blocking

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// fixes offers what can be done about a blocking call in a coroutine.
func fixes(p *diagnostics.Pass, call python.Node, c diagnostics.Callee, r diagnostics.Reporter) {
	if c.Facts.Blocks == "ASYNC251" {
		if fix, ok := sleepFix(p, call, c); ok {
			r.Fix(fix)
		}
		return
	}
	if fix, ok := threadFix(p, call); ok {
		r.Fix(fix)
	}
}

// sleepFix replaces time.sleep by the library's own sleep. The argument means the same.
func sleepFix(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) (diagnostics.Fix, bool) {
	instead := translate(p.Library, c.Facts.Instead)
	if instead == "" || !awaitable(call) {
		return diagnostics.Fix{}, false
	}
	name, imports := p.Spell(instead)
	fix := diagnostics.Fix{Title: "Use `await " + name + "()`", Safe: true, Imports: imports}
	fn := call.Child(python.FieldFunction)
	switch {
	case call.Parent().Kind() == python.Await:
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(fn, name)}
	case diagnostics.NeedsParens(call):
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(fn, "(await "+name), diagnostics.Append(call, ")")}
	default:
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(fn, "await "+name)}
	}
	return fix, true
}

// threadFix runs the call in a thread. The behaviour changes: other tasks run meanwhile.
func threadFix(p *diagnostics.Pass, call python.Node) (diagnostics.Fix, bool) {
	args := call.Child(python.FieldArguments)
	fn := call.Child(python.FieldFunction)
	if !awaitable(call) || args.Kind() != python.ArgumentList || call.Parent().Kind() == python.Await || strings.Contains(fn.Text(), "await ") {
		return diagnostics.Fix{}, false
	}
	// A context manager or an iterable would still do its work on the loop.
	for n := call; n.Valid(); n = n.Parent() {
		switch n.Parent().Kind() {
		case python.WithItem, python.AsPattern:
			return diagnostics.Fix{}, false
		case python.ForStmt, python.ForInClause:
			if n.Field() == python.FieldRight {
				return diagnostics.Fix{}, false
			}
		}
		if n.Parent().Is(python.ExprStmt, python.BlockStmt, python.ArgumentList) {
			break
		}
	}
	offload, imports := p.Spell(p.Offload())
	inner := strings.TrimSuffix(strings.TrimPrefix(args.Text(), "("), ")")
	keywords := false
	for a := range args.Named {
		keywords = keywords || a.Is(python.KeywordArgument, python.DictionarySplat)
	}
	var text string
	switch {
	case p.Library == "asyncio" && p.Settings.Target != (diagnostics.Version{}) && !p.Settings.Target.AtLeast(3, 9):
		loop, more := p.Spell("asyncio.get_running_loop")
		imports = more
		text = loop + "().run_in_executor(None, " + partial(p, fn, inner, keywords, &imports) + ")"
	case p.Library != "asyncio" && keywords:
		text = offload + "(" + partial(p, fn, inner, keywords, &imports) + ")"
	default:
		text = offload + "(" + fn.Text()
		if strings.TrimSpace(inner) != "" {
			text += ", " + inner
		}
		text += ")"
	}
	text = "await " + text
	if diagnostics.NeedsParens(call) {
		text = "(" + text + ")"
	}
	return diagnostics.Fix{Title: "Run it in a thread with `" + offload + "()`", Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(call, text)}}, true
}

// partial spells the arguments of run_in_executor and the like, which pass on positional arguments only.
func partial(p *diagnostics.Pass, fn python.Node, inner string, keywords bool, imports *[]string) string {
	text := fn.Text()
	if strings.TrimSpace(inner) != "" {
		text += ", " + inner
	}
	if !keywords {
		return text
	}
	name, more := p.Spell("functools.partial")
	*imports = append(*imports, more...)
	return name + "(" + text + ")"
}

// awaitable says whether an await may be put where the node stands: not in a lambda, and not in a comprehension or
// generator expression, whose meaning an await changes.
func awaitable(n python.Node) bool {
	for p := n.Parent(); p.Valid(); p = p.Parent() {
		switch p.Kind() {
		case python.Lambda, python.GeneratorExpr:
			return false
		case python.FunctionDef:
			return p.IsAsync()
		case python.ClassDef:
			return false
		}
	}
	return false
}
