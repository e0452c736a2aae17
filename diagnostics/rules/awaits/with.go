package awaits

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed wrong-with.md
var withDoc string

// With reports "with" on what has only the asynchronous protocol, and "async with" on what has only the plain one.
var With = &diagnostics.Rule{
	Code:     "AIO110",
	Name:     "wrong-with",
	Family:   "awaits",
	Aliases:  []string{"E1701", "not-async-context-manager"},
	Severity: diagnostics.Error,
	Doc:      withDoc,
	On:       []python.Kind{python.WithStmt, python.Call},
	Check: func(p *diagnostics.Pass, stmt python.Node) {
		if stmt.Kind() == python.Call {
			entered(p, stmt)
			return
		}
		if expectsFailure(stmt) {
			return
		}
		var items, wrong []python.Node
		for item := range withItems(stmt) {
			items = append(items, item)
			v := item.Unwrap()
			if stmt.IsAsync() && asyncWith(p, v) == otherForm || !stmt.IsAsync() && plainWith(p, v) == otherForm {
				wrong = append(wrong, item)
			}
		}
		var token python.Node
		for c := range stmt.Children {
			if c.Kind() == python.Token && c.Text() == "with" {
				token = c
				break
			}
		}
		for _, item := range items {
			v := item.Unwrap()
			if stmt.IsAsync() {
				switch asyncWith(p, v) {
				case otherForm:
					r := p.Report(item, "`"+short(v)+"` has no `__aenter__`: `async with` fails on it; use `with`")
					if len(wrong) == len(items) {
						r.Fix(diagnostics.Fix{Title: "Use `with`", Safe: true, Edits: []diagnostics.Edit{
							{Span: python.Span{Start: stmt.Span().Start, End: token.Span().Start}},
						}})
					}
				case needsAwait:
					r := p.Report(item, "`"+short(v)+"` gives a coroutine, which is no context manager: `async with` fails on it; await it first")
					if p.InCoroutine(item) {
						r.Fix(diagnostics.Fix{Title: "Await it first", Safe: true, Edits: diagnostics.Await(v)})
					}
				}
				continue
			}
			switch plainWith(p, v) {
			case otherForm:
				operand := v
				message := "`" + short(v) + "` has no `__enter__`: `with` fails on it; use `async with`"
				if v.Kind() == python.Await {
					operand = v.FirstNamed()
					message = "`with await` on `" + short(operand) + "` was removed in Python 3.9; use `async with`"
				}
				r := p.Report(item, message)
				if len(wrong) == len(items) && p.InCoroutine(stmt) {
					edits := []diagnostics.Edit{diagnostics.Insert(stmt, "async ")}
					for _, w := range wrong {
						if w := w.Unwrap(); w.Kind() == python.Await {
							edits = append(edits, diagnostics.Edit{Span: python.Span{Start: w.Span().Start, End: w.FirstNamed().Span().Start}})
						}
					}
					r.Fix(diagnostics.Fix{Title: "Use `async with`", Safe: true, Edits: edits})
				}
			case needsAwait:
				r := p.Report(item, "`"+short(v)+"` gives a coroutine, which is no context manager: `with` fails on it; await it first")
				if !p.InCoroutine(item) {
					continue
				}
				if t := p.Program.Await(p.Type(v)); len(items) == 1 && certain(t, func(a program.Atom) bool { return has(p, a, "__aenter__") && p.Program.Lacks(a, "__enter__") }) {
					r.Fix(diagnostics.Fix{Title: "Use `async with await`", Safe: true, Edits: append([]diagnostics.Edit{diagnostics.Insert(stmt, "async ")}, diagnostics.Await(v)...)})
				} else {
					r.Fix(diagnostics.Fix{Title: "Await it first", Safe: true, Edits: diagnostics.Await(v)})
				}
			}
		}
	},
}

// entered checks what is given to an exit stack.
func entered(p *diagnostics.Pass, call python.Node) {
	fn := call.Child(python.FieldFunction)
	method := diagnostics.LastName(fn)
	if method != "enter_context" && method != "enter_async_context" {
		return
	}
	v := p.Argument(call, 0, "cm")
	c, ok := p.Callee(call)
	if !v.Valid() || !ok || !strings.HasPrefix(c.Name, "contextlib.") || expectsFailure(call) {
		return
	}
	name := fn.Child(python.FieldAttribute)
	switch {
	case method == "enter_context" && plainWith(p, v) == otherForm:
		r := p.Report(v, "`"+short(v)+"` has no `__enter__`: `enter_context()` fails on it; use `await enter_async_context()` of an `AsyncExitStack`")
		if c.Name == "contextlib.AsyncExitStack.enter_context" && p.InCoroutine(call) && name.Valid() {
			r.Fix(diagnostics.Fix{Title: "Use `enter_async_context`", Safe: true, Edits: append(diagnostics.Await(call), diagnostics.Replace(name, "enter_async_context"))})
		}
	case method == "enter_async_context" && asyncWith(p, v) == otherForm:
		r := p.Report(v, "`"+short(v)+"` has no `__aenter__`: `enter_async_context()` fails on it; use `enter_context()`")
		if up := call.Parent(); up.Kind() == python.Await {
			r.Fix(diagnostics.Fix{Title: "Use `enter_context`", Safe: true, Edits: []diagnostics.Edit{
				{Span: python.Span{Start: up.Span().Start, End: call.Span().Start}}, diagnostics.Replace(name, "enter_context"),
			}})
		}
	}
}

type verdict uint8

const (
	right verdict = iota
	otherForm
	needsAwait
)

// plainWith says what is wrong with a plain "with" on a value.
func plainWith(p *diagnostics.Pass, v python.Node) verdict {
	if v.Kind() == python.Await {
		t := p.Type(v.FirstNamed())
		if certain(t, func(a program.Atom) bool {
			return a.Kind == program.Instance && p.Program.Lacks(a, "__await__") && has(p, a, "__aenter__") && p.Program.Lacks(a, "__enter__")
		}) {
			return otherForm
		}
	}
	t := p.Type(v)
	if _, ok := coroutineOf(t); ok {
		return needsAwait
	}
	if certain(t, func(a program.Atom) bool {
		return a.Kind == program.Instance && p.Program.Lacks(a, "__enter__") && has(p, a, "__aenter__")
	}) {
		return otherForm
	}
	return right
}

// asyncWith says what is wrong with an "async with" on a value.
func asyncWith(p *diagnostics.Pass, v python.Node) verdict {
	t := p.Type(v)
	if _, ok := coroutineOf(t); ok {
		return needsAwait
	}
	if certain(t, func(a program.Atom) bool {
		return a.Kind == program.Instance && p.Program.Lacks(a, "__aenter__") && has(p, a, "__enter__")
	}) {
		return otherForm
	}
	return right
}

// withItems calls yield for each value that a with statement enters.
func withItems(stmt python.Node) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		var visit func(n python.Node) bool
		visit = func(n python.Node) bool {
			switch n.Kind() {
			case python.WithClause, python.WithItem, python.TupleExpr:
				for c := range n.Named {
					if !visit(c) {
						return false
					}
				}
				return true
			case python.Paren:
				if n.FirstNamed().Is(python.AsPattern, python.TupleExpr) {
					return visit(n.FirstNamed())
				}
			case python.AsPattern:
				return visit(n.FirstNamed())
			}
			return yield(n)
		}
		for c := range stmt.Named {
			if c.Kind() == python.WithClause && !visit(c) {
				return
			}
		}
	}
}
