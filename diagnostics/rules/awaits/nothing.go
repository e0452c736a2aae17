package awaits

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed await-of-non-awaitable.md
var nonAwaitableDoc string

// NonAwaitable reports an await of something that certainly cannot be awaited.
var NonAwaitable = &diagnostics.Rule{
	Code:     "AIO107",
	Name:     "await-of-non-awaitable",
	Family:   "awaits",
	Severity: diagnostics.Error,
	Doc:      nonAwaitableDoc,
	On:       []python.Kind{python.Await, python.Call},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if n.Kind() == python.Call {
			handedOver(p, n)
			return
		}
		v := inner(n.FirstNamed())
		if withItem(n) || !p.InCoroutine(n) {
			return
		}
		if plainWrites[diagnostics.LastName(v.Child(python.FieldFunction))] && ofStream(p, v, "StreamWriter") {
			unawait(p, n, v, "`"+short(v)+"` gives None, which cannot be awaited")
			return
		}
		t := p.Type(v)
		asyncOnly := certain(t, func(a program.Atom) bool { return a.Kind == program.Instance && has(p, a, "__aiter__") })
		if asyncOnly || !unawaitable(p, v, t) {
			return
		}
		if fn := v.Child(python.FieldFunction); v.Kind() == python.Call && fn.Kind() == python.Attribute && own[fn.Child(python.FieldAttribute).Text()] {
			if _, ok := coroutine(p, fn.Child(python.FieldObject)); ok { // it is the object that has to be awaited
				return
			}
		}
		what := describe(t)
		message := "`" + short(v) + "` gives " + what + ", which cannot be awaited"
		switch v.Kind() {
		case python.Call:
		case python.Identifier, python.Attribute:
			message = "`" + short(v) + "` is " + what + ", which cannot be awaited"
		default:
			message = what + " cannot be awaited"
			message = strings.ToUpper(message[:1]) + message[1:]
		}
		unawait(p, n, v, message)
	},
}

// unawaitable says whether a value of a type certainly cannot be awaited.
func unawaitable(p *diagnostics.Pass, v python.Node, t program.Type) bool {
	return certain(t, func(a program.Atom) bool { return notAwaitable(p, a) }) && !declaredReceiver(v) && reliable(p, v, t) && !expectsFailure(v)
}

// takers are the functions of asyncio that await their first argument, gather all of them, by their last names.
var takers = map[string][]string{
	"create_task":              {"asyncio.create_task", "asyncio.TaskGroup.create_task", "asyncio.AbstractEventLoop.create_task"},
	"ensure_future":            {"asyncio.ensure_future"},
	"gather":                   {"asyncio.gather"},
	"wait_for":                 {"asyncio.wait_for"},
	"shield":                   {"asyncio.shield"},
	"run":                      {"asyncio.run", "asyncio.Runner.run"},
	"run_coroutine_threadsafe": {"asyncio.run_coroutine_threadsafe"},
	"run_until_complete":       {"asyncio.AbstractEventLoop.run_until_complete"},
}

// handedOver reports the result of a plain function that is given to what awaits it: create_task(work()), where work is no
// coroutine function.
func handedOver(p *diagnostics.Pass, call python.Node) {
	name := diagnostics.LastName(call.Child(python.FieldFunction))
	args := call.Child(python.FieldArguments)
	if takers[name] == nil || args.Kind() != python.ArgumentList {
		return
	}
	if c, ok := p.Callee(call); !ok || !slices.Contains(takers[name], c.Name) {
		return
	}
	given := []python.Node{p.Argument(call, 0, "")}
	if name == "gather" {
		given = slices.Collect(args.Named)
	}
	for _, a := range given {
		v := inner(a)
		if v.Kind() != python.Call {
			continue
		}
		if t := p.Type(v); unawaitable(p, v, t) {
			p.Report(v, "`"+short(v)+"` gives "+describe(t)+", which `"+short(call)+"` cannot await; give it a coroutine")
		}
	}
}

func notAwaitable(p *diagnostics.Pass, a program.Atom) bool {
	switch a.Kind {
	case program.NoneObject, program.ModuleObject:
		return true
	case program.Instance:
		return p.Program.Lacks(a, "__await__")
	}
	return false
}

// reliable says whether what is known of an awaited value does not hang on code that may replace it: a method
// that subclasses override, an attribute that others set.
func reliable(p *diagnostics.Pass, v python.Node, t program.Type) bool {
	switch v.Kind() {
	case python.Call:
		c, ok := p.Callee(v)
		if !ok {
			return false
		}
		if c.Class != nil {
			if m, ok := p.Program.Member(c.Atom, "__new__"); ok {
				for _, a := range m.Atoms() {
					if a.Kind != program.Function || a.Func.Project() {
						return false
					}
				}
			}
			return true
		}
		f := c.Func
		if f == nil {
			return false
		}
		if !f.Project() {
			object := v.Child(python.FieldFunction).Child(python.FieldObject)
			return object.Kind() != python.Identifier || !onSelf(v) // or else a class of the project, whose subclasses may override it
		}
		if f.Class != nil && f.Decl.Returns == nil && c.Atom.Self != nil && c.Atom.Self.Class != f.Class && !certain(t, isNone) {
			return false // what it makes may be what the subclass says
		}
		for i := range f.Decl.Decorators {
			if !telling[p.Program.DecoratorName(f, i)] {
				return false
			}
		}
		if f.Decl.Lambda || contradicted(p, f) {
			return false
		}
		if f.Class == nil {
			return !f.Decl.Stub || f.Decl.Returns != nil
		}
		if f.Decl.Stub || p.Program.Subclass(f.Class, "typing.Protocol") {
			return false
		}
		return f.Decl.Returns != nil || f.Decl.Async && f.Decl.Generator || strings.HasPrefix(f.Decl.Name, "_") || !onSelf(v)
	case python.Identifier, python.Attribute:
		if v.Value().Op == shape.Param { // only the framework, or a base class, says what it is
			return false
		}
		for _, a := range t.Atoms() {
			if a.Kind != program.NoneObject {
				return v.Kind() == python.Identifier || !onSelf(v)
			}
		}
		return false
	case python.Await, python.Subscript:
		return false
	}
	return true
}

func isNone(a program.Atom) bool { return a.Kind == program.NoneObject }

// telling are the decorators that say what calling a function gives.
var telling = map[string]bool{
	"staticmethod": true, "classmethod": true, "typing.override": true, "typing_extensions.override": true,
	"contextlib.contextmanager": true, "contextlib.asynccontextmanager": true, "functools.cache": true, "functools.lru_cache": true,
}

// contradicted says whether a function returns what can be awaited though its annotation says otherwise, as those do that
// run a coroutine for callers without a loop and hand it to those with one.
func contradicted(p *diagnostics.Pass, f *program.Func) bool {
	if f.Decl.Returns == nil || f.Decl.Result == nil || f.Decl.Async {
		return false
	}
	for _, a := range p.Program.Eval(f.Module, f.Decl.Result()).Atoms() {
		if has(p, a, "__await__") {
			return true
		}
	}
	return false
}

// declaredReceiver says whether the receiver of a call is a parameter whose type only its annotation tells. Annotations are
// wrong at times, and where await stands, somebody found out that this one is.
func declaredReceiver(v python.Node) bool {
	object := v.Child(python.FieldFunction).Child(python.FieldObject)
	if object.Kind() != python.Identifier {
		return false
	}
	l := object.Scope().Lookup(object.Text())
	return l != nil && len(l.Bindings) > 0 && l.Bindings[0].Kind == python.BindParam && (l.Bindings[0].Annotation.Valid() || object.Value().Op == shape.Param)
}

// onSelf says whether a method is called on the object or class of the method around it.
func onSelf(call python.Node) bool {
	fn := call
	if call.Kind() == python.Call {
		fn = call.Child(python.FieldFunction)
	}
	if fn.Kind() != python.Attribute {
		return false
	}
	switch object := fn.Child(python.FieldObject); object.Kind() {
	case python.Identifier:
		l := object.Scope().Lookup(object.Text())
		return l != nil && len(l.Bindings) > 0 && l.Bindings[0].Kind == python.BindParam
	case python.Call:
		return object.Child(python.FieldFunction).Text() == "super"
	case python.Attribute:
		return true
	}
	return false
}

// describe names the type of a value for a message: "None", "a `Response`".
func describe(t program.Type) string {
	var names []string
	for _, a := range t.Atoms() {
		name := ""
		switch a.Kind {
		case program.NoneObject:
			name = "None"
		case program.ModuleObject:
			name = "the module `" + a.QName() + "`"
		default:
			name = a.QName()
			name = strings.TrimPrefix(name[strings.LastIndexByte(name, '.')+1:], "_")
			article := "a"
			if strings.ContainsAny(name[:1], "aeiouAEIO") {
				article = "an"
			}
			name = article + " `" + name + "`"
		}
		names = append(names, name)
	}
	return strings.Join(names, " or ")
}

// unawait reports an await and offers what was meant.
func unawait(p *diagnostics.Pass, n, v python.Node, message string) diagnostics.Reporter {
	drop := diagnostics.Fix{
		Title: "Drop `await`", Safe: true,
		Edits: []diagnostics.Edit{{Span: python.Span{Start: n.Span().Start, End: n.FirstNamed().Span().Start}}},
	}
	c, ok := diagnostics.Callee{}, false
	if v.Kind() == python.Call {
		c, ok = p.Callee(v)
	}
	switch {
	case ok && c.Facts.Blocks == "ASYNC251":
		text, imports := p.Spell(p.Library() + ".sleep")
		return p.Report(n, message+"; use `await "+p.Library()+".sleep(...)`").Fix(diagnostics.Fix{
			Title: "Use `" + p.Library() + ".sleep`", Safe: true, Imports: imports,
			Edits: []diagnostics.Edit{diagnostics.Replace(v.Child(python.FieldFunction), text)},
		})
	case ok && c.Facts.Blocks != "":
		r := p.Report(n, message+", and blocks the event loop; run it in a thread")
		if fix, ok := thread(p, v); ok {
			r.Fix(fix)
		}
		drop.Safe = false
		return r.Fix(drop)
	case v.Is(python.ListExpr, python.ListComp, python.TupleExpr, python.SetExpr, python.SetComp, python.GeneratorExpr) && p.Library() == "asyncio":
		text, imports := p.Spell("asyncio.gather")
		return p.Report(n, message+"; gather what is in it").Fix(diagnostics.Fix{
			Title: "Gather them with `asyncio.gather`", Imports: imports,
			Edits: []diagnostics.Edit{diagnostics.Insert(v, text+"(*"), diagnostics.Append(v, ")")},
		})
	}
	return p.Report(n, message+"; drop the await").Fix(drop)
}

// thread is the fix that runs a blocking call in a thread.
func thread(p *diagnostics.Pass, call python.Node) (diagnostics.Fix, bool) {
	args := call.Child(python.FieldArguments)
	if args.Kind() != python.ArgumentList {
		return diagnostics.Fix{}, false
	}
	first := args.FirstNamed()
	for a := range args.Named {
		if a.Is(python.KeywordArgument, python.DictionarySplat) && p.Library() != "asyncio" {
			return diagnostics.Fix{}, false
		}
	}
	fn := call.Child(python.FieldFunction)
	offload := p.Offload()
	text, imports := p.Spell(offload)
	between := ""
	if first.Valid() {
		between = ", "
	}
	return diagnostics.Fix{
		Title: "Run it with `" + offload + "`", Imports: imports,
		Edits: []diagnostics.Edit{
			diagnostics.Insert(fn, text+"("),
			{Span: python.Span{Start: fn.Span().End, End: args.Span().Start + 1}, New: between},
		},
	}, true
}

// withItem says whether the node is what a with statement enters.
func withItem(n python.Node) bool {
	up := n.Parent()
	for up.Is(python.AsPattern, python.Paren, python.TupleExpr) {
		up = up.Parent()
	}
	return up.Kind() == python.WithItem && !up.Up(python.WithStmt).IsAsync()
}
