package awaits

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed missing-await.md
var missingAwaitDoc string

// MissingAwait is [NeverAwaited] for the functions of trio and AnyIO, in which a coroutine is never anything but awaited.
var MissingAwait = &diagnostics.Rule{
	Code:     "ASYNC105",
	Name:     "missing-await",
	Family:   "awaits",
	Aliases:  []string{"trio-sync-call"},
	Severity: diagnostics.Error,
	Doc:      missingAwaitDoc,
	On:       []python.Kind{python.ExprStmt, python.ReturnStmt},
	Check: func(p *diagnostics.Pass, stmt python.Node) {
		if stmt.Kind() == python.ReturnStmt {
			n := stmt.FirstNamed().Unwrap()
			if n.Kind() != python.Call || !p.InCoroutine(stmt) || awaitable(n.Function().Child(python.FieldReturnType)) {
				return
			}
			if from, ok := coroutine(p, n); ok && structured(from) {
				await(p, p.Report(n, "`"+short(n)+"` is returned, not awaited, so the caller gets a coroutine that has not run; await it"), n)
			}
			return
		}
		for n := range thrownAway(stmt) {
			from, ok := coroutine(p, n)
			if !ok || n.Kind() != python.Call || waits(from) || expectsFailure(n) || !structured(from) {
				continue
			}
			r := p.Report(n, "`"+short(n)+"` is never awaited, so it never runs; await it")
			await(p, r, n)
			run(p, r, stmt, n)
		}
	},
}

// structured says whether a coroutine function is one of trio or AnyIO.
func structured(from *program.Func) bool {
	top, _, _ := strings.Cut(from.Name, ".")
	return (top == "trio" || top == "anyio") && !from.Project()
}

// awaitable says whether a return annotation speaks of what the caller is to await.
func awaitable(annotation python.Node) bool {
	text := annotation.Text()
	return strings.Contains(text, "Awaitable") || strings.Contains(text, "Coroutine") || strings.Contains(text, "Any") || strings.Contains(text, "object")
}
