package cancellation

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// swallowed is what becomes of a cancellation that an except clause or a context manager has caught.
type swallowed struct {
	falls  bool          // on some way it is gone at the end of the clause
	jumps  []python.Node // return, break and continue statements that leave the clause without it
	raises []python.Node // raise statements that raise something else instead
	yields []python.Node // yields of a generator within the clause, which give its caller a value instead
	again  bool          // the coroutine goes on behind it and is suspended again
	later  bool          // on some way, a cancellation is raised later
	asks   bool          // the clause re-raises it on some ways, by a condition that tells which
}

// phases of a way through the function.
type phase uint8

const (
	before phase = iota // the cancellation has not been caught
	inside              // the clause has caught it and runs
	behind              // it is gone
)

// cancelledErrors are the classes that an except clause names to catch a cancellation, and nothing else.
var cancelledErrors = []string{"asyncio.CancelledError", "trio.Cancelled"}

// cancellation says whether an expression behind except is the class of cancellation.
func cancellation(p *diagnostics.Pass, e python.Node) bool {
	if e.Kind() == python.Call {
		c, ok := p.Callee(e)
		return ok && strings.HasSuffix(c.Name, "get_cancelled_exc_class") // within anyio, it has another name
	}
	return means(p, e, cancelledErrors...)
}

// catcher is the expression by which an except clause, or a call of suppress, certainly catches cancellation, among other things:
// the clause itself where it names nothing. No node when it does not.
func catcher(p *diagnostics.Pass, of python.Node) (e python.Node, broad bool) {
	if of.Is(python.ExceptClause, python.ExceptGroupClause) && !diagnostics.CaughtBy(of).Valid() {
		return of, true
	}
	for e := range named(of) {
		if cancellation(p, e) {
			return e, false
		}
	}
	for e := range named(of) {
		if means(p, e, "BaseException") {
			return e, true
		}
	}
	return python.Node{}, false
}

// follow finds out what becomes of a cancellation that an except clause, or the item of a with statement, catches. caught is
// false when none can reach it.
func follow(p *diagnostics.Pass, fn, clause python.Node) (s swallowed, caught bool) {
	manager := contextManager(p, fn)
	handler := clause.Is(python.ExceptClause, python.ExceptGroupClause)
	seen := map[python.Node]bool{}
	once := func(n python.Node, list *[]python.Node) {
		if !seen[n] {
			seen[n] = true
			*list = append(*list, n)
		}
	}
	raises := func(step python.Step, at phase) python.Exc {
		if at == inside {
			return python.NoExc // what fails there raises something else, but that is not what the author wrote
		}
		e := step.Raises()
		if e&python.Cancelled != 0 && shielded(step.Node) {
			e &^= python.Cancelled
		}
		if step.Kind == python.StepEval && step.Node.Kind() == python.Yield && !manager {
			e &^= python.Cancelled
		}
		return e
	}
	complete := diagnostics.FollowRaising(p, fn, before, raises, func(step python.Step, at phase) (phase, bool) {
		if at == before {
			if step.Node == clause && step.Exc == python.Cancelled {
				caught = true
				switch step.Kind {
				case python.StepCatch:
					return inside, true
				case python.StepExit:
					s.falls = true
					return behind, true
				}
			}
			return before, true
		}
		if at == inside && handler && step.Node.Valid() && step.Node.Inside(clause) {
			switch step.Kind {
			case python.StepRaise:
				if e := step.Node.FirstNamed(); e.Valid() && !same(p, e, clause) {
					once(step.Node, &s.raises)
				} else if asks(step.Node, clause) {
					s.asks = true
				}
				return behind, false
			case python.StepReturn:
				once(step.Node, &s.jumps)
				s.asks = s.asks || asks(step.Node, clause)
				return behind, true
			case python.StepJump:
				if !loopOf(step.Node).Inside(clause) {
					s.asks = s.asks || asks(step.Node, clause)
					once(step.Node, &s.jumps)
					return behind, true
				}
			case python.StepEval:
				switch {
				case step.Node.Kind() == python.Yield && !manager:
					once(step.Node, &s.yields)
				case step.Node.Kind() == python.Call && diagnostics.EndsProgram(step.Node):
					return behind, false
				}
			case python.StepTrue, python.StepFalse:
				return inside, !excluded(p, step, clause)
			}
			return inside, true
		}
		if at == inside {
			s.falls, at = true, behind
		}
		switch {
		case step.Kind == python.StepRaise:
			if e := step.Node.FirstNamed(); e.Valid() {
				s.later = s.later || raisesCancellation(p, e)
			} else if outer := step.Node.Up(python.ExceptClause); outer.Valid() && outer != clause && clause.Inside(outer) {
				by, _ := catcher(p, outer)
				s.later = s.later || by.Valid() // the one that is being handled there
			}
			return behind, false
		case step.Kind == python.StepEnd:
		case step.Suspends() && !tidies(step.Node, clause):
			s.again = true
		}
		return behind, true
	})
	return s, caught && complete
}

// tidies says whether a step is part of the cleanup that ends a try statement around a clause.
func tidies(n, clause python.Node) bool {
	for up := n.Up(python.FinallyClause); up.Valid(); up = up.Up(python.FinallyClause) {
		if clause.Inside(up.Parent()) && !clause.Inside(up) {
			return true
		}
	}
	if w := n.Up(python.WithStmt); w.Valid() && clause.Inside(w.Child(python.FieldBody)) {
		return true // the exit of a context manager
	}
	return false
}

// same says whether what a raise statement raises is the cancellation that the clause caught, or another one.
func same(p *diagnostics.Pass, e, clause python.Node) bool {
	root := e
	for root.Is(python.Call, python.Attribute, python.Paren) { // raise e.with_traceback(...)
		root = root.FirstNamed()
	}
	if name := caughtAs(clause); name != "" && root.Text() == name {
		return true
	}
	return raisesCancellation(p, e)
}

// asks says whether a statement that leaves a clause depends on a condition about the state of things: whether the program is
// closing, for example. How often something was tried is none.
func asks(leave, clause python.Node) bool {
	for n := leave.Parent(); n.Valid() && n != clause; n = n.Parent() {
		var cond python.Node
		switch n.Kind() {
		case python.IfStmt, python.ElifClause:
			cond = n.Child(python.FieldCondition)
		case python.BlockStmt: // behind an if that leaves
			for s := range n.Named {
				if s.Kind() == python.IfStmt && s.Span().End <= leave.Span().Start {
					cond = s.Child(python.FieldCondition)
				}
			}
		}
		if !cond.Valid() {
			continue
		}
		counts := false
		for c := range cond.Walk {
			if c.Kind() == python.ComparisonOperator && strings.ContainsAny(c.Child(python.FieldOperators).Text(), "<>") || c.Kind() == python.IntLit {
				counts = true
			}
		}
		if !counts {
			return true
		}
	}
	return false
}

// raisesCancellation says whether what a raise statement raises stands for a cancellation, or may do so for all we know: what
// is no Exception, or has it in its name. An AssertionError says that the place is never reached.
func raisesCancellation(p *diagnostics.Pass, e python.Node) bool {
	if e.Kind() == python.Call {
		e = e.Child(python.FieldFunction)
	} else if e.Kind() == python.Identifier && e.Scope().Lookup(e.Text()) != nil && e.Scope().Lookup(e.Text()).Scope.Kind == python.FunctionScope {
		return true // a variable that holds an exception
	}
	if name := strings.ToLower(diagnostics.OneLine(e)); strings.Contains(name, "cancel") || name == "assertionerror" || cancellation(p, e) {
		return true
	}
	t := p.Type(e)
	if t.IsUnknown() {
		return true
	}
	for _, a := range t.Atoms() {
		if a.Kind == program.ClassObject && p.Program.Closed(a.Class) && !p.Program.Subclass(a.Class, "Exception") {
			return true
		}
	}
	return false
}

// caughtAs is the name that an except clause gives to what it caught.
func caughtAs(clause python.Node) string {
	if as := clause.FirstNamed(); as.Kind() == python.AsPattern {
		return as.Child(python.FieldAlias).Text()
	}
	return ""
}

// excluded says whether what a condition tells is that what the clause caught is no cancellation.
func excluded(p *diagnostics.Pass, step python.Step, clause python.Node) bool {
	call := step.Node.Unwrap()
	if step.Kind == python.StepTrue && call.Kind() == python.ComparisonOperator && call.Child(python.FieldOperators).Text() == "is" && call.FirstNamed().Text() == caughtAs(clause) {
		return true // it is the exception that somebody else holds, and raises: what was thrown into a context manager
	}
	if call.Kind() != python.Call || call.Child(python.FieldFunction).Text() != "isinstance" {
		return false
	}
	subject, of := p.Argument(call, 0, ""), p.Argument(call, 1, "")
	if subject.Text() != caughtAs(clause) || !of.Valid() {
		return false
	}
	cancelled := false
	for e := range named(of) {
		if e.Kind() != python.Identifier && e.Kind() != python.Attribute && e.Kind() != python.Call {
			return true
		}
		if cancellation(p, e) || means(p, e, "BaseException") {
			cancelled = true
		}
	}
	return cancelled != (step.Kind == python.StepTrue)
}

// loopOf is the loop that a break or continue belongs to.
func loopOf(jump python.Node) python.Node {
	child := jump
	for n := jump.Parent(); n.Valid(); child, n = n, n.Parent() {
		switch n.Kind() {
		case python.FunctionDef, python.Lambda, python.ClassDef:
			return python.Node{}
		case python.ForStmt, python.WhileStmt:
			if child.Field() == python.FieldBody { // in its else clause, the jump belongs to a loop around
				return n
			}
		}
	}
	return python.Node{}
}

// contextManager says whether a generator function is decorated with asynccontextmanager: what is raised in the body of the
// with statement appears at its yield.
func contextManager(p *diagnostics.Pass, fn python.Node) bool {
	d := fn.Parent()
	if d.Kind() != python.DecoratedDef {
		return false
	}
	for c := range d.Named {
		if c.Kind() == python.Decorator && strings.Contains(c.Text(), "contextmanager") {
			return true
		}
	}
	return false
}
