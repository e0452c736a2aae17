package resources

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed async-resource-not-closed.md
var openDoc string

// Open reports a session, connection, pool or server that is open and that nobody closes, or not on each way.
var Open = &diagnostics.Rule{
	Code:     "AIO701",
	Name:     "async-resource-not-closed",
	Family:   "resources",
	Severity: diagnostics.Warning,
	Doc:      openDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if call.Function().Kind() != python.FunctionDef {
			return
		}
		switch call.Parent().Kind() {
		case python.ArgumentList, python.ReturnStmt, python.Attribute, python.Await, python.Paren, python.Assignment, python.NamedExpression,
			python.ExprStmt, python.BooleanOperator, python.ConditionalExpression:
		default:
			return
		}
		r, ok := opens(p, call)
		if !ok || expected(call) {
			return
		}
		h := r.holder(p)
		switch h.how {
		case dropped:
			p.Report(r.value, "nothing "+r.verb()+"s what `"+diagnostics.Short(r.call)+"` opens, "+why(r)+"; "+r.advice(p, "")).Severity(r.severity())
		case chained:
			p.Report(r.value, "nothing "+r.verb()+"s what `"+diagnostics.Short(r.call)+"` opens: only this expression refers to it, "+why(r)+"; "+r.advice(p, "")).Severity(r.severity())
		case local:
			r.local(p, h)
		case field:
			r.field(p, h)
		}
	},
}

// resource is something that a call opens.
type resource struct {
	call    python.Node
	value   python.Node // what gives it: the call, or what awaits it
	callee  diagnostics.Callee
	closers []string
	part    int // see shape.Facts
}

// opens says what a call opens, if that has to be closed.
func opens(p *diagnostics.Pass, call python.Node) (r resource, ok bool) {
	c, ok := p.Callee(call)
	if !ok || c.Facts.Opens == nil {
		return r, false
	}
	for _, name := range c.Facts.Borrows {
		if p.ArgumentOf(call, c, name).Valid() {
			return r, false
		}
	}
	r = resource{call: call, value: call, callee: c, closers: c.Facts.Opens, part: c.Facts.Part}
	awaited := false
	for up := call.Parent(); !awaited; up = up.Parent() {
		switch up.Kind() {
		case python.Paren:
			continue
		case python.Await:
			r.value, awaited = up, true
		case python.ArgumentList: // await asyncio.wait_for(connect(), 5)
			outer := up.Parent()
			o, ok := p.Callee(outer)
			if !ok || up.FirstNamed() != r.value {
				return r, r.open(p)
			}
			switch {
			case o.Name == "asyncio.wait_for" || o.Name == "asyncio.shield":
				r.value = outer
				up = outer
				continue
			case o.Name == "asyncio.run" || o.Name == "asyncio.Runner.run" || strings.HasSuffix(o.Name, ".run_until_complete"):
				r.value, awaited = outer, true
			}
			return r, awaited || r.open(p)
		default:
			return r, r.open(p)
		}
	}
	return r, true
}

// open says whether something is open already though nothing awaits the call.
func (r *resource) open(p *diagnostics.Pass) bool {
	if r.callee.Func.Decl.Async || r.part > 0 || r.value != r.call {
		return false
	}
	return p.Type(r.call).Every(func(a program.Atom) bool {
		_, ok := p.Program.Member(a, r.closers[0])
		return a.Kind == program.Instance && ok
	})
}

// severity is lower for what stays open without much harm: the threads of an executor end when they have nothing to do, and a server
// often lives as long as its program.
func (r *resource) severity() diagnostics.Severity {
	if strings.HasPrefix(r.callee.Name, "concurrent.futures.") || slices.Contains(r.closers, "serve_forever") || slices.Contains(r.closers, "dispose") {
		return diagnostics.Info
	}
	return diagnostics.Warning
}

// verb is what has to be done with the resource.
func (r *resource) verb() string {
	if r.closers[0] == "release" {
		return "release"
	}
	return "close"
}

func why(r resource) string {
	switch {
	case r.closers[0] == "release":
		return "and its pool has one connection less"
	case strings.HasPrefix(r.callee.Name, "concurrent.futures."):
		return "and its threads or processes wait for work until it is garbage-collected"
	case r.part > 0:
		return "and its connection stays open until it is garbage-collected"
	}
	return "and its connections stay open until it is garbage-collected, or longer"
}

// advice is what to do, in the form that the resource has.
func (r *resource) advice(p *diagnostics.Pass, name string) string {
	form := r.form(p)
	if form == "" {
		if name == "" {
			return "keep it, and call `" + r.closers[0] + "()` in a `finally`"
		}
		return "call `" + name + "." + r.closers[0] + "()` in a `finally`"
	}
	text := diagnostics.Short(r.call)
	if r.callee.Func.Decl.Async {
		text = "await " + text
	}
	if name == "" {
		return "use `" + form + " " + text + "`"
	}
	return "use `" + form + " " + text + " as " + name + "`"
}

// form is "with" or "async with", if that closes the resource where it can be used; else "".
func (r *resource) form(p *diagnostics.Pass) string {
	t := p.Type(r.call)
	if r.callee.Func.Decl.Async {
		t = p.Program.Await(t)
	}
	if r.part > 0 {
		return ""
	}
	has := func(name string) bool {
		return t.Every(func(a program.Atom) bool {
			_, ok := p.Program.Member(a, name)
			return a.Kind == program.Instance && ok
		})
	}
	switch {
	case has("__aenter__") && p.InCoroutine(r.call):
		return "async with"
	case has("__enter__"):
		return "with"
	}
	return ""
}

// fate is what becomes of what is opened.
type fate uint8

const (
	kept    fate = iota // or handed on, for all we know
	dropped             // a statement drops it
	chained             // only a method is called on it
	local               // a local name holds it
	field               // an attribute of self holds it
)

type holder struct {
	how         fate
	name        python.Node // what is bound: the identifier, or the attribute
	conditional bool        // it may be bound to something else, which somebody else closes
}

// holderOf says what becomes of what is opened, within its statement.
func (r *resource) holder(p *diagnostics.Pass) holder {
	h := holder{}
	n := r.value
	for up := n.Parent(); ; n, up = up, up.Parent() {
		switch up.Kind() {
		case python.Paren:
			continue
		case python.BooleanOperator, python.ConditionalExpression:
			h.conditional = true
			continue
		case python.ExprStmt:
			if !h.conditional {
				h.how = dropped
			}
		case python.Attribute:
			if call := up.Parent(); r.part == 0 && !h.conditional && up.Child(python.FieldObject) == n && up.Field() == python.FieldFunction && call.Kind() == python.Call && !slices.Contains(r.closers, up.Child(python.FieldAttribute).Text()) && !manages(up.Child(python.FieldAttribute).Text()) && !same(p.Type(r.value), p.Type(call)) {
				h.how = chained
			}
		case python.NamedExpression:
			h.bind(up.Child(python.FieldName))
		case python.Assignment:
			left := up.Child(python.FieldLeft)
			switch {
			case up.Parent().Kind() == python.Assignment || left.Kind() == python.Assignment:
			case r.part == 0:
				h.bind(left)
			case left.Is(python.PatternList, python.TuplePattern, python.ListPattern):
				i := 1
				for c := range left.Named {
					if c.Kind() == python.ListSplatPattern {
						break
					}
					if i == r.part {
						h.bind(c)
					}
					i++
				}
			}
		}
		return h
	}
}

func (h *holder) bind(name python.Node) {
	if object := name.Child(python.FieldObject); name.Kind() == python.Attribute && object.Kind() == python.Identifier && object.Value().Op == shape.Self {
		h.how, h.name = field, name
	}
	if b := name.Binding(); b != nil && b.Scope.Kind == python.FunctionScope && b.Scope.Node == name.Function() {
		h.how, h.name = local, name
	}
}

// manages says whether a method gives the object itself back, or hands it to somebody.
func manages(name string) bool {
	switch name {
	case "__aenter__", "__enter__", "start", "connect", "open", "initialize", "options", "execution_options",
		"get_database", "get_default_database", "pubsub", "pipeline": // and what they give refers to it
		return true
	}
	return false
}

// same says whether a value may be of the class of another one, as what a method gives that returns self.
func same(a, b program.Type) bool {
	for _, x := range a.Atoms() {
		for _, y := range b.Atoms() {
			if x.Class != nil && x.Class == y.Class {
				return true
			}
		}
	}
	return false
}

// way is what is known of a way through a function on which something may be open.
type way struct {
	open   bool
	thrown bool        // an exception was caught since it was opened
	out    python.Node // the return or raise that is about to leave the function
}

// local reports a resource in a local name that is open where the function ends, or where the name is bound again.
func (r *resource) local(p *diagnostics.Pass, h holder) {
	fn := r.call.Function()
	l := h.name.Scope().Lookup(h.name.Text())
	if l == nil || l.Scope.Node != fn || l.Captured {
		return
	}
	u := &uses{p: p, local: l, closers: r.closers, owner: fn}
	nested := conditionally(h.name, fn)
	if h.conditional {
		for n := range fn.Child(python.FieldBody).Walk { // who closes it only if it is its own says so by other means
			if u.is(n) && !n.Inside(statement(h.name)) && u.of(n) != harmless {
				return
			}
		}
	}
	raises := func(s python.Step, w way) python.Exc {
		if !w.open {
			return s.Raises()
		}
		switch {
		case cleaning(s.Node, fn) || s.Node.Kind() == python.Await && u.begins(s.Node.FirstNamed().Unwrap()):
			return python.NoExc
		case s.Kind == python.StepExit, s.Kind == python.StepEnter && (u.is(s.Manager()) || p.Scope(s.Manager()) != "" || strings.Contains(diagnostics.LastName(s.Manager().Child(python.FieldFunction)), "timeout")):
			return python.NoExc
		case s.Kind == python.StepEval && s.Node.Kind() == python.Call && (u.releases(s.Node) || !handled(s.Node, fn)):
			return python.NoExc
		}
		return s.Raises()
	}
	type end struct {
		out    python.Node
		thrown bool
	}
	var ends []end
	whole := diagnostics.FollowRaising(p, fn, way{}, raises, func(s python.Step, w way) (way, bool) {
		switch s.Kind {
		case python.StepBind:
			if s.Node == h.name {
				if w.open {
					ends = append(ends, end{s.Node, false})
				}
				return way{open: true}, true
			}
			if w.open && s.Node.Kind() == python.Identifier && u.is(s.Node) {
				ends = append(ends, end{s.Node, false})
				w.open = false
			}
		case python.StepRead:
			if w.open && u.is(s.Node) && u.of(s.Node) != harmless {
				return way{}, true
			}
		case python.StepEval:
			if w.open && s.Node.Kind() == python.Call && diagnostics.EndsProgram(s.Node) {
				return w, false
			}
		case python.StepTrue, python.StepFalse:
			if w.open {
				return u.condition(s, w, nested)
			}
		case python.StepCatch:
			w.thrown = w.open
		case python.StepReturn, python.StepRaise:
			if w.open && !(w.out.Kind() == python.RaiseStmt && !s.Node.FirstNamed().Valid()) {
				w.out = s.Node
			}
		case python.StepEnd:
			if w.open {
				ends = append(ends, end{w.out, s.Exc != python.NoExc && (w.thrown || w.out.Kind() != python.RaiseStmt)})
			}
		}
		return w, true
	})
	if len(ends) == 0 || !whole && !u.never(h.name) {
		return
	}
	name := h.name.Text()
	sure := slices.IndexFunc(ends, func(e end) bool { return !e.thrown })
	switch {
	case u.never(h.name):
		rep := p.Report(r.value, "nothing "+r.verb()+"s `"+name+"`, "+why(*r)+"; "+r.advice(p, name)).Severity(r.severity())
		r.fix(p, rep, h, u)
	case sure >= 0:
		rep := p.Report(r.value, "`"+name+"` is not "+r.verb()+"d on every way, "+why(*r)+"; "+r.advice(p, name)).Severity(r.severity())
		if ends[sure].out.Valid() {
			rep.Related(ends[sure].out, "it is open here")
		}
		r.fix(p, rep, h, u)
	default:
		rep := p.Report(r.value, "`"+name+"` is not "+r.verb()+"d when what is awaited before its `"+r.closers[0]+"()` fails or is cancelled; "+r.advice(p, name)).Severity(r.severity())
		if tests(fn) { // which fails then anyway
			rep.Severity(diagnostics.Info)
		}
		r.fix(p, rep, h, u)
	}
}

// conditionally says whether a node is reached only on some ways through its function.
func conditionally(n, fn python.Node) bool {
	return n.Up(python.IfStmt, python.CaseClause, python.ExceptClause, python.FunctionDef) != fn
}

// handled says whether a node is in a try with a clause for exceptions that tells which ones it expects, within its function.
func handled(n, fn python.Node) bool {
	for child, up := n, n.Parent(); up.Valid() && child != fn; child, up = up, up.Parent() {
		if up.Kind() == python.TryStmt && child.Field() == python.FieldBody {
			for c := range up.Named {
				if c.Is(python.ExceptClause, python.ExceptGroupClause) {
					switch diagnostics.CaughtBy(c).Text() {
					case "", "Exception", "BaseException":
					default:
						return true
					}
				}
			}
		}
	}
	return false
}

// cleaning says whether a node is in a finally or except clause of its function: what else goes wrong while an exception is on its
// way is not followed.
func cleaning(n, fn python.Node) bool {
	return n.Up(python.FinallyClause, python.ExceptClause, python.ExceptGroupClause, python.FunctionDef) != fn
}

// tests says whether a function is, or is part of, a test.
func tests(fn python.Node) bool {
	for ; fn.Valid(); fn = fn.Up(python.FunctionDef) {
		if strings.HasPrefix(fn.Child(python.FieldName).Text(), "test") {
			return true
		}
	}
	return false
}

// expected says whether the node stands in a block that expects it to fail or to warn.
func expected(n python.Node) bool {
	for w := n.Up(python.WithStmt, python.FunctionDef, python.Lambda); w.Kind() == python.WithStmt; w = w.Up(python.WithStmt, python.FunctionDef, python.Lambda) {
		for e := range diagnostics.WithExpressions(w) {
			switch name := strings.ToLower(diagnostics.LastName(e.Child(python.FieldFunction))); {
			case strings.HasSuffix(name, "raises"), strings.HasSuffix(name, "warns"), strings.HasPrefix(name, "assertwarns"), name == "catch_warnings":
				return true
			}
		}
	}
	return false
}

// field reports a resource in a private attribute that the whole file neither closes nor hands on.
func (r *resource) field(p *diagnostics.Pass, h holder) {
	name := h.name.Child(python.FieldAttribute).Text()
	if !strings.HasPrefix(name, "_") || r.call.Block().Class() == "" || derived(p, r.call.Block().Class()) {
		return
	}
	u := &uses{p: p, closers: r.closers, owner: r.call.Function()}
	for n := range p.Occurrences(name) {
		if n.Kind() == python.String || n.Field() != python.FieldAttribute || u.of(n.Parent()) != harmless {
			return
		}
	}
	for _, word := range []string{"close", "aclose", "stop", "shutdown", "disconnect", "__aexit__", "__exit__", "__del__", "cleanup", "teardown", "dispose"} {
		for n := range p.Occurrences(word) {
			if n.Parent().Kind() == python.FunctionDef && n.Field() == python.FieldName {
				return
			}
		}
	}
	p.Report(r.value, "nothing closes `"+h.name.Text()+"`, "+why(*r)+"; give the class a method that calls `"+r.closers[0]+"()`").Severity(diagnostics.Info)
}

// derived says whether a class of the file has bases, which may close what it has.
func derived(p *diagnostics.Pass, class string) bool {
	for n := range p.Occurrences(class) {
		if n.Parent().Kind() == python.ClassDef && n.Field() == python.FieldName && n.Parent().Child(python.FieldSuperclasses).FirstNamed().Valid() {
			return true
		}
	}
	return false
}
