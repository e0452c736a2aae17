package cancellation

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed cancellation-swallowed.md
var swallowedDoc string

//go:embed cancelled-not-raised.md
var notRaisedDoc string

// Swallowed reports except clauses that catch cancellation and end without it.
var Swallowed = &diagnostics.Rule{
	Code: "ASYNC103", Name: "cancellation-swallowed", Family: "cancellation", Aliases: []string{"TRIO103"},
	Severity: diagnostics.Error, Doc: swallowedDoc,
	On: []python.Kind{python.ExceptClause, python.ExceptGroupClause},
	Check: func(p *diagnostics.Pass, clause python.Node) {
		c := caughtBy(p, clause)
		if c.severity == diagnostics.Off || !c.falls {
			return
		}
		at, text := c.by, "`"+keyword(clause)+" "+diagnostics.OneLine(c.by)+"`"
		if c.by == clause {
			at, text = clause.First(), "`except:`"
		}
		text += " " + c.verb() + " cancellation"
		r := p.Report(at, text+c.effect(c.severity)+"; "+c.advice()).Severity(c.severity)
		if c.only {
			reraise(r, clause)
		} else {
			passing(p, r, clause, c.by, true)
		}
	},
}

// NotRaised reports statements that leave an except clause that caught cancellation without it.
var NotRaised = &diagnostics.Rule{
	Code: "ASYNC104", Name: "cancelled-not-raised", Family: "cancellation", Aliases: []string{"TRIO104"},
	Severity: diagnostics.Error, Doc: notRaisedDoc,
	On: []python.Kind{python.ExceptClause, python.ExceptGroupClause},
	Check: func(p *diagnostics.Pass, clause python.Node) {
		c := caughtBy(p, clause)
		if c.severity == diagnostics.Off {
			return
		}
		name := "`" + diagnostics.OneLine(c.by) + "`"
		if c.by == clause {
			name = "everything"
		}
		for _, y := range c.yields {
			p.Report(y, "`yield` gives a value in place of the cancellation that `except` has caught with "+name+"; "+c.advice()).Severity(c.severity)
		}
		for _, j := range append(c.jumps, c.raises...) {
			what := "`" + j.First().Text() + "` drops the cancellation"
			if j.Kind() == python.RaiseStmt {
				what = "`" + diagnostics.OneLine(j) + "` replaces the cancellation"
			}
			r := p.Report(j, what+" that `except` has caught with "+name+"; "+c.advice()).Severity(c.severity)
			if c.only {
				r.Fix(diagnostics.Fix{Title: "Re-raise it", Edits: []diagnostics.Edit{diagnostics.Replace(j, "raise")}})
			} else {
				passing(p, r, clause, c.by, false)
			}
		}
	},
}

// caught is what an except clause makes of cancellation.
type caught struct {
	swallowed
	severity diagnostics.Severity // Off when there is nothing to tell
	by       python.Node          // see catcher
	only     bool                 // the clause catches cancellation and nothing else
}

// verb says what the clause does.
func (c caught) verb() string {
	if c.only {
		return "swallows"
	}
	return "also swallows"
}

// effect is what comes of a cancellation that is swallowed.
func (s swallowed) effect(severity diagnostics.Severity) string {
	switch {
	case s.again:
		return ", so that the task cannot be cancelled here"
	case severity == diagnostics.Info:
		return ", so that the task ends as if its work were done"
	}
	return ", so that the caller goes on as if the work were done"
}

func (c caught) advice() string {
	if c.only {
		return "re-raise it"
	}
	return "let it pass with a clause of its own"
}

type caughtKey struct{}

// caughtBy says what a clause makes of a cancellation that it catches, when that is worth telling.
func caughtBy(p *diagnostics.Pass, clause python.Node) caught {
	return diagnostics.Once(p, caughtKey{}, clause, func() caught {
		if !p.InCoroutine(clause) {
			return caught{}
		}
		by, broad := catcher(p, clause)
		if !by.Valid() || passesOn(clause) || shielded(clause) || excused(p, clause) || waitsOut(clause.Parent().Parent().Parent(), clause.Parent().Child(python.FieldBody)) {
			return caught{}
		}
		fn := clause.Function()
		s, reached := follow(p, fn, clause)
		if !reached || s.later || s.asks && !broad || !s.falls && len(s.jumps) == 0 && len(s.raises) == 0 && len(s.yields) == 0 {
			return caught{}
		}
		return caught{s, severity(p, s, clause, clause.Parent().Child(python.FieldBody)), by, !broad && diagnostics.CaughtBy(clause).Unwrap() == by && onlyCancellation(p, by)}
	})
}

// passesOn says whether it is plain to see that a clause ends by raising what it has caught, so that nobody need follow it.
func passesOn(clause python.Node) bool {
	last := lastStatement(body(clause))
	if last.Kind() != python.RaiseStmt || last.FirstNamed().Valid() {
		return false
	}
	for n := range body(clause).Walk {
		if n.Is(python.ReturnStmt, python.BreakStmt, python.ContinueStmt, python.Yield, python.WithStmt, python.TryStmt) || n.Kind() == python.RaiseStmt && n != last {
			return false
		}
	}
	return true
}

// onlyCancellation says whether an expression behind except is the class of cancellation, rather than a tuple that holds it.
func onlyCancellation(p *diagnostics.Pass, e python.Node) bool {
	return e.Kind() == python.Call || p.Type(e).IsUnknown() || !means(p, e, "Exception") && len(p.Type(e).Atoms()) == 1 && p.Type(e).Atoms()[0].Kind != program.Instance
}

// severity says how bad it is that a clause, or a call of suppress, swallows the cancellation that comes out of a block. A task whose own
// coroutine does so at its end only looks as if it had finished.
func severity(p *diagnostics.Pass, s swallowed, of, block python.Node) diagnostics.Severity {
	worst := diagnostics.Error
	fn := of.Function()
	if inTest(fn) {
		worst = diagnostics.Info
	}
	if s.again || !s.falls && len(s.jumps) == 0 {
		return worst
	}
	if of.Kind() == python.Call {
		of = of.Child(python.FieldArguments)
	}
	for e := range named(of) {
		if means(p, e, "KeyboardInterrupt") {
			return diagnostics.Off // where the program ends
		}
	}
	switch usedAs(p, fn) {
	case started:
		return diagnostics.Off
	case spawned:
		return diagnostics.Info
	case unused:
		if endless(block) || registered(fn) {
			return diagnostics.Info
		}
	}
	if of.Up(python.FinallyClause, python.FunctionDef).Kind() == python.FinallyClause {
		return max(worst, diagnostics.Warning) // what was on its way before goes on
	}
	return worst
}

// inTest says whether a function is a test, or part of one.
func inTest(fn python.Node) bool {
	for ; fn.Valid(); fn = fn.Up(python.FunctionDef) {
		if strings.HasPrefix(fn.Child(python.FieldName).Text(), "test_") {
			return true
		}
	}
	return false
}

// endless says whether a block, whose exceptions are caught, is around or within a loop that may end with the task alone, or waits
// for what never comes.
func endless(block python.Node) bool {
	for n := range inFunction(block) {
		if n.Kind() == python.WhileStmt && suspends(n) {
			return true
		}
		if n.Kind() == python.Await && (strings.Contains(n.Text(), "forever") || neverDone(n.FirstNamed())) {
			return true
		}
	}
	for n := block.Parent(); n.Valid() && !n.Is(python.FunctionDef, python.Lambda); n = n.Parent() {
		if n.Kind() == python.WhileStmt {
			return true
		}
	}
	return false
}

// neverDone says whether what is awaited is a future that only this function knows.
func neverDone(e python.Node) bool {
	if e.Kind() != python.Identifier {
		return e.Kind() == python.Call && strings.HasSuffix(e.Child(python.FieldFunction).Text(), "Event().wait")
	}
	l := e.Scope().Lookup(e.Text())
	if l == nil || l.Captured || len(l.Bindings) != 1 || l.Bindings[0].Kind != python.BindAssign || l.Bindings[0].Value.Kind() != python.Call {
		return false
	}
	reads, sure := l.Bindings[0].Reads()
	name := diagnostics.LastName(l.Bindings[0].Value.Child(python.FieldFunction))
	return sure && len(reads) == 1 && (name == "create_future" || name == "Future")
}

// registered says whether a decorator hands the function to somebody who calls it: a command line, a framework.
func registered(fn python.Node) bool {
	for c := range fn.Parent().Named {
		if c.Kind() == python.Decorator && c.FirstNamed().Kind() == python.Call {
			return true
		}
	}
	return false
}

// reraise adds raise at the end of a clause.
func reraise(r diagnostics.Reporter, clause python.Node) {
	last := lastStatement(body(clause))
	if !last.Valid() {
		return
	}
	if last.Kind() == python.PassStmt || last.Kind() == python.ExprStmt && last.FirstNamed().Kind() == python.Ellipsis {
		r.Fix(diagnostics.Fix{Title: "Re-raise it", Safe: true, Edits: []diagnostics.Edit{diagnostics.Replace(last, "raise")}})
		return
	}
	src := clause.Block().Text()
	indent, ok := indentation(src, last)
	if !ok {
		return
	}
	end := lineEnd(src, last.Span().End)
	r.Fix(diagnostics.Fix{Title: "Re-raise it", Safe: true, Edits: []diagnostics.Edit{{Span: python.Span{Start: end, End: end}, New: "\n" + indent + "raise"}}})
}

// keyword is what an except clause begins with.
func keyword(clause python.Node) string {
	if clause.Kind() == python.ExceptGroupClause {
		return "except*"
	}
	return "except"
}

// passing adds a clause before one that catches more, which lets cancellation pass.
func passing(p *diagnostics.Pass, r diagnostics.Reporter, clause, by python.Node, safe bool) {
	src := clause.Block().Text()
	indent, ok := indentation(src, clause)
	if !ok {
		return
	}
	inner, ok := indentation(src, body(clause).FirstNamed())
	if !ok || !strings.HasPrefix(inner, indent) || len(inner) == len(indent) {
		inner = indent + "    "
	}
	name := map[string]string{"trio": "trio.Cancelled", "anyio": "anyio.get_cancelled_exc_class"}[p.Library()]
	if name == "" {
		name = "asyncio.CancelledError"
	}
	text, imports := p.Spell(name)
	if p.Library() == "anyio" {
		text += "()"
	}
	edits := []diagnostics.Edit{diagnostics.Insert(clause, keyword(clause)+" "+text+":\n"+inner+"raise\n"+indent)}
	if tuple := by.Parent(); tuple.Kind() == python.TupleExpr && cancellation(p, by) {
		var rest []string
		for e := range tuple.Named {
			if e != by {
				rest = append(rest, e.Text())
			}
		}
		switch {
		case strings.ContainsAny(tuple.Text(), "\r\n"): // it may hold comments
		case len(rest) == 1 && !strings.HasPrefix(rest[0], "*"):
			edits = append(edits, diagnostics.Replace(tuple, rest[0]))
		case len(rest) > 1:
			edits = append(edits, diagnostics.Replace(tuple, "("+strings.Join(rest, ", ")+")"))
		}
	}
	r.Fix(diagnostics.Fix{Title: "Let cancellation pass", Safe: safe, Imports: imports, Edits: edits})
}

// excused says whether a handler knows what it does: it asks who was cancelled, or what it awaits are tasks that the program
// cancels, or hands on what it caught.
func excused(p *diagnostics.Pass, clause python.Node) bool {
	name := caughtAs(clause)
	for c := range inFunction(body(clause)) {
		switch c.Kind() {
		case python.Attribute:
			switch c.Child(python.FieldAttribute).Text() {
			case "cancelled", "cancelling", "uncancel", "cancel_called", "cancelled_caught", "aclose_forcefully":
				return true
			}
		case python.Identifier:
			if name != "" && c.Text() == name && handedOn(c) {
				return true
			}
		case python.Call: // attempt.set_exception(sys.exc_info())
			if c.Child(python.FieldFunction).Text() == "sys.exc_info" && c.Parent().Kind() == python.ArgumentList && handedOn(c) {
				return true
			}
		}
	}
	return seesThrough(p, clause.Parent()) || ownTask(p, clause.Parent().Child(python.FieldBody))
}

// seesThrough says whether a try statement waits, however often it is cancelled, for a task that it shields: "while not task.done():",
// around nothing but "await asyncio.shield(task)". That is how a cleanup is brought to its end.
func seesThrough(p *diagnostics.Pass, try python.Node) bool {
	stmt := try.Child(python.FieldBody).FirstNamed()
	call := stmt.FirstNamed().FirstNamed()
	if stmt.Kind() != python.ExprStmt || stmt != lastStatement(try.Child(python.FieldBody)) || stmt.FirstNamed().Kind() != python.Await || call.Kind() != python.Call {
		return false
	}
	loop := try.Up(python.WhileStmt, python.ForStmt, python.FunctionDef, python.Lambda)
	if loop.Kind() != python.WhileStmt || call.Child(python.FieldArguments).FirstNamed().Kind() != python.Identifier {
		return false
	}
	c, ok := p.Callee(call)
	return ok && c.Name == "asyncio.shield"
}

// handedOn says whether an exception is kept, or given to somebody who may raise it: to anyone but a logger.
func handedOn(n python.Node) bool {
	up := n.Parent()
	for up.Is(python.Paren, python.TupleExpr, python.ExpressionList, python.ListExpr, python.SetExpr, python.DictExpr, python.Pair, python.KeywordArgument, python.ConditionalExpression, python.BooleanOperator) {
		n, up = up, up.Parent()
	}
	switch up.Kind() {
	case python.Assignment:
		return n.Field() == python.FieldRight
	case python.NamedExpression:
		return n.Field() == python.FieldValue
	case python.ReturnStmt, python.Yield:
		return true
	case python.ArgumentList:
		return handedOnTo(up.Parent().Child(python.FieldFunction))
	}
	return false
}

// handedOnTo says whether a function may do something with an exception that it is given, other than to spell or log it.
func handedOnTo(fn python.Node) bool {
	if fn.Text() == "outcome.Error" { // what outcome.send and unwrap raise
		return true
	}
	switch name := diagnostics.LastName(fn); name {
	case "str", "repr", "type", "isinstance", "issubclass", "format", "format_exception", "getattr", "hasattr", "bool", "id", "",
		"debug", "info", "warning", "warn", "error", "exception", "critical", "trace", "success", "format_exc":
		return false
	default:
		return !strings.Contains(name, "log") && !strings.Contains(name, "print") && !strings.Contains(name, "Error") && !strings.Contains(name, "Exception")
	}
}

// shielded says whether code stands in a cancel scope that keeps cancellation away.
func shielded(n python.Node) bool {
	for w := n.Up(python.WithStmt, python.FunctionDef, python.Lambda); w.Kind() == python.WithStmt; w = w.Up(python.WithStmt, python.FunctionDef, python.Lambda) {
		for e := range diagnostics.WithExpressions(w) {
			if shields(e) {
				return true
			}
		}
	}
	return false
}

// onlyBinding is the only place where a local name gets a value; nil when there are several, or none.
func onlyBinding(n python.Node) *python.Binding {
	if l := n.Scope().Lookup(n.Text()); l != nil && len(l.Bindings) == 1 {
		return l.Bindings[0]
	}
	return nil
}

// shields says whether a context manager is a cancel scope with shield=True, perhaps one that a name holds.
func shields(e python.Node) bool {
	if e.Kind() == python.Identifier {
		if b := onlyBinding(e); b != nil && b.Kind == python.BindAssign && len(b.Path) == 0 {
			e = b.Value
		}
	}
	if e.Kind() != python.Call {
		return false
	}
	for a := range e.Child(python.FieldArguments).Named {
		if a.Kind() == python.KeywordArgument && a.Child(python.FieldName).Text() == "shield" && a.Child(python.FieldValue).Kind() != python.False {
			return true
		}
	}
	return false
}
