package cancellation

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed await-in-finally.md
var awaitInFinallyDoc string

//go:embed await-in-except.md
var awaitInExceptDoc string

// AwaitInFinally reports awaits of cleanup code that a cancellation cuts short.
var AwaitInFinally = &diagnostics.Rule{
	Code: "ASYNC102", Name: "await-in-finally", Family: "cancellation", Aliases: []string{"TRIO102"},
	Severity: diagnostics.Warning, Doc: awaitInFinallyDoc,
	On: []python.Kind{python.Await, python.WithStmt, python.ForStmt},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if n.Kind() != python.Await && !n.IsAsync() || !p.InCoroutine(n) {
			return
		}
		clause, critical := cleanupClause(p, n)
		if !clause.Valid() || !critical {
			return
		}
		library := library(p, n)
		if library == "asyncio" {
			lasting, text := long(p, n)
			if !lasting || clause.Kind() != python.FinallyClause || inTest(n.Function()) {
				return
			}
			r := p.Report(n, "`"+text+"` in `finally` holds up a cancellation for as long as it takes; set a limit with `asyncio.wait_for()`").
				Severity(diagnostics.Info)
			call := n.FirstNamed().Unwrap()
			name, imports := p.Spell("asyncio.wait_for")
			r.Fix(diagnostics.Fix{Title: "Wait for 10 seconds at most", Imports: imports, Edits: []diagnostics.Edit{diagnostics.Insert(call, name+"("), diagnostics.Append(call, ", 10)").Guessing("10")}})
			return
		}
		if closes(p, n, 0) || clause.Kind() == python.FunctionDef && exits(n) {
			return
		}
		where, severity := "`finally`", diagnostics.Warning
		switch clause.Kind() {
		case python.ExceptClause:
			where = "the handler of a cancellation"
		case python.FunctionDef: // it may have been called for another reason
			where, severity = "`__aexit__`", diagnostics.Info
		}
		scope, imports := p.Spell(library + ".move_on_after")
		r := p.Report(n, "an await in "+where+" raises `"+cancelledName(library)+"` at once when the task is cancelled, and cuts the cleanup short; shield it with `"+scope+"(..., shield=True)`").
			Related(clause.First(), "it cleans up").Severity(severity)
		shield(r, n, scope, imports)
	},
}

// AwaitInExcept reports awaits in except clauses that raise something afterwards: a cancellation replaces it.
var AwaitInExcept = &diagnostics.Rule{
	Code: "ASYNC120", Name: "await-in-except", Family: "cancellation", Aliases: []string{"TRIO120"},
	Severity: diagnostics.Warning, Doc: awaitInExceptDoc,
	On: []python.Kind{python.Await, python.WithStmt, python.ForStmt},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if n.Kind() != python.Await && !n.IsAsync() || !p.InCoroutine(n) {
			return
		}
		library := library(p, n)
		if library == "asyncio" {
			return
		}
		clause, critical := cleanupClause(p, n)
		if !clause.Valid() || critical || !raisesBehind(clause, n) || closes(p, n, 0) {
			return
		}
		scope, imports := p.Spell(library + ".move_on_after")
		r := p.Report(n, "a cancellation at an await in `except` replaces the exception that is handled, which is lost; shield it with `"+scope+"(..., shield=True)`").
			Related(clause.First(), "it handles an exception")
		if last := lastStatement(body(clause)); last.Kind() != python.RaiseStmt { // perhaps it has dealt with the exception
			r.Severity(diagnostics.Info)
		}
		shield(r, n, scope, imports)
	},
}

// library is the one whose rules of cancellation hold for an await: that of the file, or the one whose function is awaited in a file
// that imports several.
func library(p *diagnostics.Pass, n python.Node) string {
	if l := p.Library(); l != "asyncio" || !p.ImportsFrom("trio", "anyio") {
		return l
	}
	if call := n.FirstNamed().Unwrap(); call.Kind() == python.Call {
		if c, ok := p.Callee(call); ok {
			if l, _, _ := strings.Cut(c.Name, "."); l == "trio" || l == "anyio" {
				return l
			}
		}
	}
	return "asyncio"
}

// exits says whether an await is of the `__aexit__` of something else, which sees to its own cleanup.
func exits(n python.Node) bool {
	call := n.FirstNamed().Unwrap()
	return call.Kind() == python.Call && diagnostics.LastName(call.Child(python.FieldFunction)) == "__aexit__"
}

func cancelledName(library string) string {
	if library == "trio" {
		return "trio.Cancelled"
	}
	return "CancelledError"
}

// cleanupClause is the finally or except clause that an await is in, unless it is shielded; critical says that it is finally, or
// catches cancellation. Around an except clause that does not, there may be one that does. A method __aexit__ is a clause, too.
func cleanupClause(p *diagnostics.Pass, n python.Node) (clause python.Node, critical bool) {
	if n.Kind() == python.WithStmt && shieldedBy(n, lastStatement(n.Child(python.FieldBody))) { // a task group that shields itself
		return python.Node{}, false
	}
	child := n
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda, python.ClassDef); child, up = up, up.Parent() {
		switch up.Kind() {
		case python.WithStmt:
			if child.Field() == python.FieldBody && shieldedBy(up, n) {
				return python.Node{}, false
			}
		case python.FinallyClause:
			if shieldsItself(body(up), n) {
				return python.Node{}, false
			}
			if !critical {
				clause, critical = up, true
			}
		case python.ExceptClause:
			if shieldsItself(body(up), n) {
				return python.Node{}, false
			}
			if critical {
				continue
			}
			if by, _ := catcher(p, up); by.Valid() && !caughtEarlier(p, up) {
				clause, critical = up, true
			} else if !clause.Valid() {
				clause = up
			}
		}
	}
	if fn := n.Function(); !critical && fn.Child(python.FieldName).Text() == "__aexit__" {
		return fn, true
	}
	return clause, critical
}

// caughtEarlier says whether an except clause of the same try statement catches cancellation before this one.
func caughtEarlier(p *diagnostics.Pass, clause python.Node) bool {
	for c := range clauses(clause.Parent()) {
		if c == clause {
			return false
		}
		if by, _ := catcher(p, c); by.Valid() {
			return true
		}
	}
	return false
}

// shieldedBy says whether a with statement shields what is in it: by an argument, or by an assignment to its scope.
func shieldedBy(with, n python.Node) bool {
	for e := range diagnostics.WithExpressions(with) {
		if shields(e) {
			return true
		}
	}
	return shieldsItself(with.Child(python.FieldBody), n)
}

// shieldsItself says whether a block sets the shield of a cancel scope before a node.
func shieldsItself(block, n python.Node) bool {
	for c := range inFunction(block) {
		if c.Kind() == python.Assignment && c.Span().End <= n.Span().Start && c.Child(python.FieldRight).Kind() == python.True {
			if left := c.Child(python.FieldLeft); left.Kind() == python.Attribute && left.Child(python.FieldAttribute).Text() == "shield" {
				return true
			}
		}
	}
	return false
}

// closes says whether an await is of what cleans up even when it is cancelled: aclose() of trio and anyio, or a function of the file
// that awaits nothing else, or shields itself.
func closes(p *diagnostics.Pass, n python.Node, depth int) bool {
	call := n.FirstNamed().Unwrap()
	if n.Kind() != python.Await || call.Kind() != python.Call {
		return false
	}
	name := diagnostics.LastName(call.Child(python.FieldFunction))
	switch {
	case name == "aclose_forcefully":
		return true
	case name == "aclose":
		return !call.Child(python.FieldArguments).FirstNamed().Valid()
	case strings.Contains(name, "shield"), shields(call):
		return true
	case name == "" || depth > 1:
		return false
	}
	found := false
	for o := range p.Occurrences(name) {
		fn := o.Parent()
		if fn.Kind() != python.FunctionDef || o.Field() != python.FieldName || !fn.IsAsync() || fn.Func().Stub {
			continue
		}
		found = true
		for c := range inFunction(fn.Child(python.FieldBody)) {
			switch c.Kind() {
			case python.Await:
				if !shielded(c) && !closes(p, c, depth+1) {
					return false
				}
			case python.ForStmt, python.ForInClause, python.WithStmt:
				if c.IsAsync() && !shielded(c) {
					return false
				}
			}
		}
	}
	return found
}

// raisesBehind says whether something is raised in an except clause behind a node.
func raisesBehind(clause, n python.Node) bool {
	for c := range inFunction(body(clause)) {
		if c.Kind() == python.RaiseStmt && c.Span().Start > n.Span().Start && c.Up(python.ExceptClause) == clause {
			return true
		}
	}
	return false
}

// long says whether an await waits for somebody else: for an event, an item, a process.
func long(p *diagnostics.Pass, n python.Node) (lasting bool, text string) {
	call := n.FirstNamed().Unwrap()
	if n.Kind() != python.Await || call.Kind() != python.Call || inScope(n) {
		return false, ""
	}
	c, ok := p.Callee(call)
	if !ok {
		return false, ""
	}
	text = callText(call)
	switch c.Name {
	case "asyncio.sleep":
		arg := p.Argument(call, 0, "delay")
		return arg.Is(python.IntLit, python.FloatLit) && strings.Trim(arg.Text(), "0._") != "" && !strings.HasPrefix(arg.Text(), "0"), text
	case "asyncio.Event.wait", "asyncio.Condition.wait", "asyncio.Queue.join", "asyncio.Queue.get", "asyncio.Queue.put", "asyncio.Barrier.wait", "asyncio.open_connection":
		return true, text
	case "asyncio.subprocess.Process.wait", "asyncio.subprocess.Process.communicate":
		for o := range inFunction(n.Function().Child(python.FieldBody)) {
			if o.Kind() == python.Attribute {
				switch o.Child(python.FieldAttribute).Text() {
				case "kill", "terminate", "send_signal":
					return false, ""
				}
			}
		}
		return true, text
	}
	return strings.HasPrefix(c.Name, "asyncio.StreamReader.read"), text
}

// shield puts the statement of an await into a shielded scope.
func shield(r diagnostics.Reporter, n python.Node, scope string, imports []string) {
	stmt := n
	for !stmt.Parent().Is(python.BlockStmt, python.Module) {
		if stmt = stmt.Parent(); !stmt.Valid() || stmt.Is(python.FunctionDef, python.Lambda) {
			return
		}
	}
	src := n.Block().Text()
	indent, ok := indentation(src, stmt)
	if !ok || !stmt.Is(python.ExprStmt, python.ReturnStmt) || strings.ContainsAny(stmt.Text(), "\r\n") {
		return
	}
	unit := "    "
	if strings.HasPrefix(indent, "\t") {
		unit = "\t"
	}
	r.Fix(diagnostics.Fix{Title: "Shield it for 10 seconds", Imports: imports, Edits: []diagnostics.Edit{
		diagnostics.Insert(stmt, "with "+scope+"(10, shield=True):\n"+indent+unit).Guessing("10"),
	}})
}
