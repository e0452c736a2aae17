package awaits

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed coroutine-function-not-called.md
var notCalledDoc string

// NotCalled reports a coroutine function where a coroutine is needed, and the other way round.
var NotCalled = &diagnostics.Rule{
	Code:     "AIO109",
	Name:     "coroutine-function-not-called",
	Family:   "awaits",
	Severity: diagnostics.Error,
	Doc:      notCalledDoc,
	On:       []python.Kind{python.Call, python.Await},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if expectsFailure(n) {
			return
		}
		if n.Kind() == python.Await {
			v := inner(n.FirstNamed())
			t := p.Type(v)
			if _, ok := function(p, t); ok {
				callIt(p, p.Report(v, "`"+short(v)+"` is a coroutine function, which cannot be awaited; call it"), v, t)
			}
			return
		}
		args := n.Child(python.FieldArguments)
		if args.Kind() == python.GeneratorExpr {
			if c, ok := p.Callee(n); ok && c.Name == "asyncio.gather" {
				gathered(p, args)
			}
			return
		}
		if args.Kind() != python.ArgumentList || !args.FirstNamed().Valid() {
			return
		}
		c, ok := p.Callee(n)
		if !ok || c.Func == nil {
			return
		}
		name := strings.TrimSuffix(c.Name, ".__init__")
		switch {
		case name == "asyncio.gather":
			for a := range args.Named {
				if a.Is(python.KeywordArgument, python.DictionarySplat) {
					continue
				}
				if a.Is(python.ListSplat) {
					elements(p, n, a.FirstNamed())
					continue
				}
				notCalled(p, n, a)
				gathered(p, a)
			}
			return
		case name == "asyncio.wait", name == "asyncio.as_completed":
			elements(p, n, p.Argument(n, 0, "fs"))
			return
		case starters[name] != "":
			started(p, n, p.ArgumentOf(n, c, starters[name]))
			return
		}
		if c.Func.Project() && len(c.Func.Decl.Decorators) > 0 {
			return
		}
		for _, q := range c.Func.Decl.Params {
			if q.Annotation == nil || q.Kind == shape.VarArgs || q.Kind == shape.VarKw {
				continue
			}
			a := p.ArgumentOf(n, c, q.Name)
			if !a.Valid() || !a.Is(python.Identifier, python.Attribute, python.Lambda, python.Call) {
				continue
			}
			if t := declared(p, c.Func.Module, q.Annotation); t.Every(func(a program.Atom) bool {
				return a.Kind == program.Instance && (isCoroutine(a) || a.Class.Name == "typing.Awaitable" || p.Program.Subclass(a.Class, "asyncio.Future"))
			}) && !misdeclared(p, c.Func, q) {
				notCalled(p, n, a)
			}
		}
	},
}

// misdeclared says whether what a function does with a parameter shows that its annotation is wrong, and that it is a coroutine function
// after all: it is called, or, where the annotation does not say what the coroutine gives, kept for somebody who may call it.
func misdeclared(p *diagnostics.Pass, f *program.Func, q shape.Parameter) bool {
	for n := range p.Definition(f).Child(python.FieldBody).Walk {
		if n.Kind() != python.Identifier || n.Text() != q.Name {
			continue
		}
		bare := len(q.Annotation.Args) == 0
		switch up := n.Parent(); {
		case up.Kind() == python.Call && n.Field() == python.FieldFunction:
			return true
		case bare && up.Kind() == python.Assignment && n.Field() == python.FieldRight && up.Child(python.FieldLeft).Kind() == python.Attribute:
			return true
		case bare && up.Kind() == python.ArgumentList && up.Parent().Child(python.FieldFunction).Text() == "super().__init__":
			return true
		}
	}
	return false
}

// starters are functions that call a coroutine function themselves, and the parameter that takes it.
var starters = map[string]string{
	"trio.run": "async_fn", "trio.Nursery.start_soon": "async_fn", "trio.Nursery.start": "async_fn", "trio.from_thread.run": "afn", "trio.lowlevel.spawn_system_task": "async_fn",
	"anyio.run": "func", "anyio.abc.TaskGroup.start_soon": "func", "anyio.abc.TaskGroup.start": "func", "anyio.from_thread.run": "func",
	"anyio.from_thread.BlockingPortal.call": "func", "anyio.from_thread.BlockingPortal.start_task_soon": "func",
}

// notCalled reports an argument that is a coroutine function.
func notCalled(p *diagnostics.Pass, call, a python.Node) {
	v := inner(a)
	t := p.Type(v)
	if _, ok := function(p, t); !ok {
		return
	}
	message := "`" + short(v) + "` is a coroutine function, but `" + short(call) + "` needs a coroutine; call it"
	if v.Kind() == python.Lambda {
		message = "`" + short(call) + "` needs a coroutine, not a lambda that makes one; pass the coroutine"
	}
	callIt(p, p.Report(v, message), v, t)
}

// callIt offers to call a coroutine function that needs no arguments.
func callIt(p *diagnostics.Pass, r diagnostics.Reporter, v python.Node, t program.Type) {
	if v.Kind() == python.Lambda {
		body := v.Child(python.FieldBody)
		if !v.Child(python.FieldParameters).Valid() {
			r.Fix(diagnostics.Fix{Title: "Pass the coroutine", Safe: true, Edits: []diagnostics.Edit{{Span: python.Span{Start: v.Span().Start, End: body.Span().Start}}}})
		}
		return
	}
	if v.Kind() != python.Call { // of partial, the remaining parameters are not known
		if !v.Is(python.Identifier, python.Attribute) {
			return
		}
		for _, a := range t.Atoms() {
			if needsArguments(a) {
				return
			}
		}
	}
	r.Fix(diagnostics.Fix{Title: "Call `" + short(v) + "`", Safe: true, Edits: []diagnostics.Edit{diagnostics.Append(v, "()")}})
}

// needsArguments says whether a function cannot be called without arguments.
func needsArguments(a program.Atom) bool {
	params := a.Func.Decl.Params
	if a.Self != nil && len(params) > 0 {
		params = params[1:]
	}
	for _, q := range params {
		if q.Default == nil && q.Kind != shape.VarArgs && q.Kind != shape.VarKw {
			return true
		}
	}
	return false
}

// elements checks the items of a display.
func elements(p *diagnostics.Pass, call, v python.Node) {
	if v := v.Unwrap(); v.Is(python.ListExpr, python.TupleExpr, python.SetExpr) {
		for c := range v.Named {
			if !c.Is(python.ListSplat) {
				notCalled(p, call, c)
			}
		}
	}
}

// gathered reports a list of awaitables that is given to gather without a star.
func gathered(p *diagnostics.Pass, a python.Node) {
	v := inner(a)
	if !certain(p.Type(v), func(x program.Atom) bool {
		if x.Kind != program.Instance || len(x.Args) == 0 {
			return false
		}
		switch strings.TrimPrefix(x.Class.Name, "builtins.") {
		case "list", "tuple", "set", "typing.Generator":
			return certain(x.Args[0], func(y program.Atom) bool { return has(p, y, "__await__") })
		}
		return false
	}) {
		return
	}
	what := "a list of them raises TypeError"
	switch v.Kind() {
	case python.GeneratorExpr: // TypeError since 3.12, before that RuntimeError
		what = "a generator of them fails"
	case python.TupleExpr:
		what = "a tuple of them raises TypeError"
	}
	edits := []diagnostics.Edit{diagnostics.Insert(a, "*")}
	if a.Field() == python.FieldArguments { // its parentheses are those of the call
		edits = []diagnostics.Edit{diagnostics.Insert(a, "(*"), diagnostics.Append(a, ")")}
	}
	p.Report(a, "`gather()` takes the awaitables one by one: "+what+"; unpack it with `*`").Fix(diagnostics.Fix{
		Title: "Unpack it with `*`", Safe: true, Edits: edits,
	})
}

// started reports a coroutine that is given to what calls the function itself.
func started(p *diagnostics.Pass, call, a python.Node) {
	v := inner(a)
	if v.Kind() != python.Call {
		return
	}
	if _, ok := coroutine(p, v); !ok {
		return
	}
	fn, given := v.Child(python.FieldFunction), v.Child(python.FieldArguments)
	r := p.Report(a, "`"+short(call)+"` calls the function itself: `"+short(v)+"` is already a coroutine; pass `"+short(fn)+"` and its arguments")
	if given.Kind() != python.ArgumentList || a != v {
		return
	}
	var texts []string
	for c := range given.Children {
		switch c.Kind() {
		case python.KeywordArgument, python.DictionarySplat, python.Comment:
			return
		case python.Token:
		default:
			texts = append(texts, c.Text())
		}
	}
	texts = append([]string{fn.Text()}, texts...)
	r.Fix(diagnostics.Fix{Title: "Pass the function", Safe: true, Edits: []diagnostics.Edit{diagnostics.Replace(a, strings.Join(texts, ", "))}})
}
