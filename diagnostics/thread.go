package diagnostics

import (
	"strings"

	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// InThread says whether the node runs in another thread than that of the event loop: in the body of a plain function or
// lambda of this file that is handed to a thread, of the run method of a Thread, or of an endpoint that its framework calls in a
// thread. It is false where the thread has an event loop of its own, or where the function asks which thread it is in.
func (p *Pass) InThread(n python.Node) bool {
	fn := n.Function()
	if !fn.Valid() || fn.IsAsync() || ownThread(fn) {
		return false
	}
	f := fn.Func()
	switch {
	case fn.Kind() == python.FunctionDef && p.decoratedForThread(fn):
		return true
	case f.Path == "":
		return p.localThreads()[f]
	case p.calledInThread(fn, f.Name):
		return true
	}
	return p.inThreads()[f.Path]
}

// localThreads are the lambdas and nested functions of the block that run in threads: whoever hands them over is in the same
// block.
func (p *Pass) localThreads() map[*shape.Func]bool {
	if p.threads == nil {
		p.threads = map[*shape.Func]bool{}
		for _, c := range p.Block.Callbacks() {
			p.handedToThread(c, func(f *shape.Func) { p.threads[f] = true })
		}
	}
	return p.threads
}

// inThreads are the paths of the functions of the file that are handed to threads.
func (e *env) inThreads() map[string]bool {
	if e.threaded == nil {
		e.threaded = map[string]bool{}
		for _, c := range e.file.Callbacks() {
			e.handedToThread(c, func(f *shape.Func) {
				if f.Path != "" {
					e.threaded[f.Path] = true
				}
			})
		}
	}
	return e.threaded
}

// handedToThread calls mark for each function of the file that a call hands to a thread.
func (e *env) handedToThread(c *shape.Value, mark func(*shape.Func)) {
	if c.N == 0 {
		return
	}
	t := e.Program.Eval(e.Module, c.X)
	if t.Open() || len(t.Atoms()) == 0 { // a method of None is one of something else
		return
	}
	for _, a := range t.Atoms() {
		if !e.threadsOff(a) || c.N == 2 && !e.ofExecutor(c.X) {
			return
		}
	}
	for _, f := range e.Program.Eval(e.Module, c.Args[0]).Atoms() {
		if f.Kind == program.Function && !f.Func.Decl.Async && e.own(f.Func) {
			mark(f.Func.Decl)
		}
	}
}

// threadsOff says whether a function or class calls what it is given in a thread, rather than in a process.
func (e *env) threadsOff(a program.Atom) bool {
	f := a.Func
	if a.Kind == program.ClassObject {
		init, _ := e.Program.Member(a, "__init__")
		for _, x := range init.Atoms() {
			f = x.Func
		}
	}
	if f == nil || f.Decl.Facts == nil || f.Decl.Facts.Offloads == "" {
		return false
	}
	for _, process := range []string{"multiprocessing.", "anyio.to_process", "anyio.to_interpreter", "concurrent.futures.ProcessPoolExecutor"} {
		if strings.HasPrefix(a.QName(), process) || a.Self != nil && strings.HasPrefix(a.Self.QName(), process) {
			return false
		}
	}
	return true
}

// ofExecutor says whether the future whose method is called comes from an executor. The callbacks of a future that
// run_coroutine_threadsafe gives are called in the thread of the event loop.
func (e *env) ofExecutor(method *shape.Value) bool {
	if method.Op != shape.Attr {
		return false
	}
	origins := e.Program.Origins(e.Module, method.X)
	for _, o := range origins {
		for _, a := range e.Program.Eval(e.Module, o.X).Atoms() {
			if !strings.HasSuffix(a.QName(), ".submit") {
				return false
			}
		}
	}
	return len(origins) > 0
}

// threaded are classes whose methods are called in threads of their own; a name that ends in * is a prefix.
var threaded = []struct{ class, method string }{
	{"threading.Thread", "run"},
	{"socketserver.BaseRequestHandler", "handle"},
	{"http.server.BaseHTTPRequestHandler", "do_*"},
	{"watchdog.events.FileSystemEventHandler", "on_*"},
}

// calledInThread says whether a method is one that a base of its class calls in a thread.
func (p *Pass) calledInThread(method python.Node, name string) bool {
	for _, x := range threaded {
		prefix, open := strings.CutSuffix(x.method, "*")
		if name != prefix && !(open && strings.HasPrefix(name, prefix)) {
			continue
		}
		class, ok := p.ClassOf(method)
		if ok && p.derives(class, x.class, 0) {
			return true
		}
	}
	return false
}

// derives says whether a class derives from another, of which perhaps only the name is known.
func (p *Pass) derives(class *program.Class, from string, depth int) bool {
	if p.Program.Subclass(class, from) {
		return true
	}
	if depth > 8 {
		return false
	}
	for _, b := range class.Decl.Bases {
		for _, a := range p.Program.Eval(class.Module, b).Atoms() {
			if a.QName() == from || a.Class != nil && p.derives(a.Class, from, depth+1) {
				return true
			}
		}
	}
	return false
}

// ClassOf is the class of the program that a method is in; ok is false for one that is in none, or in a local one.
func (p *Pass) ClassOf(method python.Node) (class *program.Class, ok bool) {
	name := p.Block.Class()
	if name == "" || method.Scope().Kind != python.ClassScope || method.Scope().Parent != nil {
		return nil, false
	}
	s := p.Global(name)
	if s == nil {
		return nil, false
	}
	for _, v := range s.Values {
		if v.Op != shape.ClassDef {
			continue
		}
		for _, a := range p.Program.Eval(p.Module, v).Atoms() {
			if a.Kind == program.ClassObject {
				class = a.Class
			}
		}
	}
	return class, class != nil && len(s.Values) == 1
}

// decoratedForThread says whether a decorator makes a plain function run in a thread.
func (p *Pass) decoratedForThread(fn python.Node) bool {
	for d := range python.Decorators(fn) {
		made := d.Kind() == python.Call
		if made {
			d = d.Child(python.FieldFunction)
		}
		t := p.Type(d)
		if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Function {
			continue
		}
		if f := t.Atoms()[0].Func.Decl.Facts; f != nil && (f.Threads && made || f.Offloads != "" && !made && p.threadsOff(t.Atoms()[0])) {
			return true
		}
	}
	return false
}

// ownThread says whether a function runs an event loop of its own, or asks which thread or loop it is in.
func ownThread(fn python.Node) bool {
	for n := range fn.Walk {
		if n.Kind() != python.Identifier {
			continue
		}
		switch text := n.Text(); text {
		case "run_until_complete", "run_forever", "new_event_loop", "get_ident", "current_thread", "main_thread":
			return true
		case "run_sync": // of tornado's IOLoop
			if up := n.Parent(); up.Kind() == python.Attribute && strings.HasSuffix(up.Child(python.FieldObject).Text(), "loop") {
				return true
			}
		case "run":
			if up := n.Parent(); up.Kind() == python.Attribute && up.Child(python.FieldObject).Text() == "asyncio" {
				return true
			}
		default:
			if strings.Contains(text, "running_loop") || strings.Contains(text, "is_running") || strings.Contains(text, "in_loop") {
				return true
			}
		}
	}
	return false
}

// ThreadArgument is the function that a call hands to a thread, as the call names it; ok is false when it hands none.
func (p *Pass) ThreadArgument(call python.Node) (arg python.Node, ok bool) {
	c, ok := p.Callee(call)
	if !ok || c.Facts.Offloads == "" || !p.threadsOff(c.Atom) {
		return arg, false
	}
	if method := call.Child(python.FieldFunction).Value(); strings.HasSuffix(c.Name, ".add_done_callback") && !p.ofExecutor(method) {
		return arg, false
	}
	arg = p.ArgumentOf(call, c, c.Facts.Offloads)
	return arg, arg.Valid() && !p.Type(arg).Open()
}

// HandedToThread is a function that a call hands to a thread, as the call names it, and the shortest way from there to a
// goal; nil when there is none. What a function of the file itself does at once is left out: it is in a thread where it
// stands ([Pass.InThread]).
func (p *Pass) HandedToThread(call python.Node, goal *Goal) (arg python.Node, chain *Chain) {
	arg, ok := p.ThreadArgument(call)
	if !ok {
		return arg, nil
	}
	p.goals[goal] = true
	targets := p.targets(arg, p.Type(arg))
	for _, t := range targets {
		p.question(t, goal, p.Settings).ask(p)
	}
	chain = p.all(targets, goal, p.Settings)
	if chain == nil || len(chain.Steps) == 1 && p.own(chain.Steps[0].Func) {
		return arg, nil
	}
	for i, s := range chain.Steps {
		if ownThread(p.declaration(s.Func)) || i > 0 && serves[s.Func.Decl.Name] {
			return arg, nil
		}
	}
	return arg, chain
}

// serves are names of functions that run an event loop of their own, more often than not.
var serves = map[string]bool{"run": true, "main": true, "serve": true, "serve_forever": true, "run_app": true, "start_server": true}

// Explain adds the steps of a chain to a finding; end says what the last one does.
func (c *Chain) Explain(r Reporter, end string) {
	name := func(f *program.Func) string {
		if f.Decl.Lambda {
			return "the lambda"
		}
		return "`" + f.Decl.Name + "`"
	}
	for i, s := range c.Steps {
		if i == len(c.Steps)-1 {
			r.Step(s, end)
		} else {
			r.Step(s, name(s.Func)+" calls "+name(c.Steps[i+1].Func))
		}
	}
}

// GivenInThread says whether a name is a parameter without an annotation of a function that the file hands to a thread together with an
// argument for it, and all these arguments certainly satisfy is.
func (p *Pass) GivenInThread(name python.Node, is func(program.Atom) bool) bool {
	l := name.Scope().Lookup(name.Text())
	if l == nil || len(l.Bindings) != 1 || l.Bindings[0].Kind != python.BindParam || l.Bindings[0].Node.Kind() != python.Identifier || l.Scope.Node.Kind() != python.FunctionDef {
		return false
	}
	fn, position := l.Scope.Node, 0
	for q := range fn.Child(python.FieldParameters).Named {
		if q == l.Bindings[0].Node {
			break
		}
		if q.Kind() != python.Identifier {
			return false
		}
		position++
	}
	found := false
	for n := range p.Occurrences(fn.Child(python.FieldName).Text()) {
		at := position
		if n.Parent().Kind() == python.Attribute && n.Field() == python.FieldAttribute {
			n, at = n.Parent(), position-1 // self
		}
		list := n.Parent()
		if list.Kind() == python.KeywordArgument {
			list = list.Parent()
		}
		if list.Kind() != python.ArgumentList {
			continue
		}
		call := list.Parent()
		arg, ok := p.ThreadArgument(call)
		if !ok || arg != n || at < 0 {
			continue
		}
		if atoms := p.Type(n).Atoms(); len(atoms) != 1 || atoms[0].Kind != program.Function || !p.own(atoms[0].Func) || p.declaration(atoms[0].Func) != fn {
			continue
		}
		if given := givenTo(p, call, arg, at); !given.Valid() || !p.Type(given).Every(is) {
			return false
		}
		found = true
	}
	return found
}

// givenTo is the argument that a function gets which a call hands to a thread, by its position.
func givenTo(p *Pass, call, function python.Node, position int) python.Node {
	args := p.Argument(call, -1, "args").Unwrap()
	first := args.FirstNamed()
	if !args.Valid() {
		first = function.Next()
	} else if !args.Is(python.TupleExpr, python.ListExpr) {
		return python.Node{}
	}
	for a := first; a.Valid(); a = a.Next() {
		switch a.Kind() {
		case python.Token, python.Comment:
			continue
		case python.KeywordArgument, python.ListSplat, python.DictionarySplat:
			return python.Node{}
		}
		if position == 0 {
			return a
		}
		position--
	}
	return python.Node{}
}
