package sync

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed queue-task-done-missing.md
var doneMissingDoc string

//go:embed queue-task-done-skipped.md
var doneSkippedDoc string

// DoneMissing reports consumers that never say that they are done with an item, of queues that somebody joins.
var DoneMissing = &diagnostics.Rule{
	Code:     "AIO501",
	Name:     "queue-task-done-missing",
	Family:   "sync",
	Severity: diagnostics.Warning,
	Doc:      doneMissingDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, get python.Node) {
		object, ok := taken(get)
		if !ok || !p.InCoroutine(get) {
			return
		}
		join := neverDone(p, get.Function(), object)
		if !join.Valid() {
			return
		}
		r := p.Report(get.Child(python.FieldFunction), "nothing calls `"+diagnostics.OneLine(object)+".task_done()` for what is taken here, so that `"+diagnostics.OneLine(join)+"` waits for ever; call it when the item is done with")
		r.Related(join, "the queue is joined here")
		c := consumer{fn: get.Function(), get: get, queue: compact(object)}
		c.enclose(r, python.Node{})
	},
}

// DoneSkipped reports items that stay undone when something fails between get and task_done.
var DoneSkipped = &diagnostics.Rule{
	Code:     "AIO502",
	Name:     "queue-task-done-skipped",
	Family:   "sync",
	Severity: diagnostics.Warning,
	Doc:      doneSkippedDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, get python.Node) {
		object, ok := taken(get)
		if !ok || !p.InCoroutine(get) {
			return
		}
		c := consumer{fn: get.Function(), get: get, queue: compact(object)}
		done := c.done()
		if !done.Valid() || inTest(get) || !isQueue(p, object) || !joinable(p, c.fn, object) {
			return
		}
		cause, how := c.skipped(p)
		if how == neverSkipped {
			return
		}
		why := "fails"
		if how == goesOn {
			why = "comes before it"
		}
		r := p.Report(done.Child(python.FieldFunction), "`"+diagnostics.OneLine(done)+"` is skipped if `"+diagnostics.OneLine(cause)+"` "+why+", and then `"+diagnostics.OneLine(object)+".join()` waits for ever; call it in `finally`")
		r.Related(get, "the item is taken here").Related(cause, "this is the way past it")
		c.enclose(r, done)
	},
}

// taken is the queue from which a call takes an item, if it is an awaited get.
func taken(call python.Node) (queue python.Node, ok bool) {
	f := call.Child(python.FieldFunction)
	if f.Kind() != python.Attribute || f.Child(python.FieldAttribute).Text() != "get" || call.Child(python.FieldArguments).FirstNamed().Valid() {
		return queue, false
	}
	up := call.Parent()
	if up.Kind() == python.ArgumentList && diagnostics.LastName(up.Parent().Child(python.FieldFunction)) == "wait_for" {
		up = up.Parent().Parent()
	}
	return f.Child(python.FieldObject), up.Kind() == python.Await
}

// isQueue says whether an expression is a queue of asyncio, or of nothing that is known: get without arguments is awaited on it, and
// task_done called.
func isQueue(p *diagnostics.Pass, n python.Node) bool {
	t := p.Type(n)
	return primitiveOf(p, t).role == queue || t.IsUnknown()
}

// ofFunction is the place of a local name, for those who look at all that the function around it does with it.
func ofFunction(l *python.Local) place {
	return place{kind: captured, root: l.Name, local: l, text: l.Name}
}

// called says whether a node is a call of a method of what a text names, without white space.
func called(n python.Node, object, method string) bool {
	f := n.Child(python.FieldFunction)
	return n.Kind() == python.Call && f.Kind() == python.Attribute && f.Child(python.FieldAttribute).Text() == method && compact(f.Child(python.FieldObject)) == object
}

// joinable says whether somebody may join the queue: it is seen to be joined, or others have it.
func joinable(p *diagnostics.Pass, fn, object python.Node) bool {
	x := placeOf(fn, object)
	if l := object.Scope().Lookup(object.Text()); object.Kind() == python.Identifier && l != nil && l.Scope.Node == fn && l.Bindings[0].Kind != python.BindParam {
		x = ofFunction(l)
	}
	if x.kind == noPlace {
		return true
	}
	if x.kind == onSelf && !strings.HasPrefix(x.root, "_") || x.kind == global {
		return true
	}
	for n := range x.names(p) {
		use := use(n, x)
		switch {
		case use.Kind() == python.Attribute && use.Child(python.FieldAttribute).Text() == "join":
			return true
		case use.Is(python.ArgumentList, python.KeywordArgument, python.ReturnStmt):
			return true
		}
	}
	return false
}

// use is the node around the whole place that a name in it belongs to.
func use(n python.Node, x place) python.Node {
	for up := n.Parent(); up.Is(python.Attribute, python.Subscript) && len(compact(n)) < len(x.text); up = n.Parent() {
		n = up
	}
	return n.Parent()
}

// consumer is a function that takes items from a queue.
type consumer struct {
	fn, get python.Node
	queue   string      // the expression, without white space
	without python.Node // a jump that is left out
}

// done is the last call of task_done of the queue in the function that is not made where something went wrong; no node when there is
// none.
func (c *consumer) done() python.Node {
	var done python.Node
	for n := range c.fn.Child(python.FieldBody).Walk {
		if called(n, c.queue, "task_done") && n.Function() == c.fn && !(done.Valid() && n.Up(python.ExceptClause).Valid()) {
			done = n
		}
	}
	return done
}

// skip says how a way goes past task_done.
type skip uint8

const (
	neverSkipped skip = iota
	dies              // something fails
	goesOn            // the consumer goes on to the next item
)

// skipped is what leads past task_done, and how.
func (c *consumer) skipped(p *diagnostics.Pass) (cause python.Node, how skip) {
	how, jumps, ok := c.follow(p, nil, nil)
	switch {
	case !ok:
		return cause, neverSkipped
	case how != neverSkipped: // without any exception
		if len(jumps) == 1 {
			c.without = jumps[0]
			if how, _, ok := c.follow(p, nil, nil); ok && how == neverSkipped {
				return jumps[0], goesOn
			}
		}
		return cause, neverSkipped // somebody else is done with it
	}
	var steps []python.Step
	how, _, ok = c.follow(p, mayFail, func(s python.Step) { steps = append(steps, s) })
	if !ok || how == neverSkipped {
		return cause, neverSkipped
	}
	for _, s := range steps {
		one := func(x python.Step) python.Exc {
			if x.Node != s.Node || x.Kind != s.Kind {
				return python.NoExc
			}
			return mayFail(x)
		}
		how, _, _ := c.follow(p, one, nil)
		if how == neverSkipped {
			continue
		}
		// What is awaited is what may fail for reasons of its own.
		better := !cause.Valid() || s.Node.Kind() == python.Await && cause.Kind() != python.Await
		if better || s.Node.Kind() == cause.Kind() && s.Node.Span().End < cause.Span().End {
			cause = s.Node
		}
	}
	if !cause.Valid() {
		return cause, neverSkipped
	}
	return cause, dies
}

// mayFail is what may come out of a step but for cancellation, which comes to a consumer when nothing waits for its queue any more.
func mayFail(s python.Step) python.Exc {
	if s.Kind == python.StepEval && s.Node.Kind() == python.Call && quiet[diagnostics.LastName(s.Node.Child(python.FieldFunction))] {
		return python.NoExc
	}
	return s.Raises() &^ python.Cancelled
}

// follow says how ways go past task_done, and which continue statements they come by; fails is called for each step that may raise in
// between.
func (c *consumer) follow(p *diagnostics.Pass, raises func(python.Step) python.Exc, fails func(python.Step)) (how skip, jumps []python.Node, ok bool) {
	isGet := func(s python.Step) bool {
		return s.Kind == python.StepEval && s.Node.Kind() == python.Await && c.get.Inside(s.Node)
	}
	may := func(s python.Step, k bool) python.Exc {
		if !k || raises == nil || isGet(s) || s.Kind == python.StepEval && called(s.Node, c.queue, "task_done") {
			return python.NoExc
		}
		e := raises(s)
		if e != python.NoExc && fails != nil {
			fails(s)
		}
		return e
	}
	ok = diagnostics.FollowRaising(p, c.fn, false, may, func(s python.Step, k bool) (bool, bool) {
		switch {
		case isGet(s):
			if k {
				how = max(how, goesOn)
			}
			return true, true
		case s.Kind == python.StepEval && called(s.Node, c.queue, "task_done"):
			return false, true
		case s.Kind == python.StepEnd && k && s.Exc != python.NoExc:
			how = max(how, dies)
		case s.Kind == python.StepJump && k && s.Node.Kind() == python.ContinueStmt:
			if s.Node == c.without {
				return k, false
			}
			if !slices.Contains(jumps, s.Node) {
				jumps = append(jumps, s.Node)
			}
		}
		return k, true
	})
	return how, jumps, ok
}

// enclose offers to put what comes between get and task_done into a try statement, and task_done into its finally clause. Without a
// call of task_done that is all behind get.
func (c *consumer) enclose(r diagnostics.Reporter, done python.Node) {
	get := c.get
	for get.Valid() && get.Parent().Kind() != python.BlockStmt {
		get = get.Parent()
	}
	if get.Kind() != python.ExprStmt || !get.Next().Valid() {
		return
	}
	var stmt, first, last python.Node
	for n := get.Next(); n.Valid(); n = n.Next() {
		if done.Valid() && done.Inside(n) {
			stmt = n
			break
		}
		if n.Kind() == python.Comment {
			continue
		}
		if !first.Valid() {
			first = n
		}
		last = n
	}
	text := get.Block().Text()
	indent, ok := indentOf(get)
	if !ok || !first.Valid() || done.Valid() && (stmt.Kind() != python.ExprStmt || stmt.FirstNamed() != done) {
		return
	}
	for n := first; n.Valid() && n != stmt; n = n.Next() {
		for s := range n.Walk {
			if called(s, c.queue, "task_done") {
				return
			}
		}
	}
	inner, ok := indented(get, stmt)
	if !ok {
		return
	}
	more := step(indent)
	start := strings.LastIndexByte(text[:first.Span().Start], '\n') + 1
	for n := get.Next(); n != first; n = n.Next() { // comments before it
		if s := strings.LastIndexByte(text[:n.Span().Start], '\n') + 1; s > get.Span().End {
			start = min(start, s)
		}
	}
	fix := diagnostics.Fix{Title: "Call `task_done()` in `finally`", Safe: done.Valid()}
	fix.Edits = append(fix.Edits, diagnostics.Edit{Span: python.Span{Start: start, End: start}, New: indent + "try:\n"})
	finally := indent + "finally:\n" + indent + more
	for _, e := range inner {
		if e.Span.Start == start {
			fix.Edits[0].New += more
			continue
		}
		fix.Edits = append(fix.Edits, e)
	}
	if done.Valid() {
		at := strings.LastIndexByte(text[:stmt.Span().Start], '\n') + 1
		fix.Edits = append(fix.Edits, diagnostics.Edit{Span: python.Span{Start: at, End: stmt.Span().Start}, New: finally})
	} else {
		end := last.Span().End
		if i := strings.IndexByte(text[end:], '\n'); i >= 0 {
			end += i
		} else {
			end = len(text)
		}
		fix.Edits = append(fix.Edits, diagnostics.Edit{Span: python.Span{Start: end, End: end}, New: "\n" + finally + c.get.Child(python.FieldFunction).Child(python.FieldObject).Text() + ".task_done()"})
	}
	r.Fix(fix)
}

// neverDone is where a queue is joined although no item of it is ever done, as far as all that have the queue are seen; no node when
// that is not certain.
func neverDone(p *diagnostics.Pass, fn, object python.Node) (join python.Node) {
	if l := object.Scope().Lookup(object.Text()); object.Kind() == python.Identifier && l != nil && l.Scope.Node == fn {
		if len(l.Bindings) == 1 && l.Bindings[0].Kind == python.BindParam {
			return fromCaller(p, fn, l)
		}
		if primitiveOf(p, p.Type(object)).role != queue {
			return join
		}
		return joined(p, ofFunction(l), 0)
	}
	x := placeOf(fn, object)
	if x.kind == noPlace || primitiveOf(p, p.Type(object)).role != queue {
		return join
	}
	return joined(p, x, 0)
}

// maxHands is how many functions a queue is followed through.
const maxHands = 3

// joined is where the queue at a place is joined, if all that is done with it is seen and no task_done is among that; no node otherwise.
func joined(p *diagnostics.Pass, x place, depth int) (join python.Node) {
	for n := range x.names(p) {
		if n.Field() == python.FieldLeft && n.Parent().Kind() == python.Assignment || n.Parent().Is(python.Parameters, python.TypedParameter, python.DefaultParameter, python.TypedDefaultParameter, python.NonlocalStmt, python.GlobalStmt) {
			continue
		}
		use := use(n, x)
		switch {
		case use.Kind() == python.Attribute && use.Field() == python.FieldFunction:
			switch use.Child(python.FieldAttribute).Text() {
			case "join":
				if use.Parent().Parent().Kind() == python.Await || use.Parent().Parent().Kind() == python.ArgumentList {
					join = use.Parent()
				}
			case "get", "put", "put_nowait", "get_nowait", "qsize", "empty", "full":
			default:
				return python.Node{}
			}
		case use.Is(python.ArgumentList, python.KeywordArgument) && depth < maxHands:
			if !harmlessWith(p, n, depth) {
				return python.Node{}
			}
		case use.Is(python.NotOperator, python.IfStmt, python.ComparisonOperator, python.BooleanOperator):
		default:
			return python.Node{}
		}
	}
	return join
}

// harmlessWith says whether a function of the file that is given a queue does nothing with it but take and put.
func harmlessWith(p *diagnostics.Pass, arg python.Node, depth int) bool {
	l := parameterFor(p, arg)
	if l == nil {
		return false
	}
	for n := range ofFunction(l).names(p) {
		up := n.Parent()
		switch {
		case up.Is(python.Parameters, python.TypedParameter, python.DefaultParameter, python.TypedDefaultParameter):
		case up.Kind() == python.Attribute && up.Field() == python.FieldFunction:
			switch up.Child(python.FieldAttribute).Text() {
			case "get", "put", "put_nowait", "get_nowait", "qsize", "empty", "full":
			default:
				return false
			}
		case up.Is(python.ArgumentList, python.KeywordArgument) && depth < maxHands:
			if !harmlessWith(p, n, depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// parameterFor is the parameter of the one function of the file that an argument is for; nil when it is not clear.
func parameterFor(p *diagnostics.Pass, arg python.Node) *python.Local {
	keyword := ""
	if up := arg.Parent(); up.Kind() == python.KeywordArgument {
		keyword, arg = up.Child(python.FieldName).Text(), up
	}
	call := arg.Up(python.Call)
	f := call.Child(python.FieldFunction)
	if f.Kind() != python.Identifier && f.Kind() != python.Attribute {
		return nil
	}
	var fn python.Node
	for d := range p.Definitions(diagnostics.LastName(f)) {
		method := d.Scope().Kind == python.ClassScope
		if f.Kind() == python.Attribute {
			r := runner{p, nil}
			if !method || !r.isOf(f.Child(python.FieldObject), classOf(d)) {
				continue
			}
		} else if method || !sameScope(f.Scope().Lookup(f.Text()), d.Scope()) {
			continue
		}
		if fn.Valid() {
			return nil
		}
		fn = d
	}
	if !fn.Valid() || fn.Parent().Kind() == python.DecoratedDef {
		return nil
	}
	position := 0
	if f.Kind() == python.Attribute {
		position = 1 // behind self
	}
	for a := range call.Child(python.FieldArguments).Named {
		if a == arg {
			break
		}
		if a.Is(python.ListSplat, python.DictionarySplat) {
			return nil
		}
		if a.Kind() != python.KeywordArgument {
			position++
		}
	}
	i := 0
	for q := range fn.Child(python.FieldParameters).Named {
		id := q
		switch q.Kind() {
		case python.TypedParameter:
			id = q.FirstNamed()
		case python.DefaultParameter, python.TypedDefaultParameter:
			id = q.Child(python.FieldName)
		}
		if id.Kind() != python.Identifier {
			return nil
		}
		if keyword == "" && i == position || keyword != "" && id.Text() == keyword {
			return fn.Child(python.FieldBody).Scope().Lookup(id.Text())
		}
		i++
	}
	return nil
}

// fromCaller is where a queue that a function is given is joined by whoever gives it, if no item of it is ever done; no node when that is
// not certain.
func fromCaller(p *diagnostics.Pass, fn python.Node, param *python.Local) (join python.Node) {
	r := runner{p, map[python.Node]bool{}}
	for use := range r.uses(fn) {
		call := use.Parent()
		if use.Field() != python.FieldFunction || call.Kind() != python.Call {
			continue
		}
		for a := range call.Child(python.FieldArguments).Named {
			value := a
			if a.Kind() == python.KeywordArgument {
				value = a.Child(python.FieldValue)
			}
			if !value.Is(python.Identifier, python.Attribute) || parameterFor(p, value) != param {
				continue
			}
			in := call.Function()
			x := placeOf(in, value)
			if l := value.Scope().Lookup(value.Text()); value.Kind() == python.Identifier && l != nil && l.Scope.Node == in {
				x = ofFunction(l)
			}
			if x.kind == noPlace || !queueMade(p, x) {
				return python.Node{}
			}
			if join = joined(p, x, 0); join.Valid() {
				return join
			}
		}
	}
	return join
}

// queueMade says whether what is at a place is seen to be made by a call of a class whose name is that of a queue of asyncio.
func queueMade(p *diagnostics.Pass, x place) bool {
	for n := range x.names(p) {
		if n.Field() == python.FieldLeft && n.Parent().Kind() == python.Assignment && compact(n) == x.text {
			call := n.Parent().Child(python.FieldRight)
			return call.Kind() == python.Call && strings.HasSuffix(diagnostics.LastName(call.Child(python.FieldFunction)), "Queue")
		}
	}
	return false
}
