package tasks

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// failing says whether a function may fail.
type failing func(p *diagnostics.Pass, f *program.Func) bool

// fails says whether a function that others run, and whose exceptions nobody sees, may fail with one for all that is known of it, and
// nothing in it shows that somebody thought of that.
func fails(p *diagnostics.Pass, f *program.Func) bool { return escapes(p, f) && !minds(p, f, 0) }

// escapes says whether an exception may leave a function: it awaits (or, a plain one, calls) something that nothing in it catches the
// exceptions of, or raises one. A function that is not known may fail.
//
// What an except clause takes, whatever its class, counts as seen to: it was on somebody's mind what may happen there.
func escapes(p *diagnostics.Pass, f *program.Func) bool { return escapesFrom(p, f, 0) }

// minds says whether a function, or one of the same file that it calls, catches whatever exception comes somewhere.
func minds(p *diagnostics.Pass, f *program.Func, depth int) bool {
	fn := p.Definition(f)
	if !fn.Valid() {
		return false
	}
	for n := range fn.Child(python.FieldBody).Walk {
		switch n.Kind() {
		case python.ExceptClause:
			if broad(n) {
				return true
			}
		case python.Call:
			if depth > 0 || n.Function() != fn || logs(n) || fn.IsAsync() && n.Parent().Kind() != python.Await {
				continue
			}
			for _, c := range calledBy(p, f.Module, n) {
				if c.Module == f.Module && minds(p, c, depth+1) {
					return true
				}
			}
		}
	}
	return false
}

// broad says whether an except clause catches every ordinary exception.
func broad(clause python.Node) bool {
	of := diagnostics.CaughtBy(clause)
	if !of.Valid() {
		return true
	}
	text := of.Text()
	return strings.Contains(text, "BaseException") || text == "Exception" || strings.HasSuffix(text, ".Exception") || strings.Contains(text, "(Exception") || strings.Contains(text, ", Exception")
}

// calledBy are the functions that a call in a module reaches, which may be in another block or file; nil when they are not known.
func calledBy(p *diagnostics.Pass, in *program.Module, call python.Node) (found []*program.Func) {
	fn := call.Child(python.FieldFunction)
	word := fn
	if fn.Kind() == python.Attribute {
		word = fn.Child(python.FieldAttribute)
	}
	if word.Kind() != python.Identifier {
		return nil
	}
	p.Occurrences(word.Text()) // what it means may change
	t := p.Program.Eval(in, fn.Value())
	if t.Open() {
		return nil
	}
	for _, a := range t.Atoms() {
		switch a.Kind {
		case program.NoneObject:
		case program.Function:
			found = append(found, a.Func)
		default:
			return nil
		}
	}
	return found
}

// harmless are functions of the standard library that do not fail in normal use.
func harmless(f *program.Func) bool {
	if f.Project() {
		return false
	}
	for _, prefix := range []string{
		"asyncio.sleep", "asyncio.wait", "asyncio.Queue.", "asyncio.Event.", "asyncio.Lock.", "asyncio.Condition.", "asyncio.Semaphore.", "asyncio.Barrier.",
		"queue.", "threading.", "anyio.sleep", "trio.sleep", "logging.", "print", "len", "time.", "asyncio.Task.", "asyncio.Future.",
	} {
		if strings.HasPrefix(f.Name, prefix) && f.Name != "asyncio.wait_for" {
			return true
		}
	}
	return false
}

// escapesFrom is escapes, some calls down.
func escapesFrom(p *diagnostics.Pass, f *program.Func, depth int) bool {
	if harmless(f) {
		return false
	}
	fn := p.Definition(f)
	return !fn.Valid() || bodyFails(p, f.Module, fn, depth)
}

// bodyFails is escapesFrom for the definition of a function.
func bodyFails(p *diagnostics.Pass, in *program.Module, fn python.Node, depth int) bool {
	if depth > 3 {
		return true
	}
	flow := fn.Flow()
	if flow == nil {
		return false
	}
	async := fn.IsAsync()
	escaped := false
	risky := map[python.Node]bool{}
	python.Follow(flow, false, python.Walk[bool]{
		Visit: func(s python.Step, caught bool) (bool, bool) {
			switch s.Kind {
			case python.StepCatch:
				caught = true
			case python.StepEnd:
				if s.Exc == python.Failure && !caught {
					escaped = true
				}
			}
			return caught, !escaped
		},
		Raises: func(s python.Step, caught bool) python.Exc {
			if caught || s.Kind != python.StepEval && !(async && s.Suspends()) {
				return python.NoExc
			}
			may, ok := risky[s.Node]
			if !ok {
				switch {
				case s.Kind != python.StepEval: // async for, async with
					may = s.Kind == python.StepNext || s.Kind == python.StepEnter && !locks(p, in, s.Manager())
				case async:
					may = s.Node.Kind() == python.Await && mayFail(p, in, s.Node.FirstNamed().Unwrap(), depth)
				default:
					may = s.Node.Kind() == python.Call && !logs(s.Node) && mayFail(p, in, s.Node, depth)
				}
				risky[s.Node] = may
			}
			if may {
				return python.Failure
			}
			return python.NoExc
		},
		Raised: func(stmt python.Node) python.Exc {
			if strings.Contains(stmt.FirstNamed().Text(), "Cancelled") {
				return python.Cancelled
			}
			return python.Failure
		},
		Catches: func(clause python.Node, e python.Exc) (yes, no bool) {
			if !clause.Is(python.ExceptClause, python.ExceptGroupClause) {
				text := clause.Text()
				return strings.Contains(text, "suppress"), !strings.Contains(text, "suppress")
			}
			of := diagnostics.CaughtBy(clause)
			if of.Valid() && onlyCancellation(of) {
				return false, true
			}
			return true, false
		},
	})
	return escaped
}

// locks says whether a context manager is a lock, a semaphore or a timeout, which do not fail when they are entered.
func locks(p *diagnostics.Pass, in *program.Module, manager python.Node) bool {
	t := p.Program.Eval(in, manager.Value())
	return limiter(manager.Text()) || t.Every(func(a program.Atom) bool {
		return strings.HasPrefix(a.QName(), "asyncio.")
	})
}

// onlyCancellation says whether the classes that an except clause names are those of cancellation, or of the end of the program.
func onlyCancellation(of python.Node) bool {
	of = of.Unwrap()
	if of.Is(python.TupleExpr, python.ExpressionList) {
		for c := range of.Named {
			if !onlyCancellation(c) {
				return false
			}
		}
		return true
	}
	text := of.Text()
	switch text[strings.LastIndexByte(text, '.')+1:] {
	case "CancelledError", "Cancelled", "KeyboardInterrupt", "SystemExit", "GeneratorExit", "get_cancelled_exc_class()":
		return true
	}
	return false
}

// mayFail says whether what is awaited or called may fail for all that is known of it.
func mayFail(p *diagnostics.Pass, in *program.Module, n python.Node, depth int) bool {
	if n.Kind() != python.Call {
		return true
	}
	callees := calledBy(p, in, n)
	for _, f := range callees {
		if n.Parent().Kind() == python.Await && !f.Decl.Async && f.Project() { // what it gives is awaited, not what it does
			return true
		}
		if plain(p, f) && escapesFrom(p, f, depth+1) { // a decorator may see to exceptions
			return true
		}
	}
	if len(callees) > 0 {
		return false
	}
	// A method behind a decorator that is not known.
	method := n.Child(python.FieldFunction)
	if method.Kind() != python.Attribute || method.Child(python.FieldObject).Text() != "self" || in != p.Module {
		return true
	}
	found := false
	for x := range p.Occurrences(method.Child(python.FieldAttribute).Text()) {
		if fn := x.Parent(); fn.Kind() == python.FunctionDef && x.Field() == python.FieldName {
			if fn.Parent().Kind() != python.DecoratedDef && bodyFails(p, in, fn, depth+1) {
				return true
			}
			found = true
		}
	}
	return !found
}

// plain says whether no decorator may change what a call of the function does.
func plain(p *diagnostics.Pass, f *program.Func) bool {
	for i := range f.Decl.Decorators {
		switch p.Program.DecoratorName(f, i) {
		case "staticmethod", "classmethod", "typing.override", "typing.final", "typing_extensions.override":
		default:
			return false
		}
	}
	return true
}

// logs says whether a call writes to a log, or is otherwise not what a function is about.
func logs(call python.Node) bool {
	fn := call.Child(python.FieldFunction)
	switch fn.Kind() {
	case python.Identifier:
		switch fn.Text() {
		case "print", "len", "str", "repr", "int", "isinstance", "getattr", "hasattr", "list", "dict", "set", "tuple", "range", "enumerate", "zip", "min", "max", "sorted", "partial":
			return true
		}
	case python.Attribute:
		switch fn.Child(python.FieldAttribute).Text() {
		case "debug", "info", "warning", "error", "exception", "critical", "log", "warn", "append", "set", "clear", "get", "items", "keys", "values", "time", "monotonic",
			"perf_counter", "format", "join", "discard", "add", "pop", "now", "utcnow", "getLogger", "task_done", "copy", "strip", "split", "startswith", "endswith":
			return true
		}
	}
	return false
}
