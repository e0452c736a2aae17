// Package frameworks finds what web frameworks and their relatives make of asynchronous functions.
package frameworks

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules/blocking"
)

//go:embed blocking-endpoint.md
var endpointDoc string

// Endpoint reports an endpoint that would be better off as a plain function, which its framework runs in a thread.
var Endpoint = &diagnostics.Rule{
	Code: "AIO801", Name: "blocking-endpoint", Family: "frameworks", Severity: diagnostics.Error, Doc: endpointDoc,
	On: []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, fn python.Node) {
		if !fn.IsAsync() || fn.Parent().Kind() != python.DecoratedDef {
			return
		}
		framework := threads(p, fn)
		if framework == "" || suspends(fn) || wrapped(p, fn) {
			return
		}
		var at python.Node
		what, certain := "", false
		for n := range fn.Child(python.FieldBody).Walk {
			if n.Function() != fn || !n.Live() {
				continue
			}
			if w, sure, ok := blocking.At(p, n); ok && (sure || what == "") {
				at, what, certain = n, w, sure
				if sure {
					break
				}
			}
		}
		if what == "" {
			return
		}
		r := p.Report(fn.Child(python.FieldName), "`"+fn.Child(python.FieldName).Text()+"` blocks the event loop in `"+what+"()` and awaits nothing; make it a plain `def`, which "+framework+" runs in a thread").
			Related(at, "it blocks here").
			Fix(diagnostics.Fix{Title: "Make it a plain `def`", Edits: []diagnostics.Edit{{
				Span: python.Span{Start: fn.Span().Start, End: fn.Span().Start + len("async") + blanks(fn.Text()[len("async"):])},
			}}})
		if !certain {
			r.Severity(diagnostics.Info)
		}
	},
}

func blanks(s string) int { return len(s) - len(strings.TrimLeft(s, " \t")) }

// methods are the methods that register a function for a request.
var methods = map[string]bool{
	"get": true, "put": true, "post": true, "delete": true, "options": true, "head": true, "patch": true, "trace": true, "route": true, "api_route": true,
}

// threads is the framework that runs the plain functions it is given as endpoints in threads, if one of the decorators gives
// it the function.
func threads(p *diagnostics.Pass, fn python.Node) string {
	for d := range python.Decorators(fn) {
		if d.Kind() != python.Call {
			continue
		}
		t := p.Type(d.Child(python.FieldFunction))
		if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Function || t.Atoms()[0].Func.Project() {
			continue
		}
		f := t.Atoms()[0].Func
		top, _, _ := strings.Cut(f.Name, ".")
		if !methods[f.Decl.Name] {
			continue
		}
		switch top {
		case "fastapi":
			return "FastAPI"
		case "starlette":
			return "Starlette"
		case "quart":
			return "Quart"
		}
	}
	return ""
}

// wrapped says whether one of the decorators may put something else in place of the function, and so needs it to be what it is.
func wrapped(p *diagnostics.Pass, fn python.Node) bool {
	plain, _, _ := p.Program.Decorated(p.Program.Function(p.Module, fn.Func(), fn.Block().Class()))
	return !plain
}

// suspends says whether a coroutine function may hand control back to the event loop, or gives something else than a
// plain function would.
func suspends(fn python.Node) bool {
	for n := range fn.Child(python.FieldBody).Walk {
		switch n.Kind() {
		case python.Await, python.Yield:
			return true
		case python.ForStmt, python.ForInClause, python.WithStmt, python.FunctionDef:
			if n.IsAsync() {
				return true
			}
		}
	}
	return false
}
