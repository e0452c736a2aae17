package cancellation

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed retry-without-backoff.md
var retryDoc string

// Retry reports loops that try again at once, for as long as it fails.
var Retry = &diagnostics.Rule{
	Code: "AIO406", Name: "retry-without-backoff", Family: "cancellation", Severity: diagnostics.Warning, Doc: retryDoc,
	On: []python.Kind{python.WhileStmt},
	Check: func(p *diagnostics.Pass, loop python.Node) {
		if !p.InCoroutine(loop) || !tries(loop) {
			return
		}
		r := retries(p, loop)
		if !r.clause.Valid() || advances(loop, r.clause) {
			return
		}
		paced, elsewhere := sleeps(loop, r.clause)
		if elsewhere || !r.certain(p, paced.Valid()) || r.goesOn(loop) {
			return
		}
		what := "the loop tries again"
		if len(r.first) == 1 {
			what = "`" + awaitText(r.first[0]) + "` is tried again"
		}
		at := r.clause
		if paced.Valid() {
			what = "`" + diagnostics.OneLine(paced) + "` is skipped, and the loop goes on"
		}
		report := p.ReportSpan(at, python.Span{Start: at.Span().Start, End: header(at)}, what+" at once and without end while it fails; wait before the next try, longer each time")
		if bounded(loop, r.clause) {
			report.Severity(diagnostics.Info)
		}
		pause(p, report, r.clause)
	},
}

// sleeps finds the call of sleep by which a loop paces itself where nothing fails, in the try statement of a clause; elsewhere
// says that there is another place where it sleeps.
func sleeps(loop, clause python.Node) (paced python.Node, elsewhere bool) {
	try := clause.Parent().Child(python.FieldBody)
	for n := range inFunction(loop) {
		if n.Kind() != python.Await || n.FirstNamed().Kind() != python.Call || !strings.Contains(strings.ToLower(diagnostics.LastName(n.FirstNamed().Child(python.FieldFunction))), "sleep") {
			continue
		}
		if n.Inside(try) {
			paced = n
		} else if !n.Inside(clause) {
			elsewhere = true
		}
	}
	return paced, elsewhere
}

// advances says whether a clause changes what the condition of the loop is about, so that it comes to an end.
func advances(loop, clause python.Node) bool {
	for n := range loop.Child(python.FieldCondition).Walk {
		if n.Kind() != python.Identifier || n.Text() == "self" || n.Text() == "not" {
			continue
		}
		for m := range body(clause).Walk {
			if m.Kind() == python.Identifier && m.Text() == n.Text() {
				return true
			}
		}
	}
	return false
}

// tries says whether there is a try statement with an except clause in a loop.
func tries(loop python.Node) bool {
	for n := range inFunction(loop.Child(python.FieldBody)) {
		if n.Kind() == python.ExceptClause {
			return true
		}
	}
	return false
}

// retry is what is known of a loop.
type retry struct {
	clause  python.Node   // the except clause behind which the loop goes on at once; no node when there is none
	first   []python.Node // what the loop may wait for first in a round
	repeats bool          // it also goes on when that succeeds
}

// round says how far a round of a loop is.
type round uint8

const (
	outside round = iota
	begun         // nothing has been awaited
	passed        // something has been awaited
	failed        // the first thing that was awaited has failed
)

// retries follows a loop.
func retries(p *diagnostics.Pass, loop python.Node) retry {
	var found retry
	cond, block := loop.Child(python.FieldCondition), loop.Child(python.FieldBody)
	type state struct {
		at     round
		clause python.Node
	}
	raises := func(step python.Step, s state) python.Exc {
		if s.at == begun && step.Suspends() {
			return python.Failure
		}
		return python.NoExc
	}
	seen := map[python.Node]bool{}
	var behind python.Node
	complete := diagnostics.FollowRaising(p, loop.Function(), state{}, raises, func(step python.Step, s state) (state, bool) {
		switch {
		case (step.Kind == python.StepTrue || step.Kind == python.StepFalse) && step.Node.Inside(cond):
			if s.at == failed && !behind.Valid() {
				behind = s.clause
			}
			found.repeats = found.repeats || s.at == passed
			return state{at: begun}, true
		case s.at == outside:
		case step.Suspends() && step.Kind != python.StepEval && timeoutScope(step.Manager()):
		case step.Suspends():
			if s.at == begun && step.Node.Inside(block) && !seen[step.Node] {
				seen[step.Node] = true
				found.first = append(found.first, step.Node)
			}
			return state{at: passed}, true
		case step.Kind == python.StepCatch && s.at == begun && step.Node.Inside(block):
			if step.Exc == python.Failure && fleeting(p, step.Node) {
				return state{failed, step.Node}, true
			}
			return state{at: passed}, true
		case step.Kind == python.StepEval && step.Node.Kind() == python.Call && diagnostics.LastName(step.Node.Child(python.FieldFunction)) == "sleep":
			return state{at: passed}, true
		}
		return s, true
	})
	if complete {
		found.clause = behind
	}
	return found
}

// fleeting says whether an except clause catches errors that come at once and may be gone at the next try: all of them, or those of
// a connection.
func fleeting(p *diagnostics.Pass, clause python.Node) bool {
	if broad(p, clause) {
		return true
	}
	for e := range named(clause) {
		for _, a := range p.Type(e).Atoms() {
			if a.Kind == program.ClassObject && p.Program.Subclass(a.Class, "OSError") && !p.Program.Subclass(a.Class, "TimeoutError") {
				return true
			}
			name := a.QName()
			for _, word := range []string{"Connect", "ClientError", "HTTPError", "Network", "RequestError", "Transport", "Unavailable", "RateLimit"} {
				if strings.Contains(name[strings.LastIndexByte(name, '.')+1:], word) {
					return true
				}
			}
		}
	}
	return false
}

// certain says whether what the loop waits for first can fail at once, again and again. Where the loop goes on after a success as
// well, it may be that it waits there for the next item; what connects or requests something does not.
func (r retry) certain(p *diagnostics.Pass, paced bool) bool {
	if len(r.first) == 0 {
		return false
	}
	for _, n := range r.first {
		call := awaitedCall(n)
		if call.Kind() != python.Call {
			return false
		}
		name := strings.ToLower(strings.Trim(diagnostics.LastName(call.Child(python.FieldFunction)), "_"))
		c, _ := p.Callee(call)
		client := strings.HasPrefix(c.Name, "aiohttp.") || strings.HasPrefix(c.Name, "httpx.")
		if !client && waits(p, call, name) || r.repeats && !paced && !client && !reaches(name) {
			return false
		}
	}
	return true
}

// takers are methods and functions that take the next thing from somewhere.
var takers = map[string]bool{"next": true, "send": true, "pop": true, "popleft": true, "popitem": true, "heappop": true, "get_nowait": true}

// goesOn says whether each round is about another thing, which the loop takes from somewhere: a failure is no reason to wait then.
func (r retry) goesOn(loop python.Node) bool {
	taken := map[string]bool{}
	for n := range inFunction(loop.Child(python.FieldBody)) {
		if n.Kind() == python.Assignment && takers[diagnostics.LastName(n.Child(python.FieldRight).Child(python.FieldFunction))] {
			for name := range n.Child(python.FieldLeft).Walk {
				taken[name.Text()] = name.Kind() == python.Identifier
			}
		}
	}
	for _, n := range r.first {
		for arg := range awaitedCall(n).Child(python.FieldArguments).Walk {
			if arg.Kind() == python.Identifier && taken[arg.Text()] {
				return true
			}
		}
	}
	return false
}

// awaitedCall is the call that a step waits for; of wait_for and shield, what is called for their argument.
func awaitedCall(n python.Node) python.Node {
	call := n
	switch n.Kind() {
	case python.Await:
		call = n.FirstNamed().Unwrap()
	case python.AsPattern:
		call = n.FirstNamed()
	case python.ForStmt:
		call = n.Child(python.FieldRight)
	}
	if call.Kind() == python.Call {
		switch diagnostics.LastName(call.Child(python.FieldFunction)) {
		case "wait_for", "shield":
			if arg := call.Child(python.FieldArguments).FirstNamed(); arg.Kind() == python.Call {
				return arg
			}
		}
	}
	return call
}

// awaitText is what a step waits for, as a message quotes it.
func awaitText(n python.Node) string {
	if call := awaitedCall(n); call.Kind() == python.Call {
		return callText(call)
	}
	return diagnostics.OneLine(n)
}

// waits says whether a call is there to wait: for somebody who types or sends something, or for the time to pass.
func waits(p *diagnostics.Pass, call python.Node, name string) bool {
	if c, ok := p.Callee(call); ok && c.Facts.Waits && !strings.HasSuffix(c.Name, "_connection") {
		return true
	}
	for _, word := range []string{"sleep", "wait", "recv", "receive", "read", "input", "prompt", "ask", "accept", "listen", "next", "poll", "join", "acquire", "backoff", "delay", "pause", "tick", "queue", "lock", "semaphore", "limit", "throttle"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return name == "get" && !call.Child(python.FieldArguments).FirstNamed().Valid() // of a queue
}

// reaches says whether a function of this name asks somebody else for something, who may not be there.
func reaches(name string) bool {
	for _, word := range []string{"connect", "request", "fetch", "download", "login", "dial"} {
		if strings.Contains(name, word) && !strings.Contains(name, "disconnect") {
			return true
		}
	}
	return false
}

// bounded says whether the number of tries is limited: the clause leaves the loop on some way, or the condition compares.
func bounded(loop, clause python.Node) bool {
	for n := range inFunction(body(clause)) {
		if n.Is(python.RaiseStmt, python.ReturnStmt, python.BreakStmt) {
			return true
		}
	}
	for n := range loop.Child(python.FieldCondition).Walk {
		if n.Kind() == python.ComparisonOperator && strings.ContainsAny(n.Child(python.FieldOperators).Text(), "<>") {
			return true
		}
	}
	return false
}

// header is the end of what stands before the colon of an except clause.
func header(clause python.Node) int {
	end := clause.First().Span().End
	if e := clause.FirstNamed(); e.Kind() != python.BlockStmt {
		end = e.Span().End
	}
	return end
}

// pause adds a pause at the end of an except clause.
func pause(p *diagnostics.Pass, r diagnostics.Reporter, clause python.Node) {
	last := lastStatement(body(clause))
	src := clause.Block().Text()
	indent, ok := indentation(src, last)
	if !ok {
		return
	}
	name, imports := p.Spell(p.Library() + ".sleep")
	text := "await " + name + "(1)"
	fix := diagnostics.Fix{Title: "Wait a second before the next try", Imports: imports}
	switch last.Kind() {
	case python.PassStmt:
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(last, text)}
	case python.ContinueStmt:
		fix.Edits = []diagnostics.Edit{diagnostics.Insert(last, text+"\n"+indent)}
	default:
		end := lineEnd(src, last.Span().End)
		fix.Edits = []diagnostics.Edit{{Span: python.Span{Start: end, End: end}, New: "\n" + indent + text}}
	}
	fix.Edits[0] = fix.Edits[0].Guessing("1")
	r.Fix(fix)
}
