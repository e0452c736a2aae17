package sync

import (
	_ "embed"
	"fmt"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed lock-self-deadlock.md
var deadlockDoc string

// Deadlock reports locks that a task waits for while it holds them.
var Deadlock = &diagnostics.Rule{
	Code:     "AIO506",
	Name:     "lock-self-deadlock",
	Family:   "sync",
	Severity: diagnostics.Error,
	Doc:      deadlockDoc,
	On:       []python.Kind{python.WithStmt, python.Call},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if n.Kind() == python.Call && (diagnostics.LastName(n.Child(python.FieldFunction)) != "acquire" || n.Parent().Kind() != python.Await) || !p.InCoroutine(n) {
			return
		}
		if inTest(n) {
			return
		}
		for taken := range takes(n) {
			if n.Kind() == python.Call {
				if _, handed := (&lease{fn: n.Function(), lock: compact(taken)}).uses(); handed {
					continue
				}
			}
			d := deadlock{p: p, fn: n.Function(), take: n}
			if d.lock = d.exclusive(taken); d.lock.kind == noPlace {
				continue
			}
			d.text, d.defs, d.alone = diagnostics.OneLine(taken), map[string][]python.Node{}, !d.elsewhere()
			d.look(n, taken)
		}
	},
}

// takes calls yield for each expression whose lock a node may take: what an async with statement enters, or what acquire is
// called on.
func takes(n python.Node) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		switch {
		case n.Kind() == python.Call:
			yield(n.Child(python.FieldFunction).Child(python.FieldObject))
		case n.IsAsync():
			for e := range diagnostics.WithExpressions(n) {
				if e.Is(python.Attribute, python.Identifier, python.Subscript) && !yield(e) {
					return
				}
			}
		}
	}
}

// deadlock is the search for a lock that is taken again.
type deadlock struct {
	p       *diagnostics.Pass
	fn      python.Node
	take    python.Node
	lock    place
	library string // whose lock it is
	text    string
	defs    map[string][]python.Node // see definitions
	alone   bool                     // nobody else takes the lock
}

// exclusive is the place of a lock that only one can hold at a time, and that is no place otherwise.
func (d *deadlock) exclusive(e python.Node) place {
	x := placeOf(d.fn, e)
	if x.kind == noPlace {
		if l := e.Scope().Lookup(e.Text()); e.Kind() == python.Identifier && l != nil && l.Scope.Node == d.fn && len(l.Bindings) == 1 {
			x = place{kind: captured, root: e.Text(), local: l, text: e.Text()} // of this function alone
		} else {
			return place{}
		}
	}
	if strings.Contains(x.text, "[") && !x.fixed(d.fn) {
		return place{} // another key may be meant
	}
	t := primitiveOf(d.p, d.p.Type(e))
	d.library, _, _ = strings.Cut(t.name, ".")
	switch {
	case t.threads:
		return place{}
	case t.role == lock, t.role == condition:
		return x
	case t.role == semaphore && d.one(x):
		return x
	}
	return place{}
}

// fixed says whether the keys of a place are constants.
func (x place) fixed(fn python.Node) bool {
	for rest := x.text; ; {
		i := strings.IndexByte(rest, '[')
		if i < 0 {
			return true
		}
		var key string
		if key, rest = cutKey(rest[i:]); !constantKey(key) {
			return false
		}
	}
}

// one says whether a semaphore is seen to be made for one only.
func (d *deadlock) one(x place) bool {
	found := false
	for n := range x.names(d.p) {
		if n.Field() != python.FieldLeft || n.Parent().Kind() != python.Assignment {
			continue
		}
		call := n.Parent().Child(python.FieldRight)
		if call.Kind() != python.Call || found || compact(n) != x.text {
			return false
		}
		args := compact(call.Child(python.FieldArguments))
		if args != "()" && args != "(1)" && args != "(value=1)" || !strings.HasSuffix(diagnostics.LastName(call.Child(python.FieldFunction)), "Semaphore") {
			return false
		}
		found = true
	}
	return found
}

// look reports what takes the lock again while a node holds it.
func (d *deadlock) look(n, taken python.Node) {
	raises := func(s python.Step, _ bool) python.Exc {
		if s.Kind == python.StepExit && s.Manager() == taken || s.Kind == python.StepEval && s.Node.Kind() == python.Call && d.method(d.fn, s.Node, "release") {
			return python.NoExc
		}
		return s.Raises()
	}
	diagnostics.FollowRaising(d.p, d.fn, false, raises, func(s python.Step, held bool) (bool, bool) {
		switch s.Kind {
		case python.StepEnter:
			if s.Manager() == taken {
				return true, true
			}
			if held && d.same(d.fn, s.Manager()) {
				d.again(s.Manager())
				return held, false
			}
			if held {
				d.through(s.Manager(), s.Manager())
			}
		case python.StepExit:
			if s.Manager() == taken {
				return false, true
			}
		case python.StepEval:
			switch {
			case s.Node.Kind() == python.Await && s.Node == n.Parent():
				return true, true
			case s.Node.Kind() == python.Call && d.method(d.fn, s.Node, "release"):
				return false, true
			case held && s.Node.Kind() == python.Await:
				if call := s.Node.FirstNamed(); call.Kind() == python.Call && d.method(d.fn, call, "acquire") {
					d.again(call)
					return held, false
				}
				d.awaited(s.Node)
			}
		case python.StepNext:
			if held && s.Suspends() {
				d.through(s.Node.Child(python.FieldRight), s.Node.Child(python.FieldRight))
			}
		}
		return held, true
	})
}

// same says whether an expression in a function of the file is the lock.
func (d *deadlock) same(fn, e python.Node) bool {
	x := placeOf(fn, e.Unwrap())
	if d.lock.kind == captured {
		return e.Kind() == python.Identifier && e.Text() == d.lock.root && e.Scope().Lookup(e.Text()) == d.lock.local
	}
	if x.kind == onSelf && d.lock.kind == onSelf { // self may be called otherwise there
		_, a, _ := strings.Cut(x.text, ".")
		_, b, _ := strings.Cut(d.lock.text, ".")
		return a == b
	}
	return x == d.lock
}

// method says whether a call is one of a method of the lock.
func (d *deadlock) method(fn, call python.Node, name string) bool {
	f := call.Child(python.FieldFunction)
	return f.Kind() == python.Attribute && f.Child(python.FieldAttribute).Text() == name && d.same(fn, f.Child(python.FieldObject))
}

// harm is what happens.
func (d *deadlock) harm() string {
	if d.library == "asyncio" {
		return "waits for ever"
	}
	return "raises `RuntimeError`"
}

// again reports a place that takes the lock itself.
func (d *deadlock) again(n python.Node) {
	if !n.Live() {
		return
	}
	d.p.Report(n, "`"+d.text+"` is held here already, and is not reentrant: the task "+d.harm()).Related(d.take, "it is taken here")
}

// awaited looks into what an await waits for: a call, or those that gather, wait_for and the like are given.
func (d *deadlock) awaited(await python.Node) {
	call := await.FirstNamed().Unwrap()
	if call.Kind() != python.Call {
		return
	}
	switch diagnostics.LastName(call.Child(python.FieldFunction)) {
	case "gather", "wait_for", "shield":
		for a := range call.Child(python.FieldArguments).Named {
			if a.Kind() == python.Call {
				d.through(a, a)
			}
		}
		return
	}
	d.through(call, call)
}

// hop is a call on the way to where the lock is taken again.
type hop struct{ fn, at python.Node }

// through reports a call of a function that takes the lock, or calls who does.
func (d *deadlock) through(call, at python.Node) {
	if call.Kind() != python.Call || d.alone && diagnostics.LastName(call.Child(python.FieldFunction)) != d.fn.Child(python.FieldName).Text() {
		return
	}
	way, sure := d.leads(call, map[python.Node]bool{}, 0)
	if way == nil || !call.Live() {
		return
	}
	last := way[len(way)-1]
	count := ""
	if len(way) > 1 {
		count = fmt.Sprintf(", %d calls down", len(way))
	}
	r := d.p.Report(call.Child(python.FieldFunction), "`"+diagnostics.OneLine(call.Child(python.FieldFunction))+"()` takes `"+d.text+"`"+count+", which is held here already and is not reentrant: the task "+d.harm())
	r.Related(d.take, "it is taken here")
	for i, s := range way {
		name := "`" + s.fn.Child(python.FieldName).Text() + "`"
		if s == last {
			r.Related(s.at, name+" takes it here")
		} else {
			r.Related(s.at, name+" calls `"+way[i+1].fn.Child(python.FieldName).Text()+"`")
		}
	}
	if !sure {
		r.Severity(diagnostics.Warning)
	}
}

// maxCalls is how many calls down is looked for a lock that is taken again.
const maxCalls = 6

// leads is the way from a call in a function to where the lock is taken; nil when there is none. sure is false when that hangs
// on a condition.
func (d *deadlock) leads(call python.Node, seen map[python.Node]bool, depth int) (way []hop, sure bool) {
	for _, fn := range d.callees(call) {
		if seen[fn] || depth >= maxCalls || !fn.IsAsync() {
			continue
		}
		seen[fn] = true
		for n := range fn.Child(python.FieldBody).Walk {
			if n.Function() != fn {
				continue
			}
			var at python.Node
			switch n.Kind() {
			case python.WithStmt, python.Call:
				if n.Kind() == python.Call && (n.Parent().Kind() != python.Await || diagnostics.LastName(n.Child(python.FieldFunction)) != "acquire") {
					break
				}
				for e := range takes(n) {
					if d.same(fn, e) {
						at = e
					}
				}
			}
			if at.Valid() {
				clear, may := unconditional(n, fn)
				if may {
					return []hop{{fn, at}}, clear
				}
				continue
			}
			var inner []python.Node
			switch {
			case n.Kind() == python.Await:
				if c := n.FirstNamed().Unwrap(); c.Kind() == python.Call {
					inner = append(inner, c)
					switch diagnostics.LastName(c.Child(python.FieldFunction)) {
					case "gather", "wait_for", "shield":
						for a := range c.Child(python.FieldArguments).Named {
							inner = append(inner, a)
						}
					}
				}
			case n.Kind() == python.WithStmt && n.IsAsync():
				for e := range diagnostics.WithExpressions(n) {
					inner = append(inner, e)
				}
			}
			for _, c := range inner {
				if c.Kind() != python.Call {
					continue
				}
				rest, ok := d.leads(c, seen, depth+1)
				if rest == nil {
					continue
				}
				clear, may := unconditional(n, fn)
				if may {
					return append([]hop{{fn, c.Child(python.FieldFunction)}}, rest...), clear && ok
				}
			}
		}
	}
	return nil, false
}

// unconditional says whether a node of a function is evaluated whatever the function is called with and however things are (clear), and
// whether it may be although the lock is held (may): not when its arguments, or a look at the lock, decide.
func unconditional(n, fn python.Node) (clear, may bool) {
	clear, may = true, true
	child := n
	for up := n.Parent(); up.Valid() && up != fn; child, up = up, up.Parent() {
		switch up.Kind() {
		case python.IfStmt, python.ElifClause, python.WhileStmt, python.ConditionalExpression, python.MatchStmt, python.BooleanOperator:
			cond := up.Child(python.FieldCondition)
			if cond == child {
				continue
			}
			if !cond.Valid() {
				cond = up
			}
			clear = false
			if decides(cond, fn) {
				may = false
			}
		case python.ElseClause:
			if up.Parent().Kind() == python.IfStmt {
				clear = false
				if decides(up.Parent().Child(python.FieldCondition), fn) {
					may = false
				}
			}
		case python.ExceptClause:
			clear = false
		case python.BlockStmt:
			// Those who leave before.
			for s := range up.Named {
				if s == child {
					break
				}
				if s.Kind() == python.IfStmt && leavesEarly(s) {
					clear = false
					if decides(s.Child(python.FieldCondition), fn) {
						may = false
					}
				}
			}
		}
	}
	return clear, may
}

// leavesEarly says whether a statement may leave the function.
func leavesEarly(stmt python.Node) bool {
	for n := range stmt.Walk {
		if n.Is(python.ReturnStmt, python.RaiseStmt) {
			return true
		}
	}
	return false
}

// decides says whether a condition hangs on an argument of the function, or looks at who holds a lock.
func decides(cond, fn python.Node) bool {
	for n := range cond.Walk {
		if n.Kind() != python.Identifier {
			continue
		}
		if n.Field() == python.FieldAttribute {
			if lockish(n.Text()) || n.Text() == "owner" {
				return true
			}
			continue
		}
		l := n.Scope().Lookup(n.Text())
		if l == nil || l.Scope.Node != fn {
			continue
		}
		for _, b := range l.Bindings {
			if b.Kind == python.BindParam && n.Value().Op != shape.Self && n.Value().Op != shape.Cls {
				return true
			}
		}
	}
	return false
}

// callees are the functions of the file that a call in one of them certainly runs, on the same self where the lock is an attribute of
// self.
func (d *deadlock) callees(call python.Node) []python.Node {
	f := call.Child(python.FieldFunction)
	name := diagnostics.LastName(f)
	method, class := false, ""
	switch f.Kind() {
	case python.Attribute:
		object := f.Child(python.FieldObject)
		if v := object.Value(); object.Kind() != python.Identifier || v.Op != shape.Self && v.Op != shape.Cls {
			return nil
		}
		method, class = true, classOf(call)
	case python.Identifier:
		if d.lock.kind == onSelf && f.Scope().Lookup(name) == nil {
			return nil // a function of the module has another self
		}
	default:
		return nil
	}
	var found, inherited []python.Node
	for _, fn := range d.definitions(name) {
		switch {
		case method && fn.Scope().Kind == python.ClassScope:
			if classOf(fn) == class {
				found = append(found, fn)
			} else {
				inherited = append(inherited, fn)
			}
		case !method && sameScope(f.Scope().Lookup(name), fn.Scope()) && fn.Scope().Kind != python.ClassScope:
			found = append(found, fn)
		}
	}
	if len(found) == 0 && method && call.Block() == d.p.Block {
		// A base of the class, in this file.
		if c, ok := d.p.Callee(call); ok && c.Func != nil && c.Func.Class != nil {
			for _, fn := range inherited {
				if classOf(fn) == c.Func.Class.Decl.Name && d.own(c.Func) {
					found = append(found, fn)
				}
			}
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found
}

// definitions are the functions of the file that have a name.
func (d *deadlock) definitions(name string) []python.Node {
	if known, ok := d.defs[name]; ok {
		return known
	}
	var found []python.Node
	for fn := range d.p.Definitions(name) {
		if fn.Parent().Kind() != python.DecoratedDef || transparent(fn) {
			found = append(found, fn)
		}
	}
	d.defs[name] = found
	return found
}

// elsewhere says whether the lock is taken in another place of the file, too: only then it is worth a search.
func (d *deadlock) elsewhere() bool {
	for n := range d.lock.names(d.p) {
		if n.Inside(d.take) || !n.Function().Valid() {
			continue
		}
		for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.ExprStmt); up = up.Parent() {
			if up.Kind() == python.WithStmt || up.Kind() == python.Await {
				return true
			}
		}
	}
	return false
}

// own says whether a function is one of the file.
func (d *deadlock) own(f *program.Func) bool { return f.Module == d.p.Module }

// transparent says whether the decorators of a function leave what it does as it is.
func transparent(fn python.Node) bool {
	for d := range python.Decorators(fn) {
		switch strings.TrimPrefix(d.Text(), "contextlib.") {
		case "asynccontextmanager", "override", "typing.override", "classmethod", "staticmethod", "final", "abstractmethod":
		default:
			return false
		}
	}
	return true
}
