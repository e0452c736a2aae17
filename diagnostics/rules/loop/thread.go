package loop

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed not-thread-safe.md
var threadDoc string

// NotThreadSafe reports what only the thread of the event loop may do, and another one does.
var NotThreadSafe = func() *diagnostics.Rule {
	r := notThreadSafe
	r.Check = checkThread
	return &r
}()

var notThreadSafe = diagnostics.Rule{
	Code: "AIO606", Name: "not-thread-safe", Family: "loop", Severity: diagnostics.Error, Doc: threadDoc,
	On: []python.Kind{python.Call},
}

func checkThread(p *diagnostics.Pass, call python.Node) {
	w, ok := unsafe(p, call)
	if !ok {
		w, ok = unsafeGiven(p, call)
	}
	if ok {
		if !p.InThread(call) {
			return
		}
		r := p.Report(call.Child(python.FieldFunction), w.message(call))
		w.fix(p, call, r)
		return
	}
	if arg, ok := p.ThreadArgument(call); ok {
		if f := p.Type(arg).Atoms(); len(f) == 1 && f[0].Kind == program.Function && !f[0].Func.Project() {
			if w, ok := unsafeFunction(f[0].Func.Name); ok {
				p.Report(arg, "`"+arg.Text()+"` runs in a thread, but only the thread of the event loop may call it; hand it to `"+w.instead()+"`")
			}
			return
		}
	}
	arg, chain := p.HandedToThread(call, touches)
	if chain == nil {
		return
	}
	last := len(chain.Steps) - 1
	name := chain.Steps[last].Func.Decl.Name
	r := p.Report(arg, fmt.Sprintf("`%s` runs in a thread, where `%s` calls `%s()`, which only the thread of the event loop may do; use `call_soon_threadsafe` or `run_coroutine_threadsafe` there", arg.Text(), name, chain.What))
	chain.Explain(r, "`"+chain.What+"()` is not thread-safe")
}

// touches is a call of what is not thread-safe.
var touches = &diagnostics.Goal{
	Code: "AIO606", Within: maxWay - 1,
	On: []python.Kind{python.Call},
	Test: func(p *diagnostics.Pass, n python.Node) (deed diagnostics.Deed, ok bool) {
		w, ok := unsafe(p, n)
		if !ok || asks(n.Function()) {
			return deed, false
		}
		return diagnostics.Deed{What: w.name, Rule: &notThreadSafe}, true
	},
}

// touch is how a call touches the event loop.
type touch struct {
	name string // qualified
	kind touched
}

type touched uint8

const (
	aLoop   touched = iota + 1 // a method of the loop that schedules something
	spawned                    // a method of the loop that starts a task
	nowhere                    // a function that needs a running loop, which no thread has
	aFuture                    // a method of a future or task
	aStream                    // a method of a transport or stream
)

// methods are the calls that are not thread-safe, by their last name. Source: docs.python.org/3/library/asyncio-dev.html,
// "Concurrency and Multithreading".
var methods = map[string][]string{
	"call_soon":     {"asyncio.AbstractEventLoop.call_soon"},
	"call_later":    {"asyncio.AbstractEventLoop.call_later"},
	"call_at":       {"asyncio.AbstractEventLoop.call_at"},
	"add_reader":    {"asyncio.AbstractEventLoop.add_reader"},
	"add_writer":    {"asyncio.AbstractEventLoop.add_writer"},
	"remove_reader": {"asyncio.AbstractEventLoop.remove_reader"},
	"remove_writer": {"asyncio.AbstractEventLoop.remove_writer"},
	"stop":          {"asyncio.AbstractEventLoop.stop"},
	"create_task":   {"asyncio.AbstractEventLoop.create_task", "asyncio.create_task", "asyncio.TaskGroup.create_task"},
	"ensure_future": {"asyncio.ensure_future"},
	"set_result":    {"asyncio.Future.set_result"},
	"set_exception": {"asyncio.Future.set_exception"},
	"cancel":        {"asyncio.Future.cancel", "asyncio.Task.cancel"},
	"write":         {"asyncio.StreamWriter.write", "asyncio.WriteTransport.write"},
	"writelines":    {"asyncio.StreamWriter.writelines", "asyncio.WriteTransport.writelines"},
	"close":         {"asyncio.StreamWriter.close", "asyncio.BaseTransport.close"},
	"sendto":        {"asyncio.DatagramTransport.sendto"},
}

// unsafe says whether only the thread of the event loop may make a call.
func unsafe(p *diagnostics.Pass, call python.Node) (w touch, ok bool) {
	fn := call.Child(python.FieldFunction)
	if len(methods[diagnostics.LastName(fn)]) == 0 && fn.Kind() != python.Identifier {
		return w, false
	}
	c, ok := p.Callee(call)
	if !ok || c.Func == nil || c.Func.Project() {
		return w, false
	}
	w, ok = unsafeFunction(c.Func.Name)
	if w.name == "asyncio.ensure_future" && p.Argument(call, -1, "loop").Valid() {
		w.kind = spawned
	}
	return w, ok
}

// unsafeGiven is [unsafe] for an event loop or a future that the thread of the function has been given.
func unsafeGiven(p *diagnostics.Pass, call python.Node) (w touch, ok bool) {
	fn := call.Child(python.FieldFunction)
	object, method := fn.Child(python.FieldObject), diagnostics.LastName(fn)
	if object.Kind() != python.Identifier || len(methods[method]) == 0 || !p.InThread(call) {
		return w, false
	}
	for _, name := range methods[method] {
		class := strings.TrimSuffix(name, "."+method)
		if class != "asyncio" && p.GivenInThread(object, func(a program.Atom) bool { return a.Kind == program.Instance && p.Program.Subclass(a.Class, class) }) {
			return unsafeFunction(name)
		}
	}
	return w, false
}

// unsafeFunction says whether only the thread of the event loop may call a function of asyncio.
func unsafeFunction(name string) (w touch, ok bool) {
	w.name = name
	last := name[strings.LastIndexByte(name, '.')+1:]
	if !slices.Contains(methods[last], name) {
		return w, false
	}
	switch {
	case name == "asyncio.create_task", name == "asyncio.ensure_future":
		w.kind = nowhere
	case last == "create_task":
		w.kind = spawned
	case strings.HasPrefix(name, "asyncio.AbstractEventLoop."):
		w.kind = aLoop
	case strings.HasPrefix(name, "asyncio.Future."), strings.HasPrefix(name, "asyncio.Task."):
		w.kind = aFuture
	default:
		w.kind = aStream
	}
	return w, true
}

// instead is the function that is made for threads.
func (w touch) instead() string {
	if w.kind == nowhere || w.kind == spawned {
		return "asyncio.run_coroutine_threadsafe"
	}
	return "call_soon_threadsafe"
}

func (w touch) message(call python.Node) string {
	text := strings.Join(strings.Fields(call.Child(python.FieldFunction).Text()), "")
	if len(text) > 50 {
		text = diagnostics.LastName(call.Child(python.FieldFunction))
	}
	switch w.kind {
	case nowhere:
		return "`" + text + "()` raises `RuntimeError` in a thread, where no event loop is running; use `asyncio.run_coroutine_threadsafe()` with the loop"
	case spawned:
		return "`" + text + "()` in a thread is not safe: the task may start late or never; use `asyncio.run_coroutine_threadsafe()`"
	case aFuture:
		return "`" + text + "()` in a thread does not wake the event loop, and what waits may wait on; use `call_soon_threadsafe()` of the loop"
	case aStream:
		return "`" + text + "()` in a thread is not safe: the stream belongs to the event loop; use `call_soon_threadsafe()` of the loop"
	}
	return "`" + text + "()` in a thread is not safe: the event loop may notice late or never; use `call_soon_threadsafe()`"
}

// fix offers to hand the call to the thread of the loop, where nothing uses what it gives.
func (w touch) fix(p *diagnostics.Pass, call python.Node, r diagnostics.Reporter) {
	fn := call.Child(python.FieldFunction)
	args := call.Child(python.FieldArguments)
	object := fn.Child(python.FieldObject).Text()
	if fn.Kind() != python.Attribute || args.Kind() != python.ArgumentList || call.Parent().Kind() != python.ExprStmt && call.Parent().Kind() != python.Lambda {
		return
	}
	var given []python.Node
	for a := range args.Named {
		given = append(given, a)
		if a.Kind() == python.KeywordArgument && (w.kind != spawned || a.Child(python.FieldName).Text() != "name") {
			return // call_soon_threadsafe passes on positional arguments only
		}
	}
	safe := func(title string, edits ...diagnostics.Edit) {
		r.Fix(diagnostics.Fix{Title: title, Safe: true, Edits: edits})
	}
	// later is the call as an argument of call_soon_threadsafe.
	later := func(loop string) {
		edit := diagnostics.Edit{Span: python.Span{Start: call.Span().Start, End: args.Span().Start + 1}, New: loop + ".call_soon_threadsafe(" + fn.Text()}
		if len(given) > 0 {
			edit.New += ", "
		}
		safe("Use `call_soon_threadsafe`", edit)
	}
	switch w.kind {
	case aLoop:
		if diagnostics.LastName(fn) == "call_soon" {
			safe("Use `call_soon_threadsafe`", diagnostics.Replace(fn.Child(python.FieldAttribute), "call_soon_threadsafe"))
			return
		}
		later(object)
	case spawned:
		if len(given) == 0 || !strings.HasPrefix(w.name, "asyncio.AbstractEventLoop.") || given[0].Kind() == python.KeywordArgument {
			return
		}
		text, imports := p.Spell("asyncio.run_coroutine_threadsafe")
		r.Fix(diagnostics.Fix{Title: "Use `asyncio.run_coroutine_threadsafe`", Safe: true, Imports: imports, Edits: []diagnostics.Edit{
			diagnostics.Replace(fn, text),
			{Span: python.Span{Start: given[0].Span().End, End: args.Span().End - 1}, New: ", " + object},
		}})
	case aFuture:
		later(object + ".get_loop()")
	}
}
