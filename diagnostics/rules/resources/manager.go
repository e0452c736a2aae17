package resources

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed unprotected-async-context-manager.md
var managerDoc string

// Manager reports an asynchronous context manager that is written as a generator and cleans up behind its yield, where an
// exception does not come.
var Manager = &diagnostics.Rule{
	Code:     "AIO703",
	Name:     "unprotected-async-context-manager",
	Family:   "resources",
	Severity: diagnostics.Warning,
	Doc:      managerDoc,
	On:       []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, fn python.Node) {
		if !fn.IsAsync() || fn.Parent().Kind() != python.DecoratedDef || !fn.Func().Generator || !managed(p, fn) || lifespan(p, fn) {
			return
		}
		for _, s := range skipped(p, fn) {
			first := s.cleanup[0]
			r := p.Report(s.yield, "what follows `yield` is skipped when the body of the `async with` raises or is cancelled: `"+step(first)+"` does not run; put the `yield` into a `try` with a `finally`")
			for _, c := range s.cleanup {
				r.Related(c, "skipped")
			}
			protect(r, s)
		}
	},
}

// managed says whether a decorator makes an asynchronous context manager of the generator function.
func managed(p *diagnostics.Pass, fn python.Node) bool {
	for d := range python.Decorators(fn) {
		if !strings.Contains(d.Text(), "ontextmanager") && !d.Is(python.Identifier, python.Attribute) {
			continue
		}
		for _, a := range p.Type(d).Atoms() {
			switch a.QName() {
			case "contextlib.asynccontextmanager", "async_generator.asynccontextmanager", "asyncstdlib.contextmanager", "asyncstdlib.contextlib.contextmanager":
				return true
			}
		}
	}
	return false
}

// lifespan says whether a server enters the context manager around all that it does: nothing is thrown into it then, and the
// documentation of the frameworks shows it without try. Source: fastapi.tiangolo.com/advanced/events.
func lifespan(p *diagnostics.Pass, fn python.Node) bool {
	if strings.Contains(strings.ToLower(fn.Child(python.FieldName).Text()), "lifespan") {
		return true
	}
	params := fn.Child(python.FieldParameters)
	first := params.FirstNamed()
	if first.Is(python.TypedParameter, python.TypedDefaultParameter) {
		switch t := first.Child(python.FieldType).Text(); t[strings.LastIndexByte(t, '.')+1:] {
		case "FastAPI", "Starlette", "FastMCP", "MCPServer", "Litestar", "Quart", "Sanic", "Application", "Robyn":
			return true
		}
		first = first.FirstNamed()
	}
	switch first.Text() {
	case "app", "_app", "application", "fastapi_app", "api":
		return true
	}
	return false
}

// skip is a yield, and what is skipped behind it when an exception is thrown in there.
type skip struct {
	yield   python.Node
	cleanup []python.Node
}

// skipped finds the cleanup behind each yield of a function that an exception thrown in at the yield skips.
func skipped(p *diagnostics.Pass, fn python.Node) []skip {
	thrown := func(s python.Step, _ python.Node) python.Exc {
		if s.Kind == python.StepEval && s.Node.Kind() == python.Yield {
			return python.Failure | python.Cancelled
		}
		return python.NoExc
	}
	type behind struct{ yield, node python.Node }
	var found []behind
	done := map[string]bool{} // what is also done elsewhere: before, by who catches the exception, in a finally
	whole := diagnostics.FollowRaising(p, fn, python.Node{}, thrown, func(s python.Step, yield python.Node) (python.Node, bool) {
		node := s.Node
		switch s.Kind {
		case python.StepEval:
			if node.Kind() == python.Yield {
				return node, true
			}
			if node.Kind() != python.Call {
				return yield, true
			}
		case python.StepBind, python.StepDelete:
		default:
			return yield, true
		}
		if yield.Valid() {
			found = append(found, behind{yield, node})
		} else {
			done[key(node)] = true
			if _, name := method(node); name == "callback" || name == "push_async_callback" { // of an exit stack
				if f := node.Child(python.FieldArguments).FirstNamed(); f.Valid() {
					done[key(f)] = true
				}
			}
		}
		return yield, true
	})
	if !whole {
		return nil
	}
	var all []skip
	for _, f := range found {
		if done[key(f.node)] || !f.node.Live() || !cleans(p, fn, f.yield, f.node) {
			continue
		}
		i := slices.IndexFunc(all, func(s skip) bool { return s.yield == f.yield })
		if i < 0 {
			i = len(all)
			all = append(all, skip{yield: f.yield})
		}
		if !slices.Contains(all[i].cleanup, f.node) {
			all[i].cleanup = append(all[i].cleanup, f.node)
		}
	}
	for _, s := range all {
		slices.SortFunc(s.cleanup, func(a, b python.Node) int { return a.Span().Start - b.Span().Start })
	}
	slices.SortFunc(all, func(a, b skip) int { return a.yield.Span().Start - b.yield.Span().Start })
	return all
}

// step is what a node does, as a message names it.
func step(n python.Node) string {
	if n.Kind() != python.Call {
		if stmt := n.Up(python.Assignment, python.AugmentedAssignment, python.DeleteStmt); stmt.Valid() {
			n = stmt
		}
	}
	return diagnostics.Short(n)
}

// key is equal for nodes that do the same.
func key(n python.Node) string {
	switch up := n.Parent(); {
	case n.Kind() == python.Call:
		if fn := closedInThread(n); fn.Valid() {
			return fn.Text()
		}
		n = n.Child(python.FieldFunction)
	case n.Is(python.Attribute, python.Subscript, python.Identifier) && up.Is(python.Assignment, python.AugmentedAssignment):
		n = up
	}
	return strings.Join(strings.Fields(n.Text()), "")
}

// closers are the words that names of functions begin with which give something back, whatever was done before.
var closers = map[string]bool{
	"close": true, "aclose": true, "disconnect": true, "adisconnect": true, "release": true, "arelease": true, "shutdown": true, "dispose": true,
	"stop": true, "astop": true, "terminate": true, "kill": true, "cancel": true, "cleanup": true, "teardown": true, "unlock": true,
	"unsubscribe": true, "unregister": true, "deregister": true, "unlink": true, "rmtree": true, "destroy": true, "uninstall": true,
	"detach": true, "logout": true, "__aexit__": true, "__exit__": true,
}

// undoes are the words that undo what a function of another name has done before.
var undoes = map[string][]string{
	"remove": {"add", "append", "insert", "create", "mkdir"}, "discard": {"add"}, "pop": {"append", "push", "setdefault", "add", "="},
	"popleft": {"append", "appendleft"}, "reset": {"set"}, "clear": {"set"}, "delete": {"create", "insert", "add"}, "del": {"="},
	"drop": {"create"}, "end": {"start", "begin"}, "finish": {"start", "begin"}, "leave": {"join", "enter"}, "exit": {"enter", "start"},
	"disable": {"enable"}, "enable": {"disable"}, "resume": {"pause"}, "quit": {"start", "launch"}, "rmdir": {"mkdir"}, "decr": {"incr"},
}

// cleans says whether a node behind a yield gives back, or undoes, what was there or was done before.
func cleans(p *diagnostics.Pass, fn, yield, n python.Node) bool {
	if exits(p, yield, n) {
		return false
	}
	if n.Kind() != python.Call {
		return restores(fn, yield, n)
	}
	if !effect(n) {
		return false
	}
	name := n.Child(python.FieldFunction)
	if closedInThread(n).Valid() {
		return true
	}
	object := python.Node{}
	if name.Kind() == python.Attribute {
		object, name = name.Child(python.FieldObject), name.Child(python.FieldAttribute)
	}
	if name.Kind() != python.Identifier || strings.HasSuffix(object.Text(), "cancel_scope") || strings.HasSuffix(name.Text(), "checkpoint") {
		return false
	}
	text := strings.TrimLeft(name.Text(), "_")
	if strings.HasPrefix(name.Text(), "__") {
		text = name.Text()
	}
	for _, whole := range []string{"clean_up", "tear_down", "shut_down", "wait_closed"} {
		if strings.HasPrefix(text, whole) {
			return true
		}
	}
	word, _, _ := strings.Cut(text, "_")
	if closers[text] || closers[word] {
		return true
	}
	before := undoes[word]
	if before == nil || !object.Valid() {
		return false
	}
	for c := range fn.Child(python.FieldBody).Walk {
		if c.Span().Start >= yield.Span().Start {
			break
		}
		switch c.Kind() {
		case python.Call:
			if o, m := method(c); o.Valid() && o.Text() == object.Text() {
				m, _, _ = strings.Cut(strings.TrimLeft(m, "_"), "_")
				if slices.Contains(before, m) {
					return true
				}
			}
		case python.Subscript:
			if slices.Contains(before, "=") && c.Field() == python.FieldLeft && c.Child(python.FieldValue).Text() == object.Text() {
				return true
			}
		}
	}
	return false
}

// inThread are the names of functions that run another one in a thread.
var inThread = map[string]bool{"to_thread": true, "run_sync": true, "run_in_executor": true, "run_in_threadpool": true}

// closedInThread is the function that gives something back, if that is what a call runs in a thread.
func closedInThread(call python.Node) python.Node {
	if inThread[diagnostics.LastName(call.Child(python.FieldFunction))] {
		for a := range call.Child(python.FieldArguments).Named {
			if a.Is(python.Attribute, python.Identifier) && closers[diagnostics.LastName(a)] {
				return a
			}
		}
	}
	return python.Node{}
}

// effect says whether a call is made for what it does, not for what it gives: it is a statement, awaited or not, or one of
// several that are awaited together.
func effect(call python.Node) bool {
	up := call.Parent()
	switch up.Kind() {
	case python.Await:
		return up.Parent().Kind() == python.ExprStmt
	case python.ArgumentList:
		switch diagnostics.LastName(up.Parent().Child(python.FieldFunction)) {
		case "gather", "wait_for", "shield":
			return true
		}
	}
	return up.Kind() == python.ExprStmt
}

// restores says whether an assignment or a del takes back what an assignment before the yield did.
func restores(fn, yield, n python.Node) bool {
	stmt := n.Up(python.Assignment, python.AugmentedAssignment, python.DeleteStmt)
	if !n.Is(python.Attribute, python.Subscript) {
		return false
	}
	for c := range fn.Child(python.FieldBody).Walk {
		if c.Span().Start >= yield.Span().Start {
			break
		}
		if !c.Is(python.Assignment, python.AugmentedAssignment) || c.Child(python.FieldLeft).Text() != n.Text() {
			continue
		}
		switch {
		case stmt.Kind() == python.DeleteStmt:
			return c.Kind() == python.Assignment
		case stmt.Kind() == python.AugmentedAssignment:
			opposite := map[string]string{"+=": "-=", "-=": "+="}
			return c.Kind() == python.AugmentedAssignment && opposite[operator(c)] == operator(stmt) && c.Child(python.FieldRight).Text() == stmt.Child(python.FieldRight).Text()
		case c.Kind() == python.Assignment:
			switch value := stmt.Child(python.FieldRight); value.Kind() {
			case python.None, python.False, python.True:
				return value.Kind() != c.Child(python.FieldRight).Kind()
			case python.Identifier: // old = self.x; self.x = new; yield; self.x = old
				b := value.Scope().Lookup(value.Text())
				return b != nil && len(b.Bindings) == 1 && b.Bindings[0].Value.Text() == n.Text() && b.Bindings[0].Node.Span().Start < yield.Span().Start
			}
		}
	}
	return false
}

func operator(n python.Node) string { return n.Child(python.FieldOperator).Text() }

// exits says whether a with statement around both a yield and what follows gives back the same when it is left.
func exits(p *diagnostics.Pass, yield, n python.Node) bool {
	object, _ := method(n)
	for root := object; root.Valid(); root = root.FirstNamed() {
		object = root
	}
	if object.Kind() != python.Identifier {
		return false
	}
	for w := n.Up(python.WithStmt, python.FunctionDef); w.Kind() == python.WithStmt; w = w.Up(python.WithStmt, python.FunctionDef) {
		if !yield.Inside(w) {
			continue
		}
		for e := range diagnostics.WithExpressions(w) {
			if e.Text() == object.Text() {
				return true
			}
		}
		l := object.Scope().Lookup(object.Text())
		if l == nil {
			continue
		}
		for _, b := range l.Bindings {
			if b.Kind == python.BindWith && b.Node.Inside(w) {
				return true
			}
			// What a task group or an exit stack has given.
			if o, _ := method(call(b.Value)); o.Kind() == python.Identifier {
				if l := o.Scope().Lookup(o.Text()); l != nil && slices.ContainsFunc(l.Bindings, func(b *python.Binding) bool { return b.Kind == python.BindWith && b.Node.Inside(w) }) {
					return true
				}
			}
		}
	}
	return false
}

// call is the call that gives the value of an expression, awaited or not; no node when it is none.
func call(n python.Node) python.Node {
	n = n.Unwrap()
	if n.Kind() == python.Await {
		n = n.FirstNamed().Unwrap()
	}
	if n.Kind() != python.Call {
		return python.Node{}
	}
	return n
}

// protect offers to put the yield, and what stands between it and the cleanup, into a try, and the cleanup into its finally.
func protect(r diagnostics.Reporter, s skip) {
	body := statement(s.yield)
	for body.Valid() && !s.cleanup[0].Inside(body.Parent()) {
		body = statement(body.Parent())
	}
	if !body.Valid() {
		return
	}
	var stmts []python.Node // from the one with the yield to the last one with something to clean up
	first := -1             // of those that clean up
	last := -1
	for stmt := body; stmt.Valid(); stmt = next(stmt) {
		stmts = append(stmts, stmt)
		if slices.ContainsFunc(s.cleanup, func(c python.Node) bool { return c.Inside(stmt) }) {
			last = len(stmts) - 1
			if first < 0 {
				first = last
			}
		} else if first >= 0 && last == len(stmts)-2 && slices.ContainsFunc(s.cleanup, func(c python.Node) bool { return waits(stmt, c) }) {
			last++
		}
	}
	if first <= 0 || slices.ContainsFunc(s.cleanup, func(c python.Node) bool { return !c.Inside(body.Parent()) || c.Inside(body) }) {
		return
	}
	stmts = stmts[:last+1]
	l, ok := linesOf(body, stmts[last])
	if !ok || carries(stmts[:first], stmts[first:]) {
		return
	}
	safe := true
	for _, stmt := range stmts[first:] {
		safe = safe && (slices.ContainsFunc(s.cleanup, func(c python.Node) bool { return c.Inside(stmt) || waits(stmt, c) }) || logs(stmt))
	}
	at, end := l.comments(stmts[first]), l.behind(stmts[last].Span().End)
	if at <= body.Span().End {
		at = l.start(stmts[first].Span().Start)
	}
	fix := diagnostics.Fix{Title: "Put the `yield` into a `try` with a `finally`", Safe: safe}
	if !(body.Kind() == python.TryStmt && first == 1 && !finally(body).Valid()) {
		fix.Edits = l.deeper(l.start(body.Span().Start), at, l.indent+"try:\n")
	}
	fix.Edits = append(fix.Edits, l.deeper(at, end, l.indent+"finally:\n")...)
	fix.Edits = l.whole(fix.Edits)
	r.Fix(fix)
}

// waits says whether a statement awaits what a call before it has cancelled or stopped.
func waits(stmt, cleanup python.Node) bool {
	object, _ := method(cleanup)
	for n := range stmt.Walk {
		if n.Kind() == python.Await && object.Valid() {
			for inner := range n.Walk {
				if inner.Kind() == object.Kind() && inner.Text() == object.Text() {
					return true
				}
			}
		}
	}
	return false
}

// finally is the finally clause of a try statement.
func finally(try python.Node) python.Node {
	for c := range try.Named {
		if c.Kind() == python.FinallyClause {
			return c
		}
	}
	return python.Node{}
}

// carries says whether some statements bind a name that later ones read.
func carries(from, to []python.Node) bool {
	bound := map[string]bool{}
	for _, s := range from {
		for n := range s.Walk {
			if b := n.Binding(); b != nil && b.Kind != python.BindDelete {
				bound[n.Text()] = true
			}
		}
	}
	for _, s := range to {
		for n := range s.Walk {
			if n.Kind() == python.Identifier && bound[n.Text()] && n.Binding() == nil && n.Field() != python.FieldAttribute {
				return true
			}
		}
	}
	return false
}

// logs says whether a statement only tells somebody what is going on.
func logs(stmt python.Node) bool {
	n := stmt.FirstNamed()
	if stmt.Kind() != python.ExprStmt || n.Kind() != python.Call {
		return false
	}
	object, name := method(n)
	switch name {
	case "debug", "info", "warning", "error", "exception", "log":
		return strings.Contains(strings.ToLower(object.Text()), "log")
	}
	return n.Child(python.FieldFunction).Text() == "print"
}
