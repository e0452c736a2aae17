package sync

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed async-primitive-across-threads.md
var threadsDoc string

// Threads reports queues, events and locks of asyncio that a thread changes.
var Threads = func() *diagnostics.Rule {
	r := threads
	r.Check = checkThreads
	return &r
}()

var threads = diagnostics.Rule{
	Code: "AIO511", Name: "async-primitive-across-threads", Family: "sync", Severity: diagnostics.Error, Doc: threadsDoc,
	On: []python.Kind{python.Call},
}

// threadUnsafe are the methods that wake what waits, by their last name. Those that only look are harmless.
var threadUnsafe = map[string][]string{
	"put_nowait": {"asyncio.Queue"}, "get_nowait": {"asyncio.Queue"}, "task_done": {"asyncio.Queue"}, "shutdown": {"asyncio.Queue"},
	"set": {"asyncio.Event"}, "clear": {"asyncio.Event"},
	"release": {"asyncio.Lock", "asyncio.Semaphore", "asyncio.Condition"},
	"notify":  {"asyncio.Condition"}, "notify_all": {"asyncio.Condition"},
}

// wakes is the name of the method by which a call changes a primitive of asyncio.
func wakes(p *diagnostics.Pass, call python.Node) (name string, ok bool) {
	fn := call.Child(python.FieldFunction)
	if fn.Kind() != python.Attribute {
		return "", false
	}
	method := fn.Child(python.FieldAttribute).Text()
	if len(threadUnsafe[method]) == 0 {
		return "", false
	}
	c, ok := p.Callee(call)
	if !ok || c.Func == nil || c.Func.Project() {
		return "", false
	}
	return c.Func.Name, wakesWaiting(c.Func.Name)
}

// wakesGiven is [wakes] for a primitive that the thread of the function has been given.
func wakesGiven(p *diagnostics.Pass, call python.Node) (name string, ok bool) {
	fn := call.Child(python.FieldFunction)
	object, method := fn.Child(python.FieldObject), diagnostics.LastName(fn)
	if object.Kind() != python.Identifier || len(threadUnsafe[method]) == 0 || !p.InThread(call) {
		return "", false
	}
	for _, class := range threadUnsafe[method] {
		if p.GivenInThread(object, func(a program.Atom) bool { return a.Kind == program.Instance && p.Program.Subclass(a.Class, class) }) {
			return class + "." + method, true
		}
	}
	return "", false
}

// wakesWaiting says whether a method of asyncio is one that wakes what waits.
func wakesWaiting(name string) bool {
	i := strings.LastIndexByte(name, '.')
	return i > 0 && slices.Contains(threadUnsafe[name[i+1:]], name[:i])
}

// waking is a call that changes a primitive of asyncio.
var waking = &diagnostics.Goal{
	Code: "AIO511", Within: 2,
	On: []python.Kind{python.Call},
	Test: func(p *diagnostics.Pass, n python.Node) (deed diagnostics.Deed, ok bool) {
		name, ok := wakes(p, n)
		return diagnostics.Deed{What: name, Rule: &threads}, ok
	},
}

func checkThreads(p *diagnostics.Pass, call python.Node) {
	fn := call.Child(python.FieldFunction)
	name, ok := wakes(p, call)
	if !ok {
		name, ok = wakesGiven(p, call)
	}
	if ok {
		if !p.InThread(call) || bornHere(p, call) {
			return
		}
		class := strings.TrimSuffix(name, "."+fn.Child(python.FieldAttribute).Text())
		r := p.Report(fn, fmt.Sprintf("`%s()` changes an `%s` in a thread, which does not wake the event loop: what waits may wait on; use `loop.call_soon_threadsafe()`", strings.Join(strings.Fields(fn.Text()), ""), class))
		handToLoop(p, call, r)
		return
	}
	if arg, ok := p.ThreadArgument(call); ok {
		if f := p.Type(arg).Atoms(); len(f) == 1 && f[0].Kind == program.Function && !f[0].Func.Project() {
			if wakesWaiting(f[0].Func.Name) {
				p.Report(arg, "`"+arg.Text()+"` runs in a thread, which does not wake the event loop; hand it to `loop.call_soon_threadsafe()`")
			}
			return
		}
	}
	arg, chain := p.HandedToThread(call, waking)
	if chain == nil {
		return
	}
	last := len(chain.Steps) - 1
	r := p.Report(arg, fmt.Sprintf("`%s` runs in a thread, where `%s` calls `%s()`, which does not wake the event loop; use `loop.call_soon_threadsafe()` there", arg.Text(), chain.Steps[last].Func.Decl.Name, chain.What))
	chain.Explain(r, "`"+chain.What+"()` is not thread-safe")
}

// bornHere says whether the function itself makes the primitive that a call changes, so that no other thread knows it.
func bornHere(p *diagnostics.Pass, call python.Node) bool {
	object := call.Child(python.FieldFunction).Child(python.FieldObject)
	if object.Kind() != python.Identifier {
		return false
	}
	l := object.Scope().Lookup(object.Text())
	return l != nil && l.Scope.Node == call.Function() && len(l.Bindings) == 1 && l.Bindings[0].Kind == python.BindAssign && l.Bindings[0].Value.Kind() == python.Call
}

// handToLoop offers to let the event loop make a call whose result is dropped, where the function knows the loop.
func handToLoop(p *diagnostics.Pass, call python.Node, r diagnostics.Reporter) {
	args := call.Child(python.FieldArguments)
	if !call.Parent().Is(python.ExprStmt, python.Lambda) || args.Kind() != python.ArgumentList {
		return
	}
	for a := range args.Named {
		if a.Is(python.KeywordArgument, python.Comment) {
			return
		}
	}
	loop, ok := loopHere(p, call)
	if !ok {
		return
	}
	text := loop + ".call_soon_threadsafe(" + call.Child(python.FieldFunction).Text()
	if args.FirstNamed().Valid() {
		text += ", "
	}
	r.Fix(diagnostics.Fix{Title: "Use `call_soon_threadsafe`", Edits: []diagnostics.Edit{
		{Span: python.Span{Start: call.Span().Start, End: args.Span().Start + 1}, New: text},
	}})
}

// loopHere is how code spells an event loop that it can reach: a name, or an attribute of self.
func loopHere(p *diagnostics.Pass, n python.Node) (text string, ok bool) {
	if l := n.Scope().Lookup("loop"); l != nil && len(l.Bindings) == 1 {
		switch b := l.Bindings[0]; {
		case b.Kind == python.BindAssign && len(b.Path) == 0 && isLoop(p, p.Type(b.Value)),
			b.Kind == python.BindParam && strings.Contains(b.Annotation.Text(), "EventLoop"):
			return "loop", true
		}
	}
	object := n.Child(python.FieldFunction).Child(python.FieldObject)
	for object.Kind() == python.Attribute {
		object = object.Child(python.FieldObject)
	}
	if object.Kind() != python.Identifier {
		return "", false
	}
	for _, a := range p.Type(object).Atoms() {
		for _, name := range []string{"loop", "_loop"} {
			if a.Kind == program.Instance && a.Class.Project() && isLoop(p, p.Attribute(a, name)) {
				return object.Text() + "." + name, true
			}
		}
	}
	return "", false
}

func isLoop(p *diagnostics.Pass, t program.Type) bool {
	return t.Every(func(a program.Atom) bool {
		return a.Kind == program.Instance && p.Program.Subclass(a.Class, "asyncio.AbstractEventLoop")
	})
}
