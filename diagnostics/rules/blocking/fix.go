package blocking

import (
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// fixes offers what can be done about a blocking call in a coroutine.
func fixes(p *diagnostics.Pass, call python.Node, c diagnostics.Callee, r diagnostics.Reporter) {
	if c.Name == "time.sleep" {
		if fix, ok := sleepFix(p, call, c); ok {
			r.Fix(fix)
		}
		return
	}
	for _, make := range []func(*diagnostics.Pass, python.Node, diagnostics.Callee) (diagnostics.Fix, bool){
		futureFix, fileFix, wholeFileFix, threadFix, lazyFix,
	} {
		if fix, ok := make(p, call, c); ok {
			r.Fix(fix)
		}
	}
}

// spell is how to write a qualified name where a node stands; ok is false when a local name hides it there.
func spell(p *diagnostics.Pass, at python.Node, name string) (text string, imports []string, ok bool) {
	text, imports = p.Spell(name)
	first, _, _ := strings.Cut(text, ".")
	return text, imports, at.Scope().Lookup(first) == nil
}

// sleepFix replaces time.sleep by the library's own sleep. The argument means the same.
func sleepFix(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) (diagnostics.Fix, bool) {
	if !awaitable(call) {
		return diagnostics.Fix{}, false
	}
	name, imports, ok := spell(p, call, p.Library()+".sleep")
	if !ok {
		return diagnostics.Fix{}, false
	}
	fix := diagnostics.Fix{Title: "Use `await " + name + "()`", Safe: true, Imports: imports}
	fn := call.Child(python.FieldFunction)
	switch {
	case call.Parent().Kind() == python.Await:
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(fn, name)}
	case diagnostics.NeedsParens(call):
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(fn, "(await "+name), diagnostics.Append(call, ")")}
	default:
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(fn, "await "+name)}
	}
	return fix, true
}

// threadFix runs the call in a thread. The behaviour changes: other tasks run meanwhile.
func threadFix(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) (diagnostics.Fix, bool) {
	args := call.Child(python.FieldArguments)
	fn := call.Child(python.FieldFunction)
	if !awaitable(call) || !args.Is(python.ArgumentList, python.GeneratorExpr) || call.Parent().Kind() == python.Await ||
		contains(fn, python.Await) || bound(p, call, c) || later(p, call) {
		return diagnostics.Fix{}, false
	}
	text, title, imports, ok := inThread(p, call, fn.Text(), args)
	if !ok {
		return diagnostics.Fix{}, false
	}
	if diagnostics.NeedsParens(call) {
		text = "(" + text + ")"
	}
	return diagnostics.Fix{Title: title, Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(call, text)}}, true
}

// inThread spells the call of a function in a thread with the arguments of a call, or with none.
func inThread(p *diagnostics.Pass, at python.Node, fn string, args python.Node) (text, title string, imports []string, ok bool) {
	offload, imports, ok := spell(p, at, p.Offload())
	title = "Run it in a thread with `" + offload + "()`"
	keywords := false
	for a := range args.Named {
		keywords = keywords || args.Kind() == python.ArgumentList && a.Is(python.KeywordArgument, python.DictionarySplat)
	}
	open, end := offload+"(", ")"
	old := p.Library() == "asyncio" && p.Settings.Target != (diagnostics.Version{}) && !p.Settings.Target.AtLeast(3, 9)
	if old {
		loop, more, visible := spell(p, at, "asyncio.get_running_loop")
		title, imports, ok = "Run it in a thread with `run_in_executor()`", more, visible
		open = loop + "().run_in_executor(None, "
	}
	if keywords && (old || p.Library() != "asyncio") { // which pass on positional arguments only
		name, more, visible := spell(p, at, "functools.partial")
		imports, ok = append(imports, more...), ok && visible
		open, end = open+name+"(", end+")"
	}
	return "await " + open + handed(fn, args) + end, title, imports, ok
}

// handed spells a function and its arguments as the arguments of a call; arguments on lines of their own keep their
// lines and comments.
func handed(fn string, args python.Node) string {
	switch {
	case !args.Valid() || !args.FirstNamed().Valid():
		return fn
	case args.Kind() == python.GeneratorExpr:
		return fn + ", " + args.Text()
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(args.Text(), "("), ")")
	lead := inner[:args.FirstNamed().Span().Start-args.Span().Start-1]
	if i := strings.LastIndexAny(lead, "\r\n"); i >= 0 {
		start := strings.IndexAny(lead, "\r\n")
		for start < i && strings.TrimSpace(lead[start:i]) != "" { // comments on lines of their own
			start += 1 + strings.IndexAny(lead[start+1:], "\r\n")
		}
		return lead + fn + "," + lead[start:] + inner[len(lead):]
	}
	return fn + ", " + inner
}

// bound says whether a function must be called in the thread in which its object lives.
func bound(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) bool {
	switch {
	case strings.HasPrefix(c.Name, "sqlite3."):
		return !shared(p, call.Value(), 0)
	case strings.HasPrefix(c.Name, "threading._RLock."), strings.HasPrefix(c.Name, "threading.Condition."), strings.HasPrefix(c.Name, "django."):
		return true
	}
	return false
}

// shared says whether an object of sqlite3 comes from a connection that was opened for all threads.
func shared(p *diagnostics.Pass, v *shape.Value, depth int) bool {
	if depth > 4 {
		return false
	}
	origins := p.Program.Origins(p.Module, v)
	for _, o := range origins {
		if !slices.Contains(o.Kw, "check_same_thread") && (o.X.Op != shape.Attr || !shared(p, o.X.X, depth+1)) {
			return false
		}
	}
	return len(origins) > 0
}

// later says whether a call only makes an object that does its work when it is entered or iterated.
func later(p *diagnostics.Pass, call python.Node) bool {
	for _, a := range p.Type(call).Atoms() {
		if a.Kind == program.Instance && (p.Program.Subclass(a.Class, "typing.Iterator") || a.QName() == "contextlib.AbstractContextManager") {
			return true
		}
	}
	return false
}

func contains(n python.Node, kind python.Kind) bool {
	for c := range n.Walk {
		if c.Kind() == kind {
			return true
		}
	}
	return false
}

// awaitable says whether an await may be put where the node stands: not in a lambda, and not in a comprehension or
// generator expression, whose meaning an await changes.
func awaitable(n python.Node) bool {
	for p := n.Parent(); p.Valid(); p = p.Parent() {
		switch p.Kind() {
		case python.Lambda, python.GeneratorExpr:
			return false
		case python.FunctionDef:
			return p.IsAsync()
		case python.ClassDef:
			return false
		}
	}
	return false
}

// futureFix awaits a future of a thread.
func futureFix(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) (diagnostics.Fix, bool) {
	if c.Name != "concurrent.futures.Future.result" || p.Library() != "asyncio" || !awaitable(call) || call.Child(python.FieldArguments).FirstNamed().Valid() ||
		call.Parent().Kind() == python.Await {
		return diagnostics.Fix{}, false
	}
	name, imports, ok := spell(p, call, "asyncio.wrap_future")
	future := call.Child(python.FieldFunction).Child(python.FieldObject)
	text := "await " + name + "(" + future.Text() + ")"
	if diagnostics.NeedsParens(call) {
		text = "(" + text + ")"
	}
	return diagnostics.Fix{Title: "Use `await " + name + "()`", Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(call, text)}}, ok && future.Valid()
}

// lazyFix moves what iterates the result of a call, or the generator that makes the call, into the thread:
// sorted(path.iterdir()), for x in path.iterdir(), any(p.exists() for p in paths).
func lazyFix(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) (diagnostics.Fix, bool) {
	if bound(p, call, c) {
		return diagnostics.Fix{}, false
	}
	whole, text := python.Node{}, ""
	switch gen := call.Up(python.GeneratorExpr, python.Lambda, python.FunctionDef); {
	case gen.Kind() == python.GeneratorExpr:
		whole = consumer(p, gen)
	case !lazy[c.Name]:
	case call.Parent().Is(python.ForStmt, python.ForInClause) && call.Field() == python.FieldRight && !strings.HasSuffix(c.Name, "walk"):
		whole, text = call, "list("+call.Text()+")" // os.walk goes by what the loop does to its lists
	default:
		whole = consumer(p, call)
	}
	if !whole.Valid() || !awaitable(whole) || contains(whole, python.Await) || contains(whole, python.Yield) || contains(whole, python.NamedExpression) || whole.Parent().Kind() == python.Await {
		return diagnostics.Fix{}, false
	}
	if text == "" {
		text = whole.Text()
	}
	text, title, imports, ok := inThread(p, call, "lambda: "+text, python.Node{})
	if diagnostics.NeedsParens(whole) {
		text = "(" + text + ")"
	}
	return diagnostics.Fix{Title: title, Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(whole, text)}}, ok
}

// consumer is the call that iterates its first argument to the end then and there: list(...), any(...), "".join(...).
func consumer(p *diagnostics.Pass, arg python.Node) python.Node {
	whole := arg.Parent()
	if whole.Kind() == python.ArgumentList {
		whole = whole.Parent()
		if p.Argument(whole, 0, "") != arg {
			return python.Node{}
		}
	}
	if whole.Kind() != python.Call || arg.Field() == python.FieldFunction {
		return python.Node{}
	}
	if c, ok := p.Callee(whole); !ok || !materialising[c.Name] && c.Name != "str.join" {
		return python.Node{}
	}
	return whole
}
