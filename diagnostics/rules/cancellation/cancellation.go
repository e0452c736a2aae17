// Package cancellation finds code that stands in the way of cancellation and timeouts: handlers that keep a cancellation from
// its task, cleanup that a cancellation skips, waits that nothing ends, and scopes that cannot do what they are there for.
//
// Cancellation is an exception that appears where a coroutine is suspended: asyncio.CancelledError, trio.Cancelled. The rules speak
// about code whose exceptions they can name; a class of exceptions that is not resolved is silent.
package cancellation

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// body is the block of a clause: of except and finally, whose blocks have no role of their own in the grammar, and of all
// else that has one.
func body(clause python.Node) python.Node {
	for c := range clause.Named {
		if c.Kind() == python.BlockStmt {
			return c
		}
	}
	return python.Node{}
}

// lastStatement is the last statement of a block.
func lastStatement(block python.Node) (last python.Node) {
	for s := range block.Named {
		last = s
	}
	return last
}

// clauses calls yield for each except clause of a try statement.
func clauses(try python.Node) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		for c := range try.Named {
			if c.Is(python.ExceptClause, python.ExceptGroupClause) && !yield(c) {
				return
			}
		}
	}
}

// inFunction calls yield for the node and all below it that belong to the same function: not for what is in the bodies of
// functions, lambdas and classes that are only defined there.
func inFunction(n python.Node) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) { visit(n, yield) }
}

func visit(n python.Node, yield func(python.Node) bool) bool {
	if !n.Valid() {
		return true
	}
	if !yield(n) {
		return false
	}
	if n.Is(python.FunctionDef, python.Lambda, python.ClassDef) {
		return true
	}
	for c := range n.Named {
		if !visit(c, yield) {
			return false
		}
	}
	return true
}

// suspends says whether the coroutine may be suspended in a piece of its code, so that cancellation can arrive there.
func suspends(n python.Node) bool {
	for c := range inFunction(n) {
		switch c.Kind() {
		case python.Await:
			return true
		case python.ForStmt, python.ForInClause, python.WithStmt:
			if c.IsAsync() {
				return true
			}
		}
	}
	return false
}

// named calls yield for each expression that an except clause, or a call of suppress, names: the items of a tuple one by one.
func named(of python.Node) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		var visit func(n python.Node) bool
		visit = func(n python.Node) bool {
			switch n.Kind() {
			case python.ExceptClause, python.ExceptGroupClause, python.ArgumentList:
				for c := range n.Named {
					if c.Kind() == python.BlockStmt {
						break
					}
					if !visit(c) {
						return false
					}
				}
				return true
			case python.AsPattern:
				return visit(n.FirstNamed())
			case python.Paren, python.TupleExpr, python.ExpressionList:
				for c := range n.Named {
					if !visit(c) {
						return false
					}
				}
				return true
			case python.KeywordArgument:
				return true
			}
			return yield(n)
		}
		visit(of)
	}
}

// classes calls yield for the qualified name of each class that an expression behind except may mean; a tuple that is
// kept under a name means all that are in it.
func classes(t program.Type, yield func(name string) bool) bool {
	for _, a := range t.Atoms() {
		switch {
		case a.Kind == program.ClassObject, a.Kind == program.Opaque:
			if !yield(a.QName()) {
				return false
			}
		case a.Kind == program.Instance && a.QName() == "tuple":
			for _, x := range a.Args {
				if !classes(x, yield) {
					return false
				}
			}
		}
	}
	return true
}

// means says whether one of the classes that an expression behind except may mean has one of the qualified names.
func means(p *diagnostics.Pass, n python.Node, names ...string) bool {
	return !classes(p.Type(n), func(name string) bool {
		for _, want := range names {
			if name == want {
				return false
			}
		}
		return true
	})
}

// callText is a call as a message quotes it: `self._task.cancel()`, whatever its arguments.
func callText(call python.Node) string {
	fn := call.Child(python.FieldFunction)
	text := diagnostics.OneLine(fn)
	if fn.Kind() == python.Attribute && (strings.ContainsAny(fn.Text(), "\n(") || len(text) > 40) {
		text = fn.Child(python.FieldAttribute).Text()
	}
	return text + "()"
}

// indentation is the white space before a node that begins its line; ok is false when it does not.
func indentation(src string, n python.Node) (indent string, ok bool) {
	if !n.Valid() {
		return "", false
	}
	at := n.Span().Start
	start := strings.LastIndexAny(src[:at], "\r\n") + 1
	indent = src[start:at]
	return indent, strings.TrimSpace(indent) == ""
}

// lineEnd is the end of the line that holds an offset: behind a comment that stands there.
func lineEnd(src string, offset int) int {
	if i := strings.IndexAny(src[offset:], "\r\n"); i >= 0 {
		return offset + i
	}
	return len(src)
}
