package sync

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed lock-not-released.md
var releaseDoc string

// Release reports locks that stay taken when something fails between acquire and release.
var Release = &diagnostics.Rule{
	Code:     "AIO508",
	Name:     "lock-not-released",
	Family:   "sync",
	Severity: diagnostics.Warning,
	Doc:      releaseDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		fn := call.Child(python.FieldFunction)
		if fn.Kind() != python.Attribute || fn.Child(python.FieldAttribute).Text() != "acquire" || !p.InCoroutine(call) {
			return
		}
		await := call.Parent()
		if await.Kind() == python.ArgumentList && diagnostics.LastName(await.Parent().Child(python.FieldFunction)) == "wait_for" {
			await = await.Parent().Parent()
		}
		if await.Kind() != python.Await {
			return
		}
		object := fn.Child(python.FieldObject)
		switch x := primitiveOf(p, p.Type(object)); {
		case x.threads:
			return
		case x.role != lock && x.role != condition && x.role != semaphore:
			return
		}
		l := lease{fn: call.Function(), call: call, await: await, lock: compact(object)}
		if inTest(call) {
			return
		}
		if l.forgotten(p, object) {
			p.Report(fn, "nothing in this file releases `"+diagnostics.OneLine(object)+"`, so that the next who wants it waits for ever; use `async with "+diagnostics.OneLine(object)+"`")
			return
		}
		if !l.returns() {
			return
		}
		leak := l.leak(p)
		if !leak.Valid() {
			return
		}
		why := "fails"
		switch {
		case leak.Kind() == python.ReturnStmt:
			why = "comes first"
		case l.cancelled:
			why = "is cancelled"
		}
		r := p.Report(fn, "`"+diagnostics.OneLine(object)+"` stays taken for ever if `"+diagnostics.OneLine(leak)+"` "+why+": nothing releases it then; use `async with "+diagnostics.OneLine(object)+"`")
		r.Related(leak, "the way out without `release()` begins here")
		l.with(r)
	},
}

// lease is a lock between acquire and release.
type lease struct {
	fn, call  python.Node
	await     python.Node
	lock      string // the expression, without white space
	cancelled bool   // cancellation alone leaks
	careful   bool   // it is released in a finally clause
}

// on says whether a call is one of a method of the lock.
func (l *lease) on(call python.Node, method string) bool {
	f := call.Child(python.FieldFunction)
	return call.Kind() == python.Call && f.Kind() == python.Attribute && f.Child(python.FieldAttribute).Text() == method && compact(f.Child(python.FieldObject)) == l.lock
}

// returns says whether the function itself releases the lock, and nobody else is given it to do so.
func (l *lease) returns() bool {
	released, handed := l.uses()
	return released && !handed
}

// uses says whether the function releases the lock, and whether others are given it, or what releases it.
func (l *lease) uses() (released, handed bool) {
	for n := range l.fn.Child(python.FieldBody).Walk {
		switch {
		case n.Kind() == python.Call && l.on(n, "release"):
			released = true
			handed = handed || n.Function() != l.fn // a callback does
		case n.Is(python.Attribute, python.Identifier) && compact(n) == l.lock:
			up := n.Parent()
			handed = handed || up.Is(python.ArgumentList, python.KeywordArgument, python.ReturnStmt, python.Yield, python.Assignment) && n.Field() != python.FieldLeft
		case n.Kind() == python.Attribute && n.Child(python.FieldAttribute).Text() == "release" && compact(n.Child(python.FieldObject)) == l.lock:
			handed = handed || n.Field() != python.FieldFunction // add_done_callback(lock.release)
		}
	}
	return released, handed
}

// forgotten says whether the lock is a private attribute with which its class does nothing but to make and to take it.
func (l *lease) forgotten(p *diagnostics.Pass, object python.Node) bool {
	x := placeOf(l.fn, object)
	if x.kind != onSelf || !strings.HasPrefix(x.root, "_") || object.Child(python.FieldAttribute).Text() != x.root {
		return false
	}
	for n := range p.Occurrences(x.root) {
		use := n.Parent()
		switch {
		case n.Field() != python.FieldAttribute || use.Kind() != python.Attribute:
			return false
		case use.Field() == python.FieldLeft && use.Parent().Is(python.Assignment):
		case use.Field() == python.FieldObject && use.Parent().Kind() == python.Attribute && use.Parent().Field() == python.FieldFunction:
			if name := use.Parent().Child(python.FieldAttribute).Text(); name != "acquire" && name != "locked" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// leak is what may fail, or return, while the lock is taken, so that it stays so although the function releases it where all goes well;
// no node when there is none.
func (l *lease) leak(p *diagnostics.Pass) python.Node {
	ways, ok := l.follow(p, func(python.Step) python.Exc { return python.NoExc }, nil)
	switch {
	case !ok, ways.kept && (ways.gives || !ways.released):
		return python.Node{} // the lock is meant to stay taken
	case ways.kept && ways.left.Valid():
		return ways.left
	case ways.kept:
		return python.Node{}
	}
	var steps []python.Step
	for n := range l.fn.Child(python.FieldBody).Walk {
		l.careful = l.careful || n.Kind() == python.Call && l.on(n, "release") && n.Up(python.FinallyClause).Valid()
	}
	ways, ok = l.follow(p, l.mayRaise, func(s python.Step) { steps = append(steps, s) })
	if !ok || ways.raised == python.NoExc {
		return python.Node{}
	}
	l.cancelled = ways.raised == python.Cancelled
	slices.SortStableFunc(steps, func(a, b python.Step) int { return a.Node.Span().End - b.Node.Span().End })
	for _, s := range steps {
		one := func(x python.Step) python.Exc {
			if x.Node != s.Node || x.Kind != s.Kind {
				return python.NoExc
			}
			return l.mayRaise(x)
		}
		if ways, _ := l.follow(p, one, nil); ways.raised != python.NoExc {
			return s.Node
		}
	}
	return python.Node{}
}

// mayRaise is what may come out of a step, as far as it is worth a word: a few plain calls before a try statement that releases the
// lock are not.
func (l *lease) mayRaise(s python.Step) python.Exc {
	if s.Kind == python.StepEval && s.Node.Kind() == python.Call && (l.careful || quiet[diagnostics.LastName(s.Node.Child(python.FieldFunction))]) {
		return python.NoExc
	}
	return s.Raises()
}

// implies says whether a condition holds where the lock has been taken: it is the one under which that was done, or asks for the lock itself.
func (l *lease) implies(cond python.Node) bool {
	text := compact(cond)
	if text == l.lock {
		return true
	}
	child := l.call
	for up := l.call.Parent(); up.Valid() && up != l.fn; child, up = up, up.Parent() {
		if up.Is(python.IfStmt, python.ElifClause) && child.Field() == python.FieldConsequence && compact(up.Child(python.FieldCondition)) == text {
			return true
		}
	}
	return false
}

// leaseState is what is known of a way.
type leaseState struct {
	taken, was bool
	by         int32 // the return statement that the way leaves by, as the number of its node
}

// leaseWays is how the ways through a function end on which it has taken the lock.
type leaseWays struct {
	released bool        // by itself, and without the lock
	kept     bool        // by itself, and with the lock
	gives    bool        // with the lock, and with something for the caller
	left     python.Node // the return statement by which one ends with the lock, and with nothing for the caller
	raised   python.Exc  // what leaves the function with the lock
}

// follow finds out how the ways end if steps raise what raises says. taken is called for each step that may raise while the lock is taken.
func (l *lease) follow(p *diagnostics.Pass, raises func(python.Step) python.Exc, taken func(python.Step)) (ways leaseWays, ok bool) {
	may := func(s python.Step, k leaseState) python.Exc {
		if !k.taken || l.on(s.Node, "release") {
			return python.NoExc
		}
		e := raises(s)
		if e != python.NoExc && taken != nil {
			taken(s)
		}
		return e
	}
	block := l.fn.Block()
	ok = diagnostics.FollowRaising(p, l.fn, leaseState{}, may, func(s python.Step, k leaseState) (leaseState, bool) {
		switch {
		case s.Kind == python.StepEval && s.Node == l.await:
			k.taken, k.was = true, true
		case s.Kind == python.StepFalse && k.taken && (s.Node == l.await || l.implies(s.Node)): // which it is not
			return k, false
		case s.Kind == python.StepEval && l.on(s.Node, "release"):
			k.taken = false
		case s.Kind == python.StepReturn:
			k.by = int32(s.Node.Index())
		case s.Kind == python.StepEnd && k.taken:
			ways.raised |= s.Exc
			if s.Exc != python.NoExc {
				break
			}
			ways.kept = true
			if k.by == 0 {
				break
			}
			stmt := block.Node(int(k.by))
			if v := stmt.FirstNamed(); v.Valid() && !v.Is(python.None, python.False) {
				ways.gives = true
			} else if !ways.left.Valid() || stmt.Span().Start < ways.left.Span().Start {
				ways.left = stmt
			}
		case s.Kind == python.StepEnd && k.was && s.Exc == python.NoExc:
			ways.released = true
		}
		return k, true
	})
	return ways, ok
}

// quiet are functions that do not fail where they are called as usual.
var quiet = map[string]bool{
	"id": true, "type": true, "int": true, "float": true, "max": true, "min": true, "hasattr": true, "getattr": true, "range": true, "enumerate": true, "callable": true,
	"print": true, "len": true, "isinstance": true, "str": true, "repr": true, "bool": true, "list": true, "dict": true, "set": true, "tuple": true, "time": true, "monotonic": true, "perf_counter": true,
	"debug": true, "info": true, "warning": true, "error": true, "exception": true, "log": true, "append": true, "add": true, "discard": true, "clear": true, "get": true,
	"startswith": true, "endswith": true, "strip": true, "lstrip": true, "rstrip": true, "lower": true, "upper": true, "casefold": true, "split": true,
	"removeprefix": true, "removesuffix": true, "partition": true, "rpartition": true, "splitlines": true, "items": true, "keys": true, "values": true,
	"locked": true, "is_set": true, "done": true, "cancelled": true, "notify": true, "notify_all": true, "acquire": true, "get_event_loop": true, "get_running_loop": true, "current_task": true,
}

// with offers async with in place of acquire and release, where both are statements of one block.
func (l *lease) with(r diagnostics.Reporter) {
	await := l.await
	stmt := await.Parent()
	if stmt.Kind() != python.ExprStmt || l.call.Parent() != await || l.call.Child(python.FieldArguments).FirstNamed().Valid() {
		return
	}
	var release, first python.Node
	for n := stmt.Next(); n.Valid(); n = n.Next() {
		if n.Kind() == python.ExprStmt && l.on(n.FirstNamed(), "release") {
			release = n
			break
		}
		if n.Kind() != python.Comment && n.Kind() != python.Token {
			if !first.Valid() {
				first = n
			}
		}
	}
	if !release.Valid() || !first.Valid() {
		return
	}
	for n := first; n.Valid() && n != release; n = n.Next() {
		for c := range n.Walk {
			if c.Kind() == python.Call && (l.on(c, "release") || l.on(c, "acquire")) {
				return
			}
		}
	}
	drop, ok := dropLine(release)
	inner, more := indented(stmt, release)
	if !ok || !more {
		return
	}
	object := l.call.Child(python.FieldFunction).Child(python.FieldObject)
	fix := diagnostics.Fix{Title: "Use `async with`", Edits: []diagnostics.Edit{diagnostics.Replace(await, "async with "+object.Text()+":")}}
	fix.Edits = append(append(fix.Edits, inner...), drop)
	r.Fix(fix)
}

// indented are the edits that indent what stands on the lines between two statements of a block by one more level; ok is false when they do not
// begin their lines, or when a string goes over several lines there.
func indented(before, behind python.Node) (edits []diagnostics.Edit, ok bool) {
	text := before.Block().Text()
	indent, ok1 := indentOf(before)
	to, ok := before.Parent().Span().End, true
	if behind.Valid() {
		_, ok = indentOf(behind)
		to = strings.LastIndexByte(text[:behind.Span().Start], '\n') + 1
	}
	if !ok || !ok1 {
		return nil, false
	}
	for n := before.Next(); n.Valid() && n != behind; n = n.Next() {
		for c := range n.Walk {
			if c.Kind() == python.String && strings.ContainsAny(c.Text(), "\n\r") {
				return nil, false
			}
		}
	}
	for i := before.Span().End; i < to-1; i++ {
		if text[i] == '\n' && text[i+1] != '\n' && text[i+1] != '\r' {
			edits = append(edits, diagnostics.Edit{Span: python.Span{Start: i + 1, End: i + 1}, New: step(indent)})
		}
	}
	return edits, true
}

// indentOf is the white space before a statement that begins its line; ok is false when it does not.
func indentOf(stmt python.Node) (indent string, ok bool) {
	text, s := stmt.Block().Text(), stmt.Span()
	start := strings.LastIndexByte(text[:s.Start], '\n') + 1
	indent = text[start:s.Start]
	return indent, strings.TrimSpace(indent) == ""
}
