package cancellation

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// ownTask says whether all that is awaited in a piece of code are tasks that the program cancels itself: the idiom
// "task.cancel(); await task", in whatever form. The cancellation that comes out of there is that of the task.
func ownTask(p *diagnostics.Pass, n python.Node) bool {
	found := false
	for c := range inFunction(n) {
		switch c.Kind() {
		case python.ForStmt, python.ForInClause:
			if c.IsAsync() {
				return false
			}
		case python.WithStmt:
			for e := range diagnostics.WithExpressions(c) {
				if c.IsAsync() && !timeoutScope(e) {
					return false
				}
			}
		case python.Await:
			if !awaitsCancelled(p, c.FirstNamed().Unwrap()) {
				return false
			}
			found = true
		}
	}
	return found
}

// waitsOut says whether a block is the body of a loop that waits until a task is done, whatever cancels the wait: the task is shielded.
func waitsOut(loop, block python.Node) bool {
	cond := loop.Child(python.FieldCondition).Unwrap()
	await := block.FirstNamed().FirstNamed()
	if loop.Kind() != python.WhileStmt || cond.Kind() != python.NotOperator || await.Kind() != python.Await || block.FirstNamed().Next().Valid() {
		return false
	}
	task, isDone := strings.CutSuffix(tight(cond.FirstNamed()), ".done()")
	call := await.FirstNamed().Unwrap()
	if name := diagnostics.LastName(call.Child(python.FieldFunction)); !isDone || name != "shield" && name != "wait" {
		return false
	}
	return strings.Trim(tight(call.Child(python.FieldArguments).FirstNamed()), "[{()}]") == task
}

// timeoutScope says whether a context manager ends what runs in it after some time, by its name.
func timeoutScope(e python.Node) bool {
	if e.Kind() != python.Call {
		return false
	}
	switch name := diagnostics.LastName(e.Child(python.FieldFunction)); name {
	case "fail_after", "fail_at", "move_on_after", "move_on_at":
		return true
	default:
		return strings.Contains(strings.ToLower(name), "timeout")
	}
}

// awaitsCancelled says whether what is awaited is a task, or several, that may have been cancelled by the program.
func awaitsCancelled(p *diagnostics.Pass, e python.Node) bool {
	switch e.Kind() {
	case python.Identifier, python.Attribute, python.Subscript:
		return cancelledSomewhere(e)
	case python.Call:
		switch fn := e.Child(python.FieldFunction); diagnostics.LastName(fn) {
		case "gather", "wait", "wait_for", "shield", "as_completed":
			c, ok := p.Callee(e)
			if !ok || !strings.HasPrefix(c.Name, "asyncio.") {
				return false
			}
			any := false
			for a := range e.Child(python.FieldArguments).Named {
				if a.Kind() == python.KeywordArgument || a.Kind() == python.IntLit || a.Kind() == python.FloatLit {
					continue
				}
				if !any && !awaitsCancelled(p, tasksOf(a)) {
					return false
				}
				any = true
			}
			return any
		}
	}
	return false
}

// tasksOf is the name of the tasks in an argument: of *tasks, of [tasks], of [t for t in tasks].
func tasksOf(a python.Node) python.Node {
	for {
		switch a = a.Unwrap(); a.Kind() {
		case python.ListSplat, python.ListExpr, python.SetExpr, python.TupleExpr:
			a = a.FirstNamed()
		case python.ListComp, python.SetComp, python.GeneratorExpr:
			for c := range a.Named {
				if c.Kind() == python.ForInClause {
					a = c.Child(python.FieldRight)
					break
				}
			}
		case python.Call: // self._tasks.values(), list(tasks)
			fn := a.Child(python.FieldFunction)
			switch diagnostics.LastName(fn) {
			case "list", "set", "tuple", "sorted", "reversed", "filter", "frozenset", "ensure_future":
				a = lastStatement(a.Child(python.FieldArguments)) // the last argument: filter(None, tasks)
			case "values", "keys", "copy":
				a = fn.Child(python.FieldObject)
			default:
				return a
			}
		default:
			return a
		}
	}
}

// cancelledSomewhere says whether the function cancels something, or what is awaited is known elsewhere, so that somebody
// else may have cancelled it.
func cancelledSomewhere(e python.Node) bool {
	if cancels(e.Function()) {
		return true
	}
	name := e
	if e.Kind() == python.Subscript {
		name = e.Child(python.FieldValue)
	}
	if name.Kind() == python.Identifier {
		l := name.Scope().Lookup(name.Text())
		if l == nil {
			return true // of the module
		}
		for _, b := range l.Bindings {
			switch b.Kind {
			case python.BindParam, python.BindFor:
				return true
			case python.BindAssign:
				if v := b.Value.Unwrap(); len(b.Path) > 0 || v.Is(python.Attribute, python.Subscript) { // task = self._task
					return true
				}
			}
			if b.Scope != l.Scope || l.Captured {
				return true
			}
		}
		return false
	}
	return true // an attribute: whoever closes the object cancels it
}

// cancels says whether a function calls cancel() on something.
func cancels(fn python.Node) bool {
	for c := range inFunction(fn.Child(python.FieldBody)) {
		if c.Kind() == python.Call && strings.Contains(diagnostics.LastName(c.Child(python.FieldFunction)), "cancel") && c.Child(python.FieldFunction).Kind() == python.Attribute {
			switch diagnostics.LastName(c.Child(python.FieldFunction)) {
			case "cancelled", "cancelling", "uncancel", "get_cancelled_exc_class":
			default:
				return true
			}
		}
	}
	return false
}

// use says how a file uses a coroutine function.
type use uint8

const (
	unused  use = iota // not in this file
	spawned            // only as a task
	started            // the event loop runs it: it is the program's main coroutine
	awaited            // awaited somewhere, or handed to who may await it
)

// spawns says whether a function or method of this name makes a task of a coroutine, or of a coroutine function.
func spawns(name string) bool {
	switch name {
	case "ensure_future", "start_soon", "start", "run_coroutine_threadsafe", "call_soon_threadsafe":
		return true
	}
	name = strings.ToLower(name)
	return strings.Contains(name, "task") || strings.Contains(name, "spawn") || strings.Contains(name, "background")
}

var runners = map[string]bool{"run": true, "run_until_complete": true}

// usedAs says how the file uses a coroutine function: all that has its name counts.
func usedAs(p *diagnostics.Pass, fn python.Node) use {
	name := fn.Child(python.FieldName)
	if text := strings.Trim(name.Text(), "_"); text == "main" || text == "async_main" || text == "amain" || text == "main_async" {
		return started
	}
	found := unused
	method := fn.Scope().Kind == python.ClassScope
	for n := range p.Occurrences(name.Text()) {
		if n == name || n.Kind() == python.String || n.Parent().Kind() == python.FunctionDef && n.Field() == python.FieldName {
			continue
		}
		e := n
		if attribute := n.Parent().Kind() == python.Attribute && n.Field() == python.FieldAttribute; attribute != method {
			continue
		} else if attribute {
			e = n.Parent()
			if imported(p, e.Child(python.FieldObject)) {
				continue // a function of another module
			}
		} else if n.Parent().Is(python.KeywordArgument, python.DefaultParameter, python.TypedParameter) && n.Field() == python.FieldName {
			continue
		}
		if e.Parent().Kind() == python.Call && e.Field() == python.FieldFunction {
			e = e.Parent()
		}
		if e.Field() == python.FieldLeft || e.Parent().Is(python.ImportFrom, python.DottedName) {
			continue
		}
		a := e
		if a.Parent().Kind() == python.KeywordArgument {
			a = a.Parent()
		}
		how := awaited
		if b := boundTo(a); b != nil { // coro = work(); create_task(coro)
			if reads, sure := b.Reads(); sure && len(reads) == 1 {
				a = reads[0]
			}
		}
		if a.Parent().Kind() == python.ArgumentList {
			switch fn := diagnostics.LastName(a.Parent().Parent().Child(python.FieldFunction)); {
			case spawns(fn):
				how = spawned
			case runners[fn] && e.Kind() == python.Call || runners[fn] && a == a.Parent().FirstNamed():
				how = started
			}
		}
		found = max(found, how)
	}
	return found
}

// imported says whether an expression is a name that the file imports.
func imported(p *diagnostics.Pass, n python.Node) bool {
	if n.Kind() != python.Identifier || n.Text() == "self" || n.Text() == "cls" {
		return false
	}
	s := p.Global(n.Text())
	if s == nil || len(s.Values) == 0 {
		return false
	}
	for _, v := range s.Values {
		if v.Op != shape.Qual {
			return false
		}
	}
	return true
}

// boundTo is the only binding of the local name that is assigned an expression; nil for any other expression.
func boundTo(e python.Node) *python.Binding {
	a := e.Parent()
	if a.Kind() != python.Assignment || e.Field() != python.FieldRight || a.Child(python.FieldLeft).Kind() != python.Identifier {
		return nil
	}
	return a.Child(python.FieldLeft).Binding()
}

// typed says whether a value is certainly an instance of one of the classes, None aside.
func typed(p *diagnostics.Pass, n python.Node, classes ...string) bool {
	return p.Type(n).Every(func(a program.Atom) bool {
		if a.Kind != program.Instance {
			return false
		}
		for _, c := range classes {
			if p.Program.Subclass(a.Class, c) {
				return true
			}
		}
		return false
	})
}
