package cancellation

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed cleanup-skipped-on-cancellation.md
var cleanupDoc string

// Cleanup reports what is undone behind an await, or by except Exception, and therefore not when the await is cancelled.
var Cleanup = &diagnostics.Rule{
	Code: "AIO407", Name: "cleanup-skipped-on-cancellation", Family: "cancellation", Severity: diagnostics.Warning, Doc: cleanupDoc,
	On: []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, fn python.Node) {
		if !fn.IsAsync() || inTest(fn) {
			return
		}
		reported := map[string]bool{}
		for _, c := range changes(p, fn) {
			if c.check(p, fn) {
				reported[c.key] = true
			}
		}
		handlers(p, fn, reported)
	},
}

// A change is something that a coroutine does to what outlives it, and undoes later.
type change struct {
	key  string      // what is changed, and how
	do   python.Node // the first place that does it
	undo python.Node // the first place that undoes it
	// what and back are the nodes of the steps that do and undo it.
	what, back map[python.Node]bool
}

// effect is what one statement or call does: one half of a change.
type effect struct {
	key    string
	target python.Node // what is changed
	value  string      // for assignments, what is assigned; else whether the half is "do" or "undo"
	node   python.Node // the node of its step
}

// opposites are methods that undo what another does on the same object; several undo "begin".
var opposites = map[string][]string{
	"begin": {"commit", "rollback"}, "begin_transaction": {"commit", "rollback"}, "start_transaction": {"commit", "rollback"},
	"acquire": {"release"}, "lock": {"unlock"}, "pause": {"resume", "unpause"}, "suspend": {"resume"}, "mute": {"unmute"}, "block": {"unblock"},
	"subscribe": {"unsubscribe"}, "register": {"unregister", "deregister"}, "attach": {"detach"}, "add_listener": {"remove_listener"},
	"enter": {"exit", "leave"}, "add": {"remove", "discard"}, "append": {"remove"}, "disable": {"enable"},
}

// prefixes are first words of the names of methods, and those of methods that undo the same.
var prefixes = map[string]string{
	"start": "stop", "begin": "end", "enable": "disable", "acquire": "release", "lock": "unlock", "pause": "resume", "suspend": "resume",
	"register": "unregister", "subscribe": "unsubscribe", "enter": "leave", "add": "remove", "attach": "detach", "mute": "unmute", "block": "unblock",
}

// undoes maps the name of a method to those that it undoes.
var undoes = func() map[string][]string {
	m := map[string][]string{}
	for do, list := range opposites {
		for _, undo := range list {
			m[undo] = append(m[undo], do)
		}
	}
	return m
}()

// keyed are methods whose argument says what is changed.
var keyed = map[string]bool{
	"add": true, "remove": true, "discard": true, "append": true, "register": true, "unregister": true, "deregister": true, "subscribe": true,
	"unsubscribe": true, "add_listener": true, "remove_listener": true, "attach": true, "detach": true,
}

// changes are what a coroutine does to something that outlives it and undoes, in the order of the text.
func changes(p *diagnostics.Pass, fn python.Node) []*change {
	var effects []effect
	counts := map[string]int{}
	for n := range inFunction(fn.Child(python.FieldBody)) {
		switch n.Kind() {
		case python.Assignment, python.AugmentedAssignment, python.Call, python.DeleteStmt:
			for _, e := range effectsOf(n) {
				effects = append(effects, e)
				counts[e.key]++
			}
		}
	}
	var found []*change
	seen := map[string]bool{}
	for _, e := range effects {
		if seen[e.key] || counts[e.key] < 2 {
			continue
		}
		seen[e.key] = true
		var all []effect
		for _, o := range effects {
			if o.key == e.key {
				all = append(all, o)
			}
		}
		if c := pair(p, fn, all); c != nil {
			found = append(found, c)
		}
	}
	return found
}

// effectsOf are the effects of a statement or call.
func effectsOf(n python.Node) []effect {
	switch n.Kind() {
	case python.Assignment:
		left, right := n.Child(python.FieldLeft), n.Child(python.FieldRight)
		if name := temporary(left, right); name.Valid() {
			return []effect{{"temp " + name.Text(), name, "do", name}}
		}
		if n.Parent().Kind() == python.Assignment || right.Kind() == python.Assignment {
			return nil
		}
		switch left.Kind() {
		case python.Attribute, python.Identifier:
			return []effect{{"=" + tight(left), left, tight(right), left}}
		case python.Subscript:
			return []effect{{"[]" + tight(left), left, "do", left}}
		}
	case python.AugmentedAssignment:
		left := n.Child(python.FieldLeft)
		if op := n.Child(python.FieldOperator).Text(); op == "+=" || op == "-=" {
			return []effect{{"+" + tight(left) + " " + tight(n.Child(python.FieldRight)), left, op, left}}
		}
	case python.DeleteStmt:
		var found []effect
		for c := range n.Named {
			if c.Kind() == python.Subscript {
				found = append(found, effect{"[]" + tight(c), c, "undo", c})
			}
		}
		return found
	case python.Call:
		f := n.Child(python.FieldFunction)
		if f.Kind() != python.Attribute {
			return nil
		}
		if what := removed(n); what.Valid() {
			for what.Is(python.Attribute, python.Call) { // f.name, Path(f)
				if what.Kind() == python.Call {
					what = what.Child(python.FieldArguments).FirstNamed()
				} else {
					what = what.Child(python.FieldObject)
				}
			}
			return []effect{{"temp " + what.Text(), what, "undo", n}}
		}
		object, name := f.Child(python.FieldObject), f.Child(python.FieldAttribute).Text()
		if measures(object, name) {
			return nil
		}
		arg := n.Child(python.FieldArguments).FirstNamed()
		if name == "pop" && arg.Valid() {
			return []effect{{"[]" + tight(object) + "[" + tight(arg) + "]", object, "undo", n}}
		}
		what := tight(object)
		if keyed[name] {
			what += " " + tight(arg)
		}
		var found []effect
		if opposites[name] != nil {
			do := n
			if n.Parent().Kind() == python.Await { // it is done when it has been awaited, and not before
				do = n.Parent()
			}
			found = append(found, effect{name + " " + what, object, "do", do})
		}
		for _, do := range undoes[name] {
			found = append(found, effect{do + " " + what, object, "undo", n})
		}
		if prefix, rest, ok := strings.Cut(strings.TrimLeft(name, "_"), "_"); ok { // start_timer() and stop_timer()
			what = rest + " " + tight(object) + tight(n.Child(python.FieldArguments))
			if prefixes[prefix] != "" {
				do := n
				if n.Parent().Kind() == python.Await {
					do = n.Parent()
				}
				found = append(found, effect{prefix + "_" + what, object, "do", do})
			}
			for do, undo := range prefixes {
				if undo == prefix {
					found = append(found, effect{do + "_" + what, object, "undo", n})
				}
			}
		}
		if name == "set" || name == "clear" {
			found = append(found, effect{"event " + what, object, name, n})
		}
		return found
	}
	return nil
}

// measures says whether a method only notes that something begins or ends: a timer, a logger. What is not noted when a coroutine is
// cancelled is missed by nobody.
func measures(object python.Node, name string) bool {
	for _, word := range []string{"timer", "stopwatch", "metric", "logger", "profil"} {
		if strings.Contains(name, word) || strings.Contains(strings.ToLower(diagnostics.LastName(object)), word) {
			return true
		}
	}
	return false
}

// temporary is the name that is bound to a temporary file or folder that somebody has to remove; no node when there is none.
func temporary(left, right python.Node) python.Node {
	if right.Kind() != python.Call {
		return python.Node{}
	}
	switch diagnostics.LastName(right.Child(python.FieldFunction)) {
	case "mkdtemp":
	case "NamedTemporaryFile":
		if !strings.Contains(tight(right), "delete=False") {
			return python.Node{}
		}
	case "mkstemp": // fd, path = mkstemp()
		if left.Kind() == python.PatternList {
			left = lastStatement(left)
		}
	default:
		return python.Node{}
	}
	if left.Kind() != python.Identifier {
		return python.Node{}
	}
	return left
}

// tight is the text of an expression without white space.
func tight(n python.Node) string { return strings.Join(strings.Fields(n.Text()), "") }

// pair makes a change of the effects of one key; nil when they are none that should be undone on all ways.
func pair(p *diagnostics.Pass, fn python.Node, all []effect) *change {
	first := all[0]
	temporary := strings.HasPrefix(first.key, "temp ")
	if !temporary && !outlives(fn, first) {
		return nil
	}
	do, undo := first.value, ""
	switch first.key[0] {
	case '=':
		values := map[string]bool{}
		for _, e := range all {
			values[e.value] = true
			if e.value != do && undo == "" {
				undo = e.value
			}
		}
		if len(values) != 2 || !resets(p, fn, first.target, do, undo) {
			return nil
		}
	case '+':
		undo = map[string]string{"+=": "-=", "-=": "+="}[do]
	default:
		undo = "undo"
		if strings.HasPrefix(first.key, "event ") {
			undo = map[string]string{"set": "clear", "clear": "set"}[do]
			if !typed(p, first.target, "asyncio.Event") {
				return nil
			}
		} else if do == "undo" || first.key[0] == '[' && !meeting(p, first.node) || typed(p, first.target, locks...) {
			return nil
		}
	}
	c := &change{key: first.key, what: map[python.Node]bool{}, back: map[python.Node]bool{}}
	for _, e := range all {
		switch e.value {
		case do:
			if !c.do.Valid() {
				c.do = e.node
			}
			c.what[e.node] = true
		case undo:
			if !c.undo.Valid() {
				c.undo = e.node
			}
			c.back[e.node] = true
		}
	}
	if !c.undo.Valid() || !temporary && elsewhere(p, fn, first.target, c) {
		return nil
	}
	return c
}

// locks are what AIO508 is about.
var locks = []string{
	"asyncio.Lock", "asyncio.Semaphore", "asyncio.Condition", "anyio.Lock", "anyio.Semaphore", "anyio.Condition", "anyio.CapacityLimiter",
	"trio.Lock", "trio.StrictFIFOLock", "trio.Semaphore", "trio.Condition", "trio.CapacityLimiter",
	"threading.Lock", "threading.RLock", "threading.Semaphore", "threading.Condition",
}

// meeting says whether an item of a container is set to something that another task and this one meet at, such as a future: it is
// there for as long as this one waits. Other items may be meant to stay when the work is not done.
func meeting(p *diagnostics.Pass, target python.Node) bool {
	value := target.Parent().Child(python.FieldRight)
	if value.Kind() == python.Call {
		switch diagnostics.LastName(value.Child(python.FieldFunction)) {
		case "create_future", "Future", "Event", "Queue", "create_task", "ensure_future":
			return true
		}
	}
	return typed(p, value, "asyncio.Future", "asyncio.Event", "asyncio.Queue", "asyncio.Condition", "anyio.Event", "trio.Event")
}

// outlives says whether what is changed is known outside the coroutine: an attribute or a global, not what the coroutine made
// for itself.
func outlives(fn python.Node, e effect) bool {
	root := e.target
	for root.Is(python.Attribute, python.Subscript, python.Call) {
		root = root.FirstNamed()
	}
	if root.Kind() != python.Identifier {
		return false
	}
	l := root.Scope().Lookup(root.Text())
	if l == nil {
		return true
	}
	if l.Scope.Kind != python.FunctionScope || l.Scope.Node != fn {
		return l.Scope.Kind == python.FunctionScope // of a function around it
	}
	if root == e.node {
		return false // it is bound to the name alone
	}
	for _, b := range l.Bindings {
		if b.Kind != python.BindParam {
			return false
		}
	}
	return true
}

// resets says whether an attribute that is assigned do, and undo afterwards, is back to what it was in the beginning then.
func resets(p *diagnostics.Pass, fn, target python.Node, do, undo string) bool {
	if do != "True" && do != "False" || undo != "True" && undo != "False" {
		return false
	}
	name := target
	if target.Kind() == python.Attribute {
		name = target.Child(python.FieldAttribute)
	}
	initial := ""
	for n := range p.Occurrences(name.Text()) {
		left := n
		if n.Parent().Kind() == python.Attribute && n.Field() == python.FieldAttribute {
			left = n.Parent()
		}
		a := left.Parent()
		if a.Kind() != python.Assignment || left.Field() != python.FieldLeft {
			continue
		}
		around := a.Function()
		if !around.Valid() || around.Child(python.FieldName).Text() == "__init__" || around.Child(python.FieldName).Text() == "__new__" {
			initial = a.Child(python.FieldRight).Text()
		}
	}
	if initial != "" {
		return initial == undo
	}
	text := strings.ToLower(name.Text())
	for _, suffix := range []string{"ing", "busy", "in_progress", "in_flight", "locked", "active", "paused"} {
		if strings.HasSuffix(text, suffix) {
			return do == "True"
		}
	}
	return false
}

// elsewhere says whether another function of the file undoes the change as well, without doing it: whoever cancels the
// coroutine may call that.
func elsewhere(p *diagnostics.Pass, fn, target python.Node, c *change) bool {
	name := target
	for name.Kind() == python.Subscript {
		name = name.Child(python.FieldValue)
	}
	if name.Kind() == python.Attribute {
		name = name.Child(python.FieldAttribute)
	} else if l := name.Scope().Lookup(name.Text()); l != nil && l.Scope.Node == fn {
		return false // a parameter
	}
	does, undoes := map[python.Node]bool{}, map[python.Node]bool{}
	for n := range p.Occurrences(name.Text()) {
		around := n.Function()
		if !around.Valid() || around == fn || n.Kind() == python.String || fn.Inside(around) {
			continue
		}
		if class := n.Block().Class(); class != "" && fn.Block().Class() != "" && class != fn.Block().Class() && strings.HasPrefix(n.Parent().Text(), "self.") {
			continue // of another class
		}
		if f := around.Child(python.FieldName).Text(); f == "__init__" || f == "__new__" {
			continue
		}
		for up := n.Parent(); up.Valid() && up != around && up.Kind() != python.BlockStmt; up = up.Parent() {
			for _, e := range effectsOf(up) {
				same := lastPart(e.key) == lastPart(c.key)
				if !n.Inside(e.target) || e.key[0] != c.key[0] && !same {
					continue
				}
				switch value := e.value; {
				case value == "undo", c.undone(value):
					undoes[around] = true
				case value == "do", c.done(value):
					does[around] = true
				}
			}
			if up.Kind() == python.Call && diagnostics.LastName(up.Child(python.FieldFunction)) == "clear" && n.Inside(up.Child(python.FieldFunction)) {
				undoes[around] = true
			}
		}
	}
	for f := range undoes {
		if !does[f] {
			return true
		}
	}
	return false
}

func lastPart(key string) string {
	return key[:strings.IndexAny(key+" ", " ")]
}

// done and undone say whether a value is the one that does, or undoes, the change.
func (c *change) done(value string) bool   { return value == c.value(c.do) }
func (c *change) undone(value string) bool { return value == c.value(c.undo) }

func (c *change) value(n python.Node) string {
	up := n.Parent()
	switch {
	case c.key[0] == '=':
		return tight(up.Child(python.FieldRight))
	case c.key[0] == '+':
		return up.Child(python.FieldOperator).Text()
	case n.Kind() == python.Call:
		return diagnostics.LastName(n.Child(python.FieldFunction))
	}
	return ""
}

// open is what is known of a change on a way.
type open struct {
	open      bool // it was done, and not undone
	suspended bool // the coroutine was suspended since
}

// check reports a change that is undone behind an await on every way but that of a cancellation, and says whether it did.
func (c *change) check(p *diagnostics.Pass, fn python.Node) bool {
	var undone []python.Node
	leaks, stays := false, false
	failures := true // it is only undone where something failed
	raises := func(step python.Step, at open) python.Exc {
		if at.open && (c.back[step.Node] || step.Node.Up(python.FinallyClause, python.FunctionDef, python.Lambda).Kind() == python.FinallyClause) {
			return python.NoExc // a cleanup that fails is another matter
		}
		e := step.Raises()
		switch {
		case releases(p, step), !at.open, step.Kind == python.StepEval && step.Node.Kind() == python.Yield,
			step.Exc != python.NoExc, // two things at once
			step.Kind == python.StepExit && typed(p, step.Manager(), locks...), // a lock is released without waiting
			e&python.Cancelled != 0 && (shielded(step.Node) || cleansUp(step.Node) || c.guards(p, step.Node)):
			e &^= python.Cancelled
		}
		return e
	}
	complete := diagnostics.FollowRaising(p, fn, open{}, raises, func(step python.Step, at open) (open, bool) {
		switch {
		case step.Kind == python.StepEnd:
			if at.open {
				leaks = leaks || step.Exc == python.Cancelled
				stays = stays || step.Exc == python.NoExc
			}
			return at, false
		case c.what[step.Node] && (step.Kind == python.StepBind || step.Kind == python.StepEval):
			stays = stays || at.open
			return open{open: true}, true
		case c.back[step.Node] && (step.Kind == python.StepBind || step.Kind == python.StepEval || step.Kind == python.StepDelete):
			if at.open && at.suspended {
				h := step.Node.Up(python.ExceptClause, python.FunctionDef)
				handled := h.Kind() == python.ExceptClause
				failures = failures && handled && broad(p, h)
				if handled {
					handled, _ = p.Catches(h, python.Cancelled)
				}
				if !handled { // or else not what is skipped
					undone = append(undone, step.Node)
				}
			}
			return open{}, true
		case at.open && (step.Suspends() && !releases(p, step) || step.Kind == python.StepCatch && suspends(step.Node.Parent().Child(python.FieldBody))):
			return open{true, true}, true
		}
		return at, true
	})
	if !complete || !leaks || len(undone) == 0 || stays && !failures {
		return false
	}
	if c.key[0] == '=' || strings.HasPrefix(c.key, "event ") { // set a little too early is no great harm
		for n := range c.back {
			if n.Up(python.FinallyClause, python.FunctionDef).Kind() == python.FinallyClause {
				return false
			}
		}
	}
	at := undone[0]
	for _, n := range undone {
		if n.Span().Start < at.Span().Start {
			at = n
		}
	}
	text := at
	if at.Kind() != python.Call {
		text = at.Parent()
		if text.Kind() == python.Subscript || text.Kind() == python.ExpressionList {
			text = at
		}
	}
	do := c.do
	for do.Is(python.Identifier, python.Attribute, python.Subscript, python.PatternList) {
		do = do.Parent()
	}
	if strings.HasPrefix(c.key, "begin") || strings.HasPrefix(c.key, "start_transaction") {
		p.Report(text, "a cancellation at an `await` before `"+callText(text)+"` leaves the transaction open; use its context manager, or roll back in `finally`").
			Related(do, "where it begins")
		return true
	}
	if at.Up(python.FinallyClause, python.FunctionDef).Kind() == python.FinallyClause {
		p.Report(text, "`"+diagnostics.OneLine(text)+"` is skipped when the coroutine is cancelled at an `await` before its `try`; begin the `try` right behind `"+diagnostics.OneLine(do)+"`").
			Related(do, "what it undoes")
		return true
	}
	r := p.Report(text, "`"+diagnostics.OneLine(text)+"` is skipped when the coroutine is cancelled at an `await` before it; put it into `finally`").
		Related(do, "what it undoes")
	if len(c.back) == 1 {
		finally(r, fn, statement(do), statement(text))
	}
	if h := at.Up(python.ExceptClause, python.FunctionDef); h.Kind() == python.ExceptClause {
		if failures {
			catchAll(r, h)
		} else {
			c.merge(r, h, statement(text))
		}
	}
	return true
}

// merge puts what an except clause undoes before it re-raises, and what is undone again right behind the try statement, into finally.
func (c *change) merge(r diagnostics.Reporter, clause, undo python.Node) {
	try, block := clause.Parent(), body(clause)
	again := try.Next()
	last := lastStatement(block)
	if len(c.back) != 2 || !undo.Valid() || block.FirstNamed() != undo || !follows(undo, last) || last.Kind() != python.RaiseStmt || last.FirstNamed().Valid() ||
		again.Text() != undo.Text() || diagnostics.CaughtBy(clause).Text() != "Exception" {
		return
	}
	for part := range try.Named {
		if part != clause && part.Kind() != python.BlockStmt {
			return
		}
	}
	src := clause.Block().Text()
	_, ok := indentation(src, clause)
	inner, ok2 := indentation(src, undo)
	span := python.Span{Start: clause.Span().Start, End: again.Span().End}
	if !ok || !ok2 || strings.Contains(src[span.Start:undo.Span().Start]+src[last.Span().Start:span.End], "#") {
		return // a comment would be lost
	}
	kept := strings.TrimSpace(src[undo.Span().Start:last.Span().Start]) // with its comment
	r.Fix(diagnostics.Fix{Title: "Put it into `finally`", Edits: []diagnostics.Edit{{Span: span, New: "finally:\n" + inner + kept}}})
}

// follows says whether a statement is the next behind another, comments aside.
func follows(first, second python.Node) bool {
	next := first.Next()
	for next.Kind() == python.Comment {
		next = next.Next()
	}
	return next == second
}

// catchAll lets a clause that re-raises what it catches catch cancellation, too.
func catchAll(r diagnostics.Reporter, clause python.Node) {
	last := lastStatement(body(clause))
	if last.Kind() != python.RaiseStmt || diagnostics.CaughtBy(clause).Text() != "Exception" {
		return
	}
	if e := last.FirstNamed(); !e.Valid() || e.Text() == caughtAs(clause) && !e.Next().Valid() {
		r.Fix(diagnostics.Fix{Title: "Catch `BaseException`", Edits: []diagnostics.Edit{diagnostics.Replace(diagnostics.CaughtBy(clause), "BaseException")}})
	}
}

// statement is the statement that a node is all of, an await aside; no node when there is more in it.
func statement(n python.Node) python.Node {
	for n.Parent().Is(python.Await, python.Paren) {
		n = n.Parent()
	}
	if n.Kind() == python.DeleteStmt {
		return n
	}
	if s := n.Parent(); s.Kind() == python.ExprStmt || s.Kind() == python.DeleteStmt {
		return s
	}
	return python.Node{}
}

// finally puts what stands between two statements into try, and the second into finally.
func finally(r diagnostics.Reporter, fn, do, undo python.Node) {
	if !do.Valid() || !undo.Valid() || do.Parent() != undo.Parent() {
		return
	}
	src := undo.Block().Text()
	first := do.Next()
	for first.Kind() == python.Comment {
		first = first.Next()
	}
	if first == undo || !first.Valid() || first.Span().Start > undo.Span().Start {
		return
	}
	indent, ok := indentation(src, first)
	around, ok2 := indentation(src, undo)
	inner, ok3 := indentation(src, fn.Child(python.FieldBody).FirstNamed())
	if !ok || !ok2 || !ok3 || around != indent {
		return
	}
	unit := "    "
	if strings.HasPrefix(inner, "\t") {
		unit = "\t"
	}
	for s := first; s.Valid() && s != undo; s = s.Next() {
		for n := range s.Walk {
			if n.Kind() == python.String && strings.ContainsAny(n.Text(), "\r\n") {
				return // moving it would change it
			}
		}
	}
	span := python.Span{Start: first.Span().Start, End: undo.Span().End}
	var b strings.Builder
	b.WriteString("try:\n")
	for i, line := range strings.Split(strings.ReplaceAll(src[span.Start:undo.Span().Start], "\r\n", "\n"), "\n") {
		switch {
		case i == 0:
			b.WriteString(indent + unit + line + "\n")
		case strings.TrimSpace(line) == "":
			if line != indent { // not the white space before the last statement
				b.WriteString("\n")
			}
		default:
			b.WriteString(unit + line + "\n")
		}
	}
	b.WriteString(indent + "finally:\n" + indent + unit + undo.Text())
	r.Fix(diagnostics.Fix{Title: "Put it into `finally`", Edits: []diagnostics.Edit{{Span: span, New: b.String()}}})
}

// guards says whether the change is undone, perhaps by a condition, in the finally clause of a try statement around a step, or
// where it catches a cancellation.
func (c *change) guards(p *diagnostics.Pass, step python.Node) bool {
	for try := step.Up(python.TryStmt, python.FunctionDef, python.Lambda); try.Kind() == python.TryStmt; try = try.Up(python.TryStmt, python.FunctionDef, python.Lambda) {
		for clause := range try.Named {
			if clause.Is(python.ExceptClause, python.ExceptGroupClause) {
				if yes, _ := p.Catches(clause, python.Cancelled); !yes {
					continue
				}
			} else if clause.Kind() != python.FinallyClause {
				continue
			}
			for n := range c.back {
				if n.Inside(clause) {
					return true
				}
			}
		}
	}
	return false
}

// broad says whether an except clause catches every ordinary exception.
func broad(p *diagnostics.Pass, clause python.Node) bool {
	yes, no := p.Catches(clause, python.Failure)
	return yes && !no
}

// cleansUp says whether a step is part of a finally or except clause: that a second cancellation cuts it short is another
// matter.
func cleansUp(n python.Node) bool {
	return n.Up(python.FinallyClause, python.ExceptClause, python.FunctionDef, python.Lambda).Is(python.FinallyClause, python.ExceptClause)
}

// releases says whether a step leaves the with statement of a lock, which does not suspend the coroutine.
func releases(p *diagnostics.Pass, step python.Step) bool {
	return step.Kind == python.StepExit && step.Suspends() && typed(p, step.Manager(), locks...)
}

// handlers reports except clauses that clean up after every error, and re-raise it, but let a cancellation pass; reported are the
// keys of changes that have been reported.
func handlers(p *diagnostics.Pass, fn python.Node, reported map[string]bool) {
	for try := range inFunction(fn.Child(python.FieldBody)) {
		if try.Kind() != python.TryStmt || !suspends(try.Child(python.FieldBody)) && !(contextManager(p, fn) && yields(try.Child(python.FieldBody))) {
			continue
		}
		found := python.Node{}
		for clause := range clauses(try) {
			if yes, no := p.Catches(clause, python.Cancelled); yes || !no {
				found = python.Node{}
				break
			}
			if !found.Valid() && broad(p, clause) {
				found = clause
			}
		}
		if shielded(try) {
			continue
		}
		if found.Valid() && cleansAndRaises(p, try, found, reported) {
			continue
		}
		orphans(p, try)
	}
}

// yields says whether there is a yield in a piece of code.
func yields(n python.Node) bool {
	for c := range inFunction(n) {
		if c.Kind() == python.Yield {
			return true
		}
	}
	return false
}

// orphans reports a process that is killed after a timeout, or another error, and runs on after a cancellation.
func orphans(p *diagnostics.Pass, try python.Node) {
	for clause := range clauses(try) {
		if yes, no := p.Catches(clause, python.Cancelled); yes || !no {
			return
		}
	}
	for clause := range clauses(try) {
		for call := range inFunction(body(clause)) {
			if call.Kind() != python.Call {
				continue
			}
			fn := call.Child(python.FieldFunction)
			if name := diagnostics.LastName(fn); fn.Kind() != python.Attribute || name != "kill" && name != "terminate" {
				continue
			}
			process := fn.Child(python.FieldObject)
			if process.Kind() != python.Identifier || !typed(p, process, "asyncio.subprocess.Process") || !madeBefore(process, try) || !launched(process) || releasedBy(try, process.Text()) {
				continue
			}
			p.Report(call, "`"+callText(call)+"` is skipped when the coroutine is cancelled, and the process runs on; stop it in `finally`").
				Related(clause.First(), "this clause catches errors, but no cancellation")
			return
		}
	}
}

// launched says whether the coroutine started the process of a local name itself.
func launched(process python.Node) bool {
	l := process.Scope().Lookup(process.Text())
	return l != nil && len(l.Bindings) == 1 && strings.Contains(l.Bindings[0].Value.Text(), "create_subprocess")
}

// cleansAndRaises reports the first call that cleans up in a clause that re-raises what it caught, and says whether there is one.
func cleansAndRaises(p *diagnostics.Pass, try, clause python.Node, reported map[string]bool) bool {
	block := body(clause)
	last := lastStatement(block)
	if last.Kind() != python.RaiseStmt {
		return false
	}
	for n := range inFunction(block) {
		object, text := python.Node{}, ""
		switch {
		case n.Kind() == python.Call && releasing(n):
			object, text = n.Child(python.FieldFunction).Child(python.FieldObject), callText(n)
		case n.Kind() == python.Call && removed(n).Valid():
			object, text = removed(n), callText(n)
		case n.Kind() == python.Assignment && plainValue(n.Child(python.FieldRight)):
			if object, text = n.Child(python.FieldLeft), diagnostics.OneLine(n); object.Kind() != python.Attribute || reported["="+tight(object)] || !assignedBefore(object, try, tight(n.Child(python.FieldRight))) {
				continue
			}
		default:
			continue
		}
		if !madeBefore(object, try) || releasedBy(try, tight(object)) || n.Kind() == python.Call && lent(p, n, object) {
			continue
		}
		caught := diagnostics.OneLine(diagnostics.CaughtBy(clause))
		r := p.Report(n, "`"+text+"` is skipped when the coroutine is cancelled, which `except "+caught+"` does not catch; clean up in `finally`, or in `except BaseException`").
			Related(clause.First(), "this clause catches errors, but no cancellation")
		catchAll(r, clause)
		return true
	}
	return false
}

// releasing says whether a call lets go of what the object of its method holds.
func releasing(call python.Node) bool {
	fn := call.Child(python.FieldFunction)
	if fn.Kind() != python.Attribute {
		return false
	}
	switch strings.TrimLeft(fn.Child(python.FieldAttribute).Text(), "_") {
	case "close", "aclose", "release", "rollback", "disconnect", "abort", "terminate", "kill", "unlock", "shutdown", "stop", "cleanup",
		"clean_up", "teardown", "tear_down", "dispose", "destroy", "cancel", "unregister", "unsubscribe", "detach":
		return true
	}
	return false
}

// plainValue says whether what an attribute is set back to is a constant: a literal, or a name of a module or an enumeration.
func plainValue(n python.Node) bool {
	switch n.Kind() {
	case python.None, python.True, python.False, python.String, python.IntLit:
		return true
	case python.Attribute:
		return n.Child(python.FieldObject).Kind() == python.Identifier && n.Child(python.FieldObject).Text() != "self"
	}
	return false
}

// assignedBefore says whether the coroutine has set an attribute to something else by the end of a try statement's body. What was
// None before only notes what happened.
func assignedBefore(target, try python.Node, value string) bool {
	fn, text := try.Function(), tight(target)
	for n := range inFunction(fn.Child(python.FieldBody)) {
		if n.Kind() == python.Assignment && n.Span().Start < try.Child(python.FieldBody).Span().End && tight(n.Child(python.FieldLeft)) == text {
			if right := n.Child(python.FieldRight); right.Kind() != python.None && tight(right) != value {
				return true
			}
		}
	}
	return false
}

// removed is the file or folder that a call removes; no node for other calls.
func removed(call python.Node) python.Node {
	fn := call.Child(python.FieldFunction)
	switch text := tight(fn); text {
	case "os.remove", "os.unlink", "shutil.rmtree":
		return call.Child(python.FieldArguments).FirstNamed()
	default:
		if fn.Kind() == python.Attribute && fn.Child(python.FieldAttribute).Text() == "unlink" {
			return fn.Child(python.FieldObject)
		}
		return python.Node{}
	}
}

// lent says whether the object of a method is a parameter that its owner closes, or a session that rolls back when it is closed.
func lent(p *diagnostics.Pass, call, object python.Node) bool {
	if diagnostics.LastName(call.Child(python.FieldFunction)) == "rollback" && typed(p, object, sessions...) {
		return true
	}
	root := object
	for root.Kind() == python.Attribute {
		root = root.Child(python.FieldObject)
	}
	l := root.Scope().Lookup(root.Text())
	if l == nil || len(l.Bindings) == 0 || l.Bindings[0].Kind != python.BindParam || root.Text() == "self" || root.Text() == "cls" {
		return false
	}
	switch diagnostics.LastName(call.Child(python.FieldFunction)) {
	case "rollback", "release", "unlock", "unregister", "unsubscribe", "detach":
		return false
	}
	return true
}

// sessions are what rolls back when whoever made it closes it, as every with statement does.
// https://docs.sqlalchemy.org/en/20/orm/session_basics.html#closing
var sessions = []string{"sqlalchemy.ext.asyncio.session.AsyncSession", "sqlalchemy.ext.asyncio.scoping.async_scoped_session"}

// madeBefore says whether an object is there before a statement: a local name that is bound before it, or an attribute of one.
func madeBefore(object, stmt python.Node) bool {
	root := object
	for root.Kind() == python.Attribute {
		root = root.Child(python.FieldObject)
	}
	if root.Kind() != python.Identifier {
		return false
	}
	l := root.Scope().Lookup(root.Text())
	if l == nil {
		return root != object // an attribute of a global
	}
	for _, b := range l.Bindings {
		if b.Kind == python.BindWith || b.Kind == python.BindExcept || b.Kind == python.BindImport || b.Value.Kind() == python.None {
			return false // somebody else closes it; or it is there on some ways only
		}
		if b.Node.Span().Start > stmt.Span().Start {
			return false
		}
	}
	return true
}

// releasedBy says whether the finally clause of a try statement, or of one around it, lets go of an object, as does a
// with statement of it.
func releasedBy(try python.Node, object string) bool {
	for n := try; n.Valid() && !n.Is(python.FunctionDef, python.Lambda); n = n.Parent() {
		switch n.Kind() {
		case python.TryStmt:
			for c := range n.Named {
				if c.Kind() == python.FinallyClause && strings.Contains(tight(c), object) {
					return true
				}
			}
		case python.WithStmt:
			for e := range diagnostics.WithExpressions(n) {
				if strings.Contains(tight(e), object) {
					return true
				}
			}
		}
	}
	return false
}
