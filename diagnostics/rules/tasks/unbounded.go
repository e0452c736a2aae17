package tasks

import (
	_ "embed"
	"strconv"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed unbounded-concurrency.md
var unboundedDoc string

// Unbounded reports as many coroutines at a time as there are items, however many that are.
var Unbounded = &diagnostics.Rule{
	Code:     "AIO303",
	Name:     "unbounded-concurrency",
	Family:   "tasks",
	Severity: diagnostics.Info,
	Doc:      unboundedDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		fn := call.Child(python.FieldFunction)
		last := fn
		if fn.Kind() == python.Attribute {
			last = fn.Child(python.FieldAttribute)
		}
		if last.Text() == "start_soon" {
			work := p.Argument(call, 0, "")
			if n := name(p, call); work.Valid() && (n == "trio.Nursery.start_soon" || n == "anyio.abc.TaskGroup.start_soon") {
				fanOut(p, call, work, loops(call, true))
			}
			return
		}
		if !mayBe(p, call, "gather", "as_completed", "create_task", "ensure_future") {
			return
		}
		switch name(p, call) {
		case "":
		case "asyncio.gather":
			for a := range call.Child(python.FieldArguments).Named {
				if a.Kind() == python.ListSplat {
					if each, made := eachOf(a.FirstNamed()); each.Valid() {
						fanOut(p, call, each, without(made, call))
					}
				}
			}
		case "asyncio.as_completed":
			if each, made := eachOf(p.Argument(call, 0, "fs")); each.Valid() {
				fanOut(p, call, each, without(made, call))
			}
		case "asyncio.create_task", "asyncio.ensure_future", "asyncio.TaskGroup.create_task", "asyncio.AbstractEventLoop.create_task":
			fanOut(p, call, p.Argument(call, 0, ""), loops(call, true))
		}
	},
}

// eachOf is the coroutine that stands for each in a list of coroutines, and the loops that make them.
func eachOf(n python.Node) (each python.Node, made []python.Node) {
	n = value(n)
	switch n.Kind() {
	case python.ListComp, python.SetComp, python.GeneratorExpr:
		body := n.Child(python.FieldBody)
		return body, loops(body, false)
	case python.Call: // map(fetch, urls)
		if args := n.Child(python.FieldArguments); n.Child(python.FieldFunction).Text() == "map" && args.Kind() == python.ArgumentList {
			if f := args.FirstNamed(); f.Is(python.Identifier, python.Attribute) {
				return f, []python.Node{n}
			}
		}
	case python.Identifier:
		l := n.Scope().Lookup(n.Text())
		if l == nil || len(l.Bindings) != 1 || l.Bindings[0].Kind != python.BindAssign || len(l.Bindings[0].Path) > 0 {
			return each, nil
		}
		if v := value(l.Bindings[0].Value); v.Is(python.ListComp, python.SetComp, python.GeneratorExpr, python.Call) && !empty(v) {
			return eachOf(v)
		}
		if filling, ok := fillings(n); ok && len(filling) == 1 {
			return filling[0], loops(filling[0], false)
		}
	}
	return each, nil
}

// loops are the loops and comprehensions around a node within its function: for statements, clauses of comprehensions. There are none
// where a loop waits for something, if waits asks for that, so that what it starts may end meanwhile.
func loops(n python.Node, waits bool) (found []python.Node) {
	child := n
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda, python.ClassDef); child, up = up, up.Parent() {
		switch up.Kind() {
		case python.ListComp, python.SetComp, python.GeneratorExpr, python.DictComp:
			for c := range up.Named {
				if c.Kind() == python.ForInClause && child.Kind() != python.ForInClause {
					found = append(found, c)
				}
			}
		case python.ForStmt:
			if child != up.Child(python.FieldBody) {
				continue
			}
			found = append(found, up)
			if !waits {
				continue
			}
			for c := range child.Walk {
				if c.Is(python.Await, python.BreakStmt, python.Yield) || c.Is(python.WithStmt, python.ForStmt) && c.IsAsync() {
					return nil
				}
			}
		}
	}
	return found
}

// without are the loops that are over when the call comes: those around it wait each time for what it starts.
func without(made []python.Node, call python.Node) (inner []python.Node) {
	for _, l := range made {
		if l == call || !call.Inside(l) {
			inner = append(inner, l)
		}
	}
	return inner
}

// fanOut reports a coroutine of which the loops start one for each item.
func fanOut(p *diagnostics.Pass, call, each python.Node, made []python.Node) {
	each = value(each)
	if len(made) == 0 || !each.Valid() {
		return
	}
	var over python.Node
	for _, l := range made {
		iterable := l.Child(python.FieldRight)
		if l.Kind() == python.Call {
			iterable = p.Argument(l, 1, "")
		}
		if chunk(l.Child(python.FieldLeft).Text()) || chunk(iterable.Text()) {
			return
		}
		if open := endless(p, iterable, 0); open.Valid() && (!over.Valid() || l.Kind() == python.Call) {
			over = open
		}
	}
	if !over.Valid() || few(over.Text()) {
		return
	}
	fn := each
	if each.Kind() == python.Call {
		if !anyVaries(each, made) && !anyVaries(call, made) {
			return
		}
		for n := range each.Walk {
			if n.Kind() == python.Identifier && limiter(n.Text()) {
				return
			}
		}
		fn = each.Child(python.FieldFunction)
	}
	t := p.Type(fn)
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Function {
		return
	}
	f := t.Atoms()[0].Func
	if !f.Decl.Async || f.Decl.Generator || !f.Project() || limited(p, f, 0) || within(call) {
		return
	}
	work := short(fn) + "()"
	what := "`" + short(over) + "`"
	r := p.Report(call, "one `"+work+"` runs for each of "+what+", all at the same time, however many there are; "+limit(p))
	limitThem(p, r, call, each, made)
}

// anyVaries says whether a node reads a name that one of the loops binds.
func anyVaries(n python.Node, made []python.Node) bool {
	for _, l := range made {
		if varies(n, l) {
			return true
		}
	}
	return false
}

// limit is how to limit how many run at a time in the library of the file.
func limit(p *diagnostics.Pass) string {
	switch p.Library() {
	case "trio", "anyio":
		return "let each take one of " + diagnostics.Indefinite(p.Library()+".CapacityLimiter")
	}
	return "let each take an `asyncio.Semaphore`"
}

// endless is what an iterable takes its items from if nothing shows how many there can be; no node when something does, or
// when it is not known.
func endless(p *diagnostics.Pass, n python.Node, depth int) python.Node {
	n = value(n)
	none := python.Node{}
	if depth > 5 {
		return none
	}
	switch n.Kind() {
	case python.Await:
		return n
	case python.Identifier:
		l := n.Scope().Lookup(n.Text())
		if l == nil || len(l.Bindings) != 1 {
			return none
		}
		switch b := l.Bindings[0]; b.Kind {
		case python.BindParam:
			if annotation := b.Annotation.Text(); strings.Contains(annotation, "Callable") || strings.HasPrefix(annotation, "tuple[") && !strings.Contains(annotation, "...") {
				return none
			}
			if first := b.Scope.Node.Child(python.FieldParameters).FirstNamed(); first == b.Node && b.Scope.Parent.Kind == python.ClassScope {
				return none // self
			}
			return n
		case python.BindAssign:
			if len(b.Path) > 0 {
				return none
			}
			if empty(value(b.Value)) {
				if filling, ok := fillings(n); ok && len(filling) == 1 {
					for _, l := range loops(filling[0], false) {
						if from := endless(p, l.Child(python.FieldRight), depth+1); from.Valid() {
							return n
						}
					}
				}
				return none
			}
			if endless(p, b.Value, depth+1).Valid() {
				return n
			}
		case python.BindWith: // lines of a file
			if opens(p, b.Value) {
				return n
			}
		}
	case python.ListComp, python.SetComp, python.GeneratorExpr:
		for c := range n.Named {
			if c.Kind() == python.ForInClause {
				if from := endless(p, c.Child(python.FieldRight), depth+1); from.Valid() {
					return from
				}
			}
		}
	case python.Call:
		fn := n.Child(python.FieldFunction)
		first := p.Argument(n, 0, "")
		switch fn.Kind() {
		case python.Identifier:
			switch fn.Text() {
			case "enumerate", "sorted", "list", "tuple", "set", "reversed", "zip", "frozenset":
				return endless(p, first, depth+1)
			case "map", "filter":
				return endless(p, p.Argument(n, 1, ""), depth+1)
			case "range":
				last := first
				if second := p.Argument(n, 1, ""); second.Valid() {
					last = second
				}
				if last.Kind() == python.IntLit {
					if count, err := strconv.Atoi(strings.ReplaceAll(last.Text(), "_", "")); err == nil && count >= 100 {
						return n
					}
				}
				if last.Kind() == python.Call && last.Child(python.FieldFunction).Text() == "len" {
					return endless(p, p.Argument(last, 0, ""), depth+1)
				}
			}
		case python.Attribute:
			switch fn.Child(python.FieldAttribute).Text() {
			case "items", "keys", "values":
				return endless(p, fn.Child(python.FieldObject), depth+1)
			case "splitlines", "readlines", "split":
				return n
			}
		}
		if opens(p, n) {
			return n
		}
	}
	return none
}

// opens says whether a call opens a file.
func opens(p *diagnostics.Pass, n python.Node) bool {
	if n.Kind() != python.Call {
		return false
	}
	switch name(p, n) {
	case "open", "io.open", "builtins.open", "csv.reader", "csv.DictReader", "aiofiles.open", "pathlib.Path.open":
		return true
	}
	return false
}

// chunk says whether a name or a call is about parts of a list.
func chunk(text string) bool {
	text = strings.ToLower(text)
	for _, word := range []string{"chunk", "batch", "window", "slice", "worker", "shard", "limit", "replica", "page_range", "partition"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return strings.Contains(text, "[") && strings.Contains(text, ":") && !strings.Contains(text, "{") && !strings.Contains(text, "lambda")
}

// few says whether a name is that of parts of the program or of its surroundings, of which there are not many.
func few(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{
		"handler", "callback", "plugin", "provider", "config", "listener", "client", "server", "service", "coordinator", "template", "guardrail", "hook", "signal", "event",
		"device", "entit", "module", "check", "extension", "middleware", "source", "state", "arg", "field", "root", "kind", "type", "option", "method", "platform", "adapter",
		"backend", "component", "database", "subscri", "connection", "socket", "peer", "node", "driver", "engine", "observer", "strateg", "stage", "step", "bot", "agent", "tool",
		"func", "coro", "task", "awaitable", "sensor", "light", "error", "exception",
	} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// limiter says whether a name is that of something that limits how many run at a time.
func limiter(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"sem", "limit", "throttl", "bounded", "pool", "lock", "slot", "concurren", "rate", "bucket", "mutex"} {
		if strings.Contains(name, word) && name != "same" && name != "assemble" && !strings.Contains(name, "generate") && !strings.Contains(name, "iterate") {
			return true
		}
	}
	return false
}

// limited says whether a coroutine function, or one that it calls, takes something that limits how many run at a time.
func limited(p *diagnostics.Pass, f *program.Func, depth int) bool {
	if limiter(f.Decl.Name) {
		return true
	}
	fn := p.Definition(f)
	if !fn.Valid() || depth > 2 {
		return false
	}
	for n := range fn.Child(python.FieldBody).Walk {
		switch n.Kind() {
		case python.Attribute:
			if n.Child(python.FieldAttribute).Text() == "acquire" {
				return true
			}
		case python.WithStmt:
			for e := range diagnostics.WithExpressions(n) {
				for x := range e.Walk {
					if x.Kind() == python.Identifier && limiter(x.Text()) {
						return true
					}
				}
				for _, a := range p.Program.Eval(f.Module, e.Value()).Atoms() {
					switch a.QName() {
					case "asyncio.Semaphore", "asyncio.BoundedSemaphore", "asyncio.Lock", "asyncio.Condition", "trio.CapacityLimiter", "trio.Semaphore", "trio.Lock",
						"anyio.CapacityLimiter", "anyio.Semaphore", "anyio.Lock":
						return true
					}
				}
			}
		case python.Call:
			if n.Function() != fn || n.Parent().Kind() != python.Await {
				continue
			}
			for _, c := range calledBy(p, f.Module, n) {
				if c.Project() && limited(p, c, depth+1) {
					return true
				}
			}
		}
	}
	return false
}

// within says whether a call stands within a scope that limits how many run at a time.
func within(call python.Node) bool {
	for up := call.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); up = up.Parent() {
		if up.Kind() != python.WithStmt {
			continue
		}
		for e := range diagnostics.WithExpressions(up) {
			if text := e.Text(); limiter(text) {
				return true
			}
		}
	}
	return false
}

// limitThem offers a semaphore that each coroutine takes.
func limitThem(p *diagnostics.Pass, r diagnostics.Reporter, call, each python.Node, made []python.Node) {
	if each.Kind() != python.Call || p.Library() != "asyncio" || !p.InCoroutine(call) || made[0].Kind() == python.Call {
		return
	}
	stmt := each // the statement before which the semaphore is made: outside all the loops
	for up := each; up.Valid() && up.Kind() != python.FunctionDef; up = up.Parent() {
		if up.Parent().Is(python.BlockStmt) {
			in := false
			for _, l := range made {
				in = in || l.Inside(up)
			}
			if in || up == stmt {
				stmt = up
				if in && outermostLoop(made, up) {
					break
				}
			}
		}
	}
	indent, ok := indentOf(stmt)
	if start := strings.LastIndexByte(stmt.Block().Text()[:stmt.Span().Start], '\n') + 1; !ok && strings.TrimSpace(stmt.Block().Text()[start:stmt.Span().Start]) != "" || !stmt.Parent().Is(python.BlockStmt) {
		return
	}
	taken := func(name string) bool { return each.Scope().Lookup(name) != nil || p.Global(name) != nil }
	if taken("semaphore") || taken("limited") {
		return
	}
	text, imports := p.Spell("asyncio.Semaphore")
	in := indent + step(indent)
	r.Fix(diagnostics.Fix{Title: "Let at most ten run at a time", Imports: imports, Edits: []diagnostics.Edit{
		diagnostics.Insert(stmt, "semaphore = "+text+"(10)\n\n"+indent+"async def limited(coro):\n"+in+"async with semaphore:\n"+in+step(indent)+"return await coro\n\n"+indent).Guessing("10"),
		diagnostics.Insert(each, "limited("), diagnostics.Append(each, ")"),
	}})
}

// outermostLoop says whether all the loops are in the statement.
func outermostLoop(made []python.Node, stmt python.Node) bool {
	for _, l := range made {
		if !l.Inside(stmt) {
			return false
		}
	}
	return true
}
