package tasks

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// spawnsByHelper says whether a call certainly starts a task because what it calls does, and gives the task to its caller alone.
func spawnsByHelper(p *diagnostics.Pass, call python.Node) bool {
	if !p.Type(call).Every(func(a program.Atom) bool {
		return a.Kind == program.Instance && p.Program.Subclass(a.Class, "asyncio.Task")
	}) {
		return false // as nearly all calls
	}
	c, ok := p.Callee(call)
	return ok && c.Class == nil && handsOver(p, c.Func, maxHelpers)
}

// maxHelpers is how many functions may hand on the task of another.
const maxHelpers = 3

// handsOver says whether a function of the program does nothing with the task that it starts but return it. What a subclass may override,
// or a decorator replace, does not count.
func handsOver(p *diagnostics.Pass, f *program.Func, depth int) bool {
	if f == nil || !f.Project() || f.Decl.Async || f.Decl.Generator || f.Decl.Lambda || len(f.Decl.Decorators) > 0 || f.Class != nil && !mangled(f.Decl.Name) {
		return false
	}
	fn := p.Definition(f)
	if fn.Kind() != python.FunctionDef {
		return false
	}
	gives := false
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() != python.ReturnStmt || n.Function() != fn {
			continue
		}
		v := n.FirstNamed().Unwrap()
		if v.Kind() == python.Identifier {
			v = onlyReturned(v)
		}
		if v.Kind() != python.Call || !startsIn(p, f.Module, v, depth) {
			return false
		}
		gives = true
	}
	return gives
}

// mangled says whether the name of a method is that of its class alone.
func mangled(name string) bool {
	return strings.HasPrefix(name, "__") && !strings.HasSuffix(name, "__")
}

// onlyReturned is what a local name is bound to, when nothing else has it and nothing else is done with it than to return it; no node
// when it may be kept.
func onlyReturned(name python.Node) python.Node {
	l := name.Scope().Lookup(name.Text())
	if l == nil || l.Captured || l.Scope.Node != name.Function() || len(l.Bindings) != 1 {
		return python.Node{}
	}
	b := l.Bindings[0]
	if b.Kind != python.BindAssign || len(b.Path) > 0 || b.Node.Parent().Kind() != python.Assignment ||
		b.Node.Parent().Parent().Kind() != python.ExprStmt || b.Node.Parent().Child(python.FieldRight).Kind() == python.Assignment { // x = y = create_task()
		return python.Node{}
	}
	reads, sure := b.Reads()
	for _, r := range reads {
		sure = sure && (watched(r) || r.Parent().Kind() == python.ReturnStmt)
	}
	if !sure {
		return python.Node{}
	}
	return b.Value.Unwrap()
}

// startsIn says whether a call in a module certainly starts a task of a coroutine that only its caller has.
func startsIn(p *diagnostics.Pass, m *program.Module, call python.Node, depth int) bool {
	t := p.Program.Eval(m, call.Child(python.FieldFunction).Value())
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Function {
		return false
	}
	f := t.Atoms()[0].Func
	if f.Decl.Facts == nil || !f.Decl.Facts.Spawns {
		return depth > 0 && handsOver(p, f, depth-1)
	}
	return f.Decl.Name != "ensure_future" || certainCoroutine(p, m, p.Argument(call, 0, "coro_or_future"))
}
