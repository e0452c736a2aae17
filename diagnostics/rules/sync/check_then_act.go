package sync

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed check-then-act-across-await.md
var checkThenActDoc string

// CheckThenAct reports shared state that is looked at, and set after an await because it was not there.
var CheckThenAct = &diagnostics.Rule{
	Code:     "AIO504",
	Name:     "check-then-act-across-await",
	Family:   "sync",
	Severity: diagnostics.Warning,
	Doc:      checkThenActDoc,
	On:       []python.Kind{python.Assignment, python.AugmentedAssignment},
	Check: func(p *diagnostics.Pass, write python.Node) {
		if !p.InCoroutine(write) {
			return
		}
		fn, target, right := write.Function(), write.Child(python.FieldLeft), write.Child(python.FieldRight)
		if !target.Is(python.Attribute, python.Subscript, python.Identifier) || !right.Valid() || !shareable(fn, target) || !waits(p, fn) {
			return
		}
		c := check{fn: fn, write: write, place: placeOf(fn, target)}
		if c.place.kind == noPlace {
			return
		}
		if c.by = c.changes(right); c.by.Valid() {
			if !c.compared() {
				return
			}
		} else if write.Kind() == python.AugmentedAssignment || !c.creates(right) || !c.tested() {
			return
		}
		test, wait := c.unguarded(p)
		if !wait.Valid() || serialised(p, fn) {
			return
		}
		if c.by.Valid() {
			severity := severityOf(p, fn, c.place)
			if (transient(p, fn) || c.by.Kind() == python.IntLit) && runs(p, fn) != several {
				severity = diagnostics.Info // it may count what this task has done
			}
			r := p.Report(target, "other tasks may have changed `"+diagnostics.OneLine(target)+"` since it was compared, while this one awaited; compare it again, or hold "+diagnostics.Indefinite(p.Library()+".Lock")+" from the check on")
			r.Related(test, "it is compared here").Related(wait, "others run here").Severity(severity)
			guard(p, r, c.place, test, write)
			return
		}
		severity := severityOf(p, fn, c.place)
		if severity == diagnostics.Warning && (!c.hands() && !c.matters() || c.fetches() || transient(p, fn)) && runs(p, fn) != several {
			severity = diagnostics.Info
		}
		what, harm := "missing", "it is made twice, and one is lost"
		if right.Unwrap().Kind() == python.True {
			what, harm = "false", "the work is done twice"
		}
		r := p.Report(target, "another task may find `"+diagnostics.OneLine(target)+"` "+what+", too, while this one awaits: "+harm+"; hold "+diagnostics.Indefinite(p.Library()+".Lock")+" from the check on")
		r.Related(test, "it is looked at here").Related(wait, "others run here").Severity(severity)
		guard(p, r, c.place, test, write)
	},
}

// check is a write of something that was found missing.
type check struct {
	fn, write python.Node
	place     place
	by        python.Node     // what is added or taken away, where that is what the check was about
	aliases   map[string]bool // locals that hold what was read
	claims    map[string]bool // the roots of the places that conditions look at
}

// changes is what the write adds to what the place holds then, or takes away; no node when it does something else.
func (c *check) changes(right python.Node) python.Node {
	by := right
	if c.write.Kind() == python.Assignment {
		right = right.Unwrap()
		if right.Kind() != python.BinaryOperator || !c.place.reads(c.fn, right.Child(python.FieldLeft)) {
			return python.Node{}
		}
		by = right.Child(python.FieldRight)
	}
	if suspends(right).Valid() {
		return python.Node{}
	}
	return by
}

// compared says whether an if statement of the function compares the place with a bound that what is added or taken away has to do with.
func (c *check) compared() bool {
	for n := range c.fn.Child(python.FieldBody).Walk {
		if n.Is(python.IfStmt, python.ElifClause) && n.Function() == c.fn {
			for cond := range n.Child(python.FieldCondition).Walk {
				if c.bounds(cond) {
					return true
				}
			}
		}
	}
	return false
}

// bounds says whether a condition compares what the place holds with a bound: one that is or has the amount that is added or taken away, or any, where that
// is a number.
func (c *check) bounds(cond python.Node) bool {
	if cond.Kind() != python.ComparisonOperator {
		return false
	}
	ordered, read := false, false
	for n := range cond.Children {
		switch {
		case n.Kind() == python.Token:
			ordered = ordered || strings.ContainsAny(n.Text(), "<>")
		case c.place.reads(c.fn, n.Unwrap()):
			read = true
		}
	}
	if !ordered || !read {
		return false
	}
	for up := cond.Parent(); up.Valid(); up = up.Parent() {
		if up.Kind() == python.WhileStmt {
			return false // it counts how far it has come
		}
		if !up.Is(python.Paren, python.BooleanOperator, python.NotOperator) {
			break
		}
	}
	return c.by.Is(python.IntLit, python.FloatLit) || strings.Contains(compact(cond), compact(c.by))
}

// tested says whether a condition of the function looks at the place, and notes what else conditions look at.
func (c *check) tested() bool {
	found := false
	c.claims = map[string]bool{}
	c.aliases = map[string]bool{}
	for n := range c.fn.Child(python.FieldBody).Walk {
		if n.Function() != c.fn {
			continue
		}
		switch n.Kind() {
		case python.IfStmt, python.ElifClause, python.WhileStmt, python.ConditionalExpression, python.BooleanOperator, python.AssertStmt, python.NotOperator, python.ComparisonOperator:
			cond := n.Child(python.FieldCondition)
			if !cond.Valid() {
				cond = n
			}
			for x := range cond.Walk {
				if !x.Is(python.Attribute, python.Identifier) {
					found = found || x.Kind() == python.String && strings.Trim(x.Text(), `"'`) == c.place.root // hasattr
					continue
				}
				at := placeOf(c.fn, x)
				if at.kind != noPlace {
					c.claims[at.root] = true
					found = found || at.root == c.place.root && at.kind == c.place.kind
				}
			}
		case python.Assignment, python.NamedExpression:
			name, value := n.Child(python.FieldLeft), n.Child(python.FieldRight)
			if n.Kind() == python.NamedExpression {
				name, value = n.Child(python.FieldName), n.Child(python.FieldValue)
			}
			if name.Kind() == python.Identifier && value.Valid() && c.place.reads(c.fn, value.Unwrap()) {
				c.aliases[name.Text()] = true
				found = true
			}
		case python.TryStmt:
			found = found || c.missedBy(n)
		}
	}
	return found
}

// missedBy says whether a try statement reads the place and catches that it is not there.
func (c *check) missedBy(try python.Node) bool {
	caught := false
	for h := range try.Named {
		caught = caught || h.Kind() == python.ExceptClause && missing(h)
	}
	return caught && c.place.readIn(c.fn, try.Child(python.FieldBody))
}

// missing says whether an except clause catches what reading raises for something that is not there.
func missing(clause python.Node) bool {
	of := diagnostics.CaughtBy(clause)
	return of.Valid() && (strings.Contains(of.Text(), "KeyError") || strings.Contains(of.Text(), "AttributeError"))
}

// creates says whether a value that is written after an await is what the await was for: what it gave, or that it is done. An item that was
// missing is always what all the work was for.
func (c *check) creates(right python.Node) bool {
	right = right.Unwrap()
	if c.write.Child(python.FieldLeft).Kind() == python.Subscript {
		return !right.Is(python.None, python.False)
	}
	switch right.Kind() {
	case python.None, python.False:
		return false
	case python.True:
		name := strings.ToLower(c.place.text)
		for _, word := range []string{"initialized", "initialised", "inited", "ready", "loaded", "setup", "set_up", "configured", "registered", "prepared", "migrated", "connected", "started"} {
			if strings.Contains(name, word) {
				return true
			}
		}
		return false
	case python.Identifier:
		l := right.Scope().Lookup(right.Text())
		if l == nil || l.Scope.Node != c.fn {
			return false
		}
		for _, b := range l.Bindings {
			if b.Value.Valid() && (suspends(b.Value).Valid() || b.Kind == python.BindWith && b.Async || c.prepared(b)) {
				return true
			}
		}
		return false
	}
	if suspends(right).Valid() {
		return true
	}
	for n := range right.Walk {
		if n.Kind() == python.Identifier && n != right && n.Field() != python.FieldAttribute && c.creates(n) {
			return true
		}
	}
	return false
}

// prepared says whether what a name is bound to is made there, and a method of it awaited before it is written: "await client.connect()".
func (c *check) prepared(b *python.Binding) bool {
	if b.Kind != python.BindAssign || len(b.Path) > 0 || b.Node.Kind() != python.Identifier || b.Value.Unwrap().Kind() != python.Call {
		return false
	}
	for n := range c.fn.Child(python.FieldBody).Walk {
		if n.Kind() != python.Await || n.Function() != c.fn || n.Span().Start < b.Node.Span().End || n.Span().End > c.write.Span().Start {
			continue
		}
		f := n.FirstNamed().Unwrap().Child(python.FieldFunction)
		if f.Kind() == python.Attribute && f.Child(python.FieldObject).Text() == b.Node.Text() {
			return true
		}
	}
	return false
}

// absent says what a condition tells about the place: whether it is about the place at all, and whether that is missing.
func (c *check) absent(cond python.Node, truth bool) (about, absent bool) {
	cond = cond.Unwrap()
	if c.by.Valid() {
		return c.mentions(cond), c.bounds(cond)
	}
	switch cond.Kind() {
	case python.NamedExpression:
		return c.absent(cond.Child(python.FieldName), truth)
	case python.ComparisonOperator:
		var operands []python.Node
		op := ""
		for n := range cond.Children {
			if n.Kind() == python.Token {
				op = strings.TrimSpace(op + " " + n.Text())
			} else if n.Kind() != python.Comment {
				operands = append(operands, n)
			}
		}
		if len(operands) != 2 {
			return c.mentions(cond), false
		}
		left, right := operands[0].Unwrap(), operands[1].Unwrap()
		if left.Kind() == python.NamedExpression {
			left = left.Child(python.FieldName)
		}
		switch op {
		case "is", "==", "is not", "!=":
			if right.Kind() == python.None && c.is(left) {
				return true, truth == (op == "is" || op == "==")
			}
		case "in", "not in":
			if x := placeOf(c.fn, right); x.kind != noPlace && x.item(left) == c.place {
				return true, truth == (op == "not in")
			}
		}
		return c.mentions(cond), false
	case python.Call:
		fn, args := cond.Child(python.FieldFunction), cond.Child(python.FieldArguments)
		if fn.Text() == "hasattr" {
			var given []string
			for a := range args.Named {
				given = append(given, strings.Trim(a.Text(), `"'`))
			}
			if strings.Join(given, ".") == c.place.text {
				return true, !truth
			}
		}
	}
	if c.is(cond) {
		return true, !truth
	}
	return c.mentions(cond), c.useless(cond, truth)
}

// useless says whether a condition tells that what the place holds is of no use any more: it is closed, or not connected.
func (c *check) useless(cond python.Node, truth bool) bool {
	if cond.Kind() == python.Call {
		cond = cond.Child(python.FieldFunction)
	}
	if cond.Kind() != python.Attribute || !c.is(cond.Child(python.FieldObject)) {
		return false
	}
	name := cond.Child(python.FieldAttribute).Text()
	for _, word := range []string{"clos", "expire", "done", "dead", "stale", "stopp"} {
		if strings.Contains(name, word) {
			return truth
		}
	}
	for _, word := range []string{"connected", "alive", "open", "valid", "running", "ready"} {
		if strings.Contains(name, word) {
			return !truth
		}
	}
	return false
}

// is says whether an expression gives what the place holds.
func (c *check) is(n python.Node) bool {
	return n.Kind() == python.Identifier && c.aliases[n.Text()] || c.place.reads(c.fn, n)
}

// readAnew says whether a local is bound to what the place holds now.
func (c *check) readAnew(name python.Node) bool {
	b := name.Binding()
	return b != nil && b.Value.Valid() && c.place.reads(c.fn, b.Value.Unwrap())
}

// mentions says whether an expression reads the place, or what it is an item or attribute of.
func (c *check) mentions(n python.Node) bool {
	for x := range n.Walk {
		if !x.Is(python.Attribute, python.Identifier) {
			continue
		}
		if at := placeOf(c.fn, x); at.kind == c.place.kind && at.kind != noPlace && at.root == c.place.root {
			return true
		}
	}
	return false
}

// stage is how far a way has come.
type stage uint8

const (
	unchecked stage = iota
	absent          // the place was found missing
	waited          // and others have run since
)

type checkState struct {
	held  guarded
	stage stage
	side  python.StepKind // what the condition was: StepTrue or StepFalse
}

// unguarded is where the place is looked at and where others run between that and the write, on some way; no nodes when there is
// none.
func (c *check) unguarded(p *diagnostics.Pass) (test, wait python.Node) {
	var tested, waitedAt python.Node
	anyway := false
	var side python.StepKind
	target := c.write.Child(python.FieldLeft)
	raises := func(s python.Step, _ checkState) python.Exc {
		if s.Kind == python.StepRead && c.place.reads(c.fn, s.Node) {
			return python.Failure // KeyError
		}
		return released(p, s)
	}
	diagnostics.FollowRaising(p, c.fn, checkState{}, raises, func(s python.Step, k checkState) (checkState, bool) {
		switch s.Kind {
		case python.StepTrue, python.StepFalse:
			if about, missing := c.absent(s.Node, s.Kind == python.StepTrue); about {
				switch {
				case missing && s.Node.Parent().Kind() == python.AssertStmt: // what the caller has to see to
				case missing && (k.stage == unchecked || !c.byAlias(s.Node)):
					k.stage, k.side, tested = absent, s.Kind, s.Node
				case !missing && (k.stage != waited || !c.byAlias(s.Node)):
					k.stage = unchecked
				}
			}
		case python.StepCatch:
			if try := s.Node.Parent(); missing(s.Node) && c.missedBy(try) {
				k.stage, tested = absent, s.Node
			}
		case python.StepBind:
			if s.Node == target {
				switch k.stage {
				case waited:
					test, wait = tested, waitedAt
					anyway = anyway || c.by.Valid() && side != 0 && side != k.side
					side = k.side
				case unchecked: // it is written whether it is there or not
					anyway = true
				}
				k.stage = unchecked
				return k, true
			}
			x := placeOf(c.fn, s.Node)
			switch {
			case s.Node.Kind() == python.Identifier && c.aliases[s.Node.Text()] && c.readAnew(s.Node):
				k.stage = unchecked
			case s.Node.Kind() == python.Identifier && c.place.mentions(s.Node.Text()): // another key
				k.stage = unchecked
			case x.kind == c.place.kind && x.root == c.place.root && (strings.HasPrefix(c.place.text, x.text) || strings.HasPrefix(x.text, c.place.text)):
				k.stage = unchecked // who writes it before the await is first
			case x.kind != noPlace && c.claims[x.root] && k.stage == absent:
				k.stage = unchecked // a flag that keeps others out
			}
		case python.StepEval:
			if k.stage == absent && s.Node.Kind() == python.Call && c.claimed(s.Node) {
				k.stage = unchecked
			}
		}
		var others bool
		k.held, others = k.held.step(p, s)
		switch {
		case k.stage != absent || !others:
		case joins(c.fn, s):
			k.stage = unchecked
		default:
			k.stage, waitedAt = waited, s.Node
		}
		return k, true
	})
	if anyway {
		return python.Node{}, python.Node{}
	}
	return test, wait
}

// hands says whether the function is there to give, or to make sure of, what the place holds: those who need it call it, at any
// time.
func (c *check) hands() bool {
	name := strings.Trim(strings.ToLower(c.fn.Child(python.FieldName).Text()), "_")
	for _, prefix := range []string{"get", "ensure", "load", "fetch", "obtain", "acquire", "lookup", "resolve", "require", "create_if", "make_sure"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	right := c.write.Child(python.FieldRight).Unwrap()
	for n := range c.fn.Child(python.FieldBody).Walk {
		if n.Kind() != python.ReturnStmt || n.Function() != c.fn {
			continue
		}
		v := n.FirstNamed()
		if v.Valid() && (c.is(v) || right.Kind() == python.Identifier && v.Text() == right.Text()) {
			return true
		}
	}
	return false
}

// matters says whether what is made is by its name something that two must not make, in a function that is not there to poll: a connection, an item
// under a key, or all that a flag stands for.
func (c *check) matters() bool {
	name := strings.ToLower(c.fn.Child(python.FieldName).Text())
	for _, word := range []string{"update", "refresh", "poll", "login", "sign_in", "authorize"} {
		if strings.Contains(name, word) {
			return false
		}
	}
	switch target := c.write.Child(python.FieldLeft); {
	case c.write.Child(python.FieldRight).Unwrap().Kind() == python.True:
		return true
	case target.Kind() == python.Subscript:
		return !constantKey(compact(target.Child(python.FieldSubscript)))
	}
	return isResource(c.place.root)
}

// isResource says whether a name is by its words that of something that has to be closed, or is expensive to make.
func isResource(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"session", "client", "conn", "socket", "websocket", "token", "pool", "engine", "producer", "consumer", "browser", "driver", "process", "server", "storage", "database", "redis", "channel"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// fetches says whether what is stored is by its names only data that is got anew: to get it twice does no harm but the time it takes.
func (c *check) fetches() bool {
	if c.write.Child(python.FieldLeft).Kind() == python.Subscript {
		return false
	}
	for _, word := range []string{"session", "client", "conn", "socket", "token"} {
		if strings.Contains(strings.ToLower(c.place.root), word) {
			return false
		}
	}
	right := c.write.Child(python.FieldRight).Unwrap()
	if right.Kind() == python.True {
		return false
	}
	data := false
	for n := range right.Walk {
		if n.Kind() == python.Await {
			data = data || fetching(n)
		} else if l := n.Scope().Lookup(n.Text()); n.Kind() == python.Identifier && l != nil {
			for _, b := range l.Bindings {
				if w := suspends(b.Value); b.Value.Valid() && w.Kind() == python.Await {
					data = data || fetching(w)
				}
			}
		}
	}
	return data
}

// fetching says whether an await is that of a call which by its name only gets data.
func fetching(await python.Node) bool {
	call := await.FirstNamed().Unwrap()
	if call.Kind() != python.Call {
		return false
	}
	name := strings.Trim(strings.ToLower(diagnostics.LastName(call.Child(python.FieldFunction))), "_")
	name = strings.TrimPrefix(name, "async_")
	for _, prefix := range []string{"get", "read", "load", "fetch", "list", "find", "query", "lookup", "resolve", "run_in_executor", "to_thread", "add_executor_job", "latest", "detect", "evaluate", "compute"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// transient says whether objects of the class of a method belong to one task: they are iterated, or are by the name of the class a
// request, a dialogue or a stream.
func transient(p *diagnostics.Pass, fn python.Node) bool {
	name := strings.TrimRight(classOf(fn), "_")
	for _, suffix := range []string{"Flow", "FlowHandler", "Iterator", "Iter", "Stream", "Wrapper", "Parser", "Writer", "Reader", "Request", "Response", "Context", "Cursor", "Transaction", "Test", "Tests", "TestCase", "Builder", "Generator", "View", "Visitor", "Message", "Body", "Event"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	self := fn.Child(python.FieldParameters).FirstNamed()
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() != python.Identifier || n.Text() != self.Text() || n.Value().Op != shape.Self {
			continue
		}
		for _, a := range p.Type(n).Atoms() {
			if _, ok := p.Program.Member(a, "__anext__"); ok {
				return true
			}
		}
		break
	}
	return false
}

// byAlias says whether a condition looks at a local that holds what was read earlier, not at the place.
func (c *check) byAlias(cond python.Node) bool {
	for n := range cond.Walk {
		if n.Kind() == python.NamedExpression {
			return false
		}
	}
	return !c.mentions(cond)
}

// claimed says whether a call puts something into what a condition of the function looks at, to keep others out: pending.add(key).
func (c *check) claimed(call python.Node) bool {
	f := call.Child(python.FieldFunction)
	if f.Kind() != python.Attribute {
		return false
	}
	switch f.Child(python.FieldAttribute).Text() {
	case "add", "append", "set", "clear", "setdefault", "update", "put_nowait", "discard", "remove":
		x := placeOf(c.fn, f.Child(python.FieldObject))
		return x.kind != noPlace && (c.claims[x.root] || x.root == c.place.root)
	}
	return false
}

// joins says whether a step waits for work that others wait for, too: a task or future that is kept somewhere.
func joins(fn python.Node, s python.Step) bool {
	if s.Kind != python.StepEval {
		return false
	}
	of := s.Node.FirstNamed().Unwrap()
	if of.Kind() == python.Call { // shield(self._task), wait_for(self._task, 3)
		switch diagnostics.LastName(of.Child(python.FieldFunction)) {
		case "shield", "wait_for":
			of = of.Child(python.FieldArguments).FirstNamed()
		}
	}
	return of.Is(python.Attribute, python.Subscript) || of.Kind() == python.Identifier && (placeOf(fn, of).kind != noPlace || keptElsewhere(fn, of))
}

// keptElsewhere says whether a local name is bound to what others find, too: "task = self._tasks.get(key)".
func keptElsewhere(fn, name python.Node) bool {
	l := name.Scope().Lookup(name.Text())
	if l == nil || l.Scope.Node != fn {
		return false
	}
	for _, b := range l.Bindings {
		v := b.Value.Unwrap()
		if f := v.Child(python.FieldFunction); v.Kind() == python.Call && f.Kind() == python.Attribute {
			switch f.Child(python.FieldAttribute).Text() {
			case "get", "setdefault":
				v = f.Child(python.FieldObject)
			}
		}
		if v.Is(python.Attribute, python.Subscript, python.Identifier) && placeOf(fn, v).kind != noPlace {
			return true
		}
	}
	return false
}
