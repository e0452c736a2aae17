// Package generators finds asynchronous generators that hold on to something across a yield, where nobody can say when, or
// whether, they go on.
package generators

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed yield-in-cancel-scope.md
var scopeDoc string

//go:embed yield-in-cm-in-async-gen.md
var managerDoc string

//go:embed unsafe-async-generator.md
var unsafeDoc string

// InScope reports a yield within a cancel scope or task group.
var InScope = &diagnostics.Rule{
	Code:     "ASYNC101",
	Name:     "yield-in-cancel-scope",
	Family:   "generators",
	Severity: diagnostics.Warning,
	Doc:      scopeDoc,
	On:       []python.Kind{python.Yield},
	Check: func(p *diagnostics.Pass, yield python.Node) {
		fn := yield.Function()
		if fn.Kind() != python.FunctionDef || fn.Child(python.FieldName).Text() == "__await__" {
			return
		}
		for e := range around(yield) {
			scope := p.Scope(e)
			if scope == "" || transformed(fn, false) || injected(p, fn, yield) {
				continue
			}
			what := "the cancel scope"
			if scope == "group" {
				what = "the task group"
			}
			r := p.Report(yield, what+" `"+diagnostics.Short(e)+"` stays open while the generator waits at this `yield`, so it cancels whoever iterates, or closes in another task; "+
				"move the `yield` out of it, or make the function a context manager")
			if onlyOnce(fn, yield) {
				text, imports := p.Spell("contextlib.asynccontextmanager")
				if !fn.IsAsync() {
					text, imports = p.Spell("contextlib.contextmanager")
				}
				src := fn.Block().Text()
				indent := src[strings.LastIndexByte(src[:fn.Span().Start], '\n')+1 : fn.Span().Start]
				if strings.TrimSpace(indent) == "" {
					r.Fix(diagnostics.Fix{Title: "Make it a context manager", Imports: imports, Edits: []diagnostics.Edit{diagnostics.Insert(fn, "@"+text+"\n"+indent)}})
				}
			}
			return
		}
	},
}

// onlyOnce says whether a function has one yield, in no loop, and no decorator.
func onlyOnce(fn, yield python.Node) bool {
	if fn.Parent().Kind() == python.DecoratedDef {
		return false
	}
	for up := yield.Parent(); up.Valid() && up != fn; up = up.Parent() {
		if up.Is(python.ForStmt, python.WhileStmt) {
			return false
		}
	}
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() == python.Yield && n != yield && n.Function() == fn {
			return false
		}
	}
	return true
}

// InManager reports a yield of an asynchronous generator within a context manager.
var InManager = &diagnostics.Rule{
	Code:     "ASYNC119",
	Name:     "yield-in-cm-in-async-gen",
	Family:   "generators",
	Aliases:  []string{"yield-in-context-manager-in-async-generator"},
	Severity: diagnostics.Info, // nearly all such generators mean it so, and are iterated to their end
	Doc:      managerDoc,
	On:       []python.Kind{python.Yield},
	Check: func(p *diagnostics.Pass, yield python.Node) {
		fn := yield.Function()
		if fn.Kind() != python.FunctionDef || !fn.IsAsync() {
			return
		}
		for e := range around(yield) {
			name := ""
			if c, ok := p.Callee(e); ok && e.Kind() == python.Call {
				name = c.Name
			}
			if harmless[strings.TrimSuffix(name, ".__init__")] {
				continue
			}
			if transformed(fn, false) || injected(p, fn, yield) {
				return
			}
			message := "`" + diagnostics.Short(e) + "` is left only when the generator goes on, which nobody may see to; let the caller enter it, or iterate with `aclosing()`"
			if locks(p, e) {
				message = "`" + diagnostics.Short(e) + "` stays locked while the generator waits at this `yield`, for as long as whoever iterates likes; yield outside of it"
			}
			p.Report(yield, message)
			return
		}
	},
}

// Unsafe reports every asynchronous generator.
var Unsafe = &diagnostics.Rule{
	Code:     "ASYNC900",
	Name:     "unsafe-async-generator",
	Family:   "generators",
	Severity: diagnostics.Warning,
	Optional: true,
	Doc:      unsafeDoc,
	On:       []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, fn python.Node) {
		if fn.IsAsync() && fn.Func().Generator && !transformed(fn, true) {
			p.Report(fn.Child(python.FieldName), "`"+fn.Child(python.FieldName).Text()+"` is an asynchronous generator, whose cleanup nobody guarantees; "+
				"make it a context manager that gives a stream, or iterate it with `aclosing()`")
		}
	},
}

// around calls yield for each context manager of the function that is entered where a node stands, innermost first.
func around(n python.Node) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		child := n
		for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda, python.ClassDef); child, up = up, up.Parent() {
			if up.Kind() != python.WithStmt || child.Field() != python.FieldBody {
				continue
			}
			var items []python.Node
			for e := range diagnostics.WithExpressions(up) {
				items = append(items, e)
			}
			for i := len(items) - 1; i >= 0; i-- {
				if !yield(items[i].Unwrap()) {
					return
				}
			}
		}
	}
}

// harmless are context managers that have nothing to clean up, or are the remedy.
var harmless = map[string]bool{"contextlib.suppress": true, "contextlib.nullcontext": true, "contextlib.aclosing": true}

// locks says whether a context manager is a lock that tasks wait for.
func locks(p *diagnostics.Pass, e python.Node) bool {
	t := p.Type(e)
	if t.Open() || len(t.Atoms()) == 0 {
		return false
	}
	for _, a := range t.Atoms() {
		if a.Kind != program.Instance {
			return false
		}
		library, class, _ := strings.Cut(a.Class.Name, ".")
		switch library {
		case "asyncio", "trio", "anyio", "threading":
		default:
			return false
		}
		switch class {
		case "Lock", "RLock", "_RLock", "Condition", "StrictFIFOLock", "lock", "Semaphore", "BoundedSemaphore", "CapacityLimiter":
		default:
			return false
		}
	}
	return true
}

// transformed says whether decorators make something else of a generator: a context manager, a fixture, or, for all that
// is known, anything. strict counts only what is known to make it safe.
func transformed(fn python.Node, strict bool) bool {
	for d := range python.Decorators(fn) {
		for d.Kind() == python.Call {
			d = d.Child(python.FieldFunction)
		}
		if d.Kind() == python.Attribute {
			d = d.Child(python.FieldAttribute)
		}
		switch name := d.Text(); {
		case strings.HasSuffix(name, "contextmanager"), strings.HasSuffix(name, "fixture"), name == "as_safe_channel":
			return true
		case strict:
		case same[name]:
		default:
			return true
		}
	}
	return false
}

// same are decorators that leave a generator what it is.
var same = map[string]bool{
	"staticmethod": true, "classmethod": true, "property": true, "override": true, "final": true, "abstractmethod": true, "overload": true,
	"wraps": true, "deprecated": true, "no_type_check": true,
}

// injected says whether a generator yields once, outside of loops, in a file of a framework that makes context managers of
// such functions: dependencies, lifespans and cleanup contexts.
func injected(p *diagnostics.Pass, fn, yield python.Node) bool {
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() == python.Yield && n != yield && n.Function() == fn {
			return false
		}
	}
	if yield.Up(python.ForStmt, python.WhileStmt, python.FunctionDef).Kind() != python.FunctionDef {
		return false
	}
	for _, name := range frameworks {
		if p.ImportsFrom(name) {
			return true
		}
	}
	return false
}

var frameworks = []string{"fastapi", "starlette", "aiohttp", "litestar", "dishka", "fast_depends", "faststream", "taskiq", "mcp", "fastmcp"}
