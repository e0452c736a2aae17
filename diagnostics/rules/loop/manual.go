package loop

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed manual-event-loop.md
var manualDoc string

// Manual reports an event loop that is made and run by hand where asyncio.run does it, and does it better.
var Manual = &diagnostics.Rule{
	Code: "AIO603", Name: "manual-event-loop", Family: "loop", Severity: diagnostics.Warning, Doc: manualDoc,
	On: []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		fn := call.Child(python.FieldFunction)
		switch diagnostics.LastName(fn) {
		case "run_until_complete":
			elsewhere(p, call)
		case "get_event_loop", "new_event_loop":
			if u, ok := life(p, call); ok {
				u.report(p)
			}
		}
	},
}

// use is what a function does with a loop that it asked for or made.
type use struct {
	call    python.Node // of get_event_loop or new_event_loop
	name    python.Node // what the loop is bound to; no node when it is run at once
	fresh   bool        // it is made, and so has to be closed
	runs    []python.Node
	closes  []python.Node
	sets    []python.Node // set_event_loop(loop)
	ends    []python.Node // loop.run_until_complete(loop.shutdown_asyncgens()) and the like
	others  []python.Node // calls of other methods
	managed bool          // a context manager closes it
}

// driven says whether manual-event-loop reports what becomes of the loop that a call gives.
func driven(p *diagnostics.Pass, call python.Node) bool {
	u, ok := life(p, call)
	if !ok {
		return false
	}
	_, ok = u.fault(p)
	return ok
}

// life follows the loop that a call gives; ok is false when it is not run to the end of a coroutine there, when somebody
// else may get hold of it, or when code like this is meant for old versions of Python.
func life(p *diagnostics.Pass, call python.Node) (u use, ok bool) {
	c, ok := p.Callee(call)
	if !ok {
		return u, false
	}
	switch c.Name {
	case "asyncio.get_event_loop":
	case "asyncio.new_event_loop", "uvloop.new_event_loop":
		u.fresh = true
	default:
		return u, false
	}
	if p.OnLoop(call) || interactive(p, call) || tried(call, []string{"RuntimeError", "DeprecationWarning"}) || tested(call) || warned(call) || skipped(p, call) {
		return u, false
	}
	if at := call.Function(); at.Valid() && generates(at) {
		return u, false // a fixture: others use the loop in between
	}
	u.call = call
	up := call.Parent()
	switch {
	case up.Kind() == python.Attribute && diagnostics.LastName(up) == "run_until_complete" && up.Parent().Kind() == python.Call:
		u.runs = []python.Node{up.Parent()}
		return u, true
	case up.Kind() == python.ArgumentList && strings.HasSuffix(up.Parent().Child(python.FieldFunction).Text(), "closing"):
		u.managed = true
		u.name = up.Parent().Parent().Child(python.FieldAlias).FirstNamed()
	case up.Kind() == python.Assignment && up.Child(python.FieldRight) == call && up.Parent().Kind() == python.ExprStmt:
		u.name = up.Child(python.FieldLeft)
	}
	if u.name.Kind() != python.Identifier {
		return u, false
	}
	reads, ok := readsOf(u.name)
	if !ok {
		return u, false
	}
	for _, r := range reads {
		if !u.add(p, r) {
			return u, false
		}
	}
	return u, len(u.runs) > 0
}

// generates says whether a function yields.
func generates(fn python.Node) bool {
	return fn.Func().Generator
}

// readsOf are the reads of a name behind the only binding of it; ok is false when there may be others.
func readsOf(name python.Node) (reads []python.Node, ok bool) {
	if b := name.Binding(); b != nil && b.Scope.Kind == python.FunctionScope {
		if l := b.Scope.Lookup(b.Name); l == nil || len(l.Bindings) != 1 {
			return nil, false
		}
		return b.Reads()
	}
	if name.Function().Valid() {
		return nil, false
	}
	for n := range name.Block().Root().Walk { // at the top, or in the block of `if __name__ == "__main__"`
		if n.Kind() != python.Identifier || n.Text() != name.Text() || n == name || n.Field() == python.FieldAttribute {
			continue
		}
		if n.Parent().Kind() == python.KeywordArgument && n.Field() == python.FieldName {
			continue
		}
		if n.Function().Valid() || n.Field() == python.FieldLeft {
			return nil, false
		}
		reads = append(reads, n)
	}
	return reads, true
}

// add notes one read of the loop; false when it hands the loop on.
func (u *use) add(p *diagnostics.Pass, r python.Node) bool {
	up := r.Parent()
	switch up.Kind() {
	case python.Attribute:
		call := up.Parent()
		if call.Kind() != python.Call || up.Field() != python.FieldFunction {
			return false
		}
		switch method := diagnostics.LastName(up); method {
		case "run_until_complete":
			arg := call.Child(python.FieldArguments).FirstNamed()
			if name := diagnostics.LastName(arg.Child(python.FieldFunction)); strings.HasPrefix(name, "shutdown_") && strings.HasPrefix(arg.Text(), r.Text()+".") {
				u.ends = append(u.ends, call)
			} else {
				u.runs = append(u.runs, call)
			}
		case "close":
			u.closes = append(u.closes, call)
		case "shutdown_asyncgens", "shutdown_default_executor":
		case "run_forever", "is_running", "stop", "call_soon_threadsafe", "run_in_executor":
			return false // it is run by hand for a reason
		default:
			u.others = append(u.others, call)
		}
		return true
	case python.ArgumentList:
		if diagnostics.LastName(up.Parent().Child(python.FieldFunction)) == "set_event_loop" {
			u.sets = append(u.sets, up.Parent())
			return true
		}
	}
	return false
}

// fault says what is wrong with the life of a loop; ok is false when nothing is.
func (u *use) fault(p *diagnostics.Pass) (why string, ok bool) {
	switch {
	case !u.fresh && len(u.sets) == 0 && p.Mentions("set_event_loop("):
		return "", false // the loop was made and set before
	case !u.fresh:
		return "is run by hand; `asyncio.get_event_loop()` raises `RuntimeError` since Python 3.14 where none is set", true
	case u.managed:
		return "", false
	case len(u.closes) == 0:
		return "is never closed", true
	}
	for _, c := range u.closes {
		if c.Up(python.FinallyClause, python.FunctionDef).Kind() == python.FinallyClause {
			return "is made, run and closed by hand", true
		}
	}
	return "is not closed when what it runs raises", true
}

func (u *use) report(p *diagnostics.Pass) {
	why, ok := u.fault(p)
	if !ok {
		return
	}
	advice := "use `asyncio.run()`"
	if len(u.runs) > 1 {
		advice = "call `asyncio.run()` once, with a coroutine that does all"
	}
	what := "the event loop"
	if u.name.Valid() {
		what = "`" + u.name.Text() + "`"
	}
	r := p.Report(u.call.Child(python.FieldFunction), what+" "+why+"; "+advice+", which also cancels what is left and closes generators")
	r.Related(u.runs[0].Child(python.FieldFunction), "it is run here")
	if strings.HasPrefix(why, "is made") && (len(u.runs) > 1 || len(u.others) > 0) {
		r.Severity(diagnostics.Info) // nothing is lost, and no single call does the same
	}
	if fix, ok := u.fix(p); ok {
		r.Fix(fix)
	}
}

// elsewhere reports a loop of the module that is run at the top, in another statement than the one that asks for it.
func elsewhere(p *diagnostics.Pass, call python.Node) {
	object := call.Child(python.FieldFunction).Child(python.FieldObject)
	if call.Function().Valid() || interactive(p, call) || object.Kind() != python.Identifier || tested(call) || skipped(p, call) {
		return
	}
	for n := range call.Block().Root().Walk {
		if n.Kind() == python.Identifier && n.Text() == object.Text() && n.Field() == python.FieldLeft {
			return // life has seen it
		}
	}
	s := p.Global(object.Text())
	if s == nil || len(s.Values) != 1 {
		return
	}
	origins := p.Program.Origins(p.Module, s.Values[0])
	if len(origins) != 1 {
		return
	}
	t := p.Program.Eval(p.Module, origins[0].X)
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Function {
		return
	}
	why := ""
	switch t.Atoms()[0].QName() {
	case "asyncio.get_event_loop":
		if p.Mentions("set_event_loop(") {
			return
		}
		why = "is run by hand; `asyncio.get_event_loop()` raises `RuntimeError` since Python 3.14 where none is set"
	case "asyncio.new_event_loop", "uvloop.new_event_loop":
		why = "is made and run by hand"
	default:
		return
	}
	r := p.Report(call.Child(python.FieldFunction), "`"+object.Text()+"` "+why+"; use `asyncio.run()`, which also cancels what is left and closes generators")
	u := use{runs: []python.Node{call}}
	if text, imports, ok := u.run(p); ok {
		r.Fix(diagnostics.Fix{Title: "Use `asyncio.run`", Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(call, text)}})
	}
}

// run is the call of asyncio.run that does what the loop is made for; ok is false where that is not a coroutine.
func (u *use) run(p *diagnostics.Pass) (text string, imports []string, ok bool) {
	args := u.runs[0].Child(python.FieldArguments)
	arg := args.FirstNamed()
	if arg.Kind() != python.Call || args.Kind() != python.ArgumentList || arg.Next().Next().Valid() || strings.Contains(args.Text(), "#") {
		return "", nil, false
	}
	t := p.Type(arg)
	for _, a := range t.Atoms() {
		if a.Kind != program.Instance || a.Class.Name != "typing.Coroutine" {
			return "", nil, false
		}
	}
	if len(t.Atoms()) == 0 {
		return "", nil, false
	}
	text, imports = p.Spell("asyncio.run")
	return text + "(" + arg.Text() + ")", imports, true
}

// fix replaces all that is done with the loop by asyncio.run.
func (u *use) fix(p *diagnostics.Pass) (diagnostics.Fix, bool) {
	text, imports, ok := u.run(p)
	if !ok || len(u.runs) != 1 || len(u.others) > 0 {
		return diagnostics.Fix{}, false
	}
	fix := diagnostics.Fix{Title: "Use `asyncio.run`", Imports: imports}
	run := u.runs[0]
	if !u.name.Valid() {
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(run, text)}
		return fix, true
	}
	var gone []python.Node // statements that are not needed any more
	for _, n := range append(append(append([]python.Node{u.call.Parent()}, u.sets...), u.closes...), u.ends...) {
		stmt := n.Parent()
		if stmt.Kind() != python.ExprStmt || n.Next().Valid() || stmt.FirstNamed() != n {
			return fix, false
		}
		gone = append(gone, stmt)
	}
	source := run.Block().Text()
	drop := map[python.Node]bool{}
	var unwrap python.Node
	for _, stmt := range gone {
		if f := stmt.Up(python.FinallyClause, python.FunctionDef); f.Kind() == python.FinallyClause {
			try := f.Parent()
			if unwrap.Valid() && unwrap != try || !run.Inside(try) {
				return fix, false
			}
			unwrap = try
		} else if stmt.Up(python.TryStmt, python.WithStmt, python.IfStmt, python.ForStmt, python.WhileStmt, python.FunctionDef) != u.call.Up(python.TryStmt, python.WithStmt, python.IfStmt, python.ForStmt, python.WhileStmt, python.FunctionDef) {
			return fix, false
		}
		drop[stmt] = true
	}
	if unwrap.Valid() {
		edits, ok := unwrapped(unwrap, drop, source)
		if !ok {
			return fix, false
		}
		fix.Edits = append(fix.Edits, edits...)
	}
	for stmt := range drop {
		if unwrap.Valid() && stmt.Inside(unwrap) {
			continue
		}
		span, ok := wholeLine(stmt, source)
		if !ok {
			return fix, false
		}
		fix.Edits = append(fix.Edits, diagnostics.Edit{Span: span})
	}
	fix.Edits = append(fix.Edits, diagnostics.Replace(run, text))
	return fix, true
}

// wholeLine is the line of a statement with its end, or what is in front of a comment there; ok is false when something
// else stands on it.
func wholeLine(stmt python.Node, source string) (span python.Span, ok bool) {
	s := stmt.Span()
	start := strings.LastIndexByte(source[:s.Start], '\n') + 1
	end := strings.IndexByte(source[s.End:], '\n')
	if end < 0 || strings.TrimSpace(source[start:s.Start]) != "" {
		return span, false
	}
	end += s.End + 1
	rest := strings.TrimLeft(source[s.End:end], " \t")
	if strings.HasPrefix(rest, "#") {
		return python.Span{Start: s.Start, End: end - len(rest)}, true
	}
	return python.Span{Start: start, End: end}, strings.TrimSpace(rest) == ""
}

// unsets says whether a statement is set_event_loop(None).
func unsets(stmt python.Node) bool {
	call := stmt.FirstNamed()
	return call.Kind() == python.Call && diagnostics.LastName(call.Child(python.FieldFunction)) == "set_event_loop" && call.Child(python.FieldArguments).FirstNamed().Kind() == python.None
}

// unwrapped are the edits that leave the body of a try statement in place of it, whose finally clause does nothing that is
// still needed; ok is false when it does.
func unwrapped(try python.Node, drop map[python.Node]bool, source string) (edits []diagnostics.Edit, ok bool) {
	body := try.Child(python.FieldBody)
	var finally python.Node
	for c := range try.Named {
		switch c.Kind() {
		case python.FinallyClause:
			finally = c
		case python.ExceptClause, python.ExceptGroupClause, python.ElseClause:
			return nil, false
		}
	}
	for s := range finally.Walk {
		if s.Parent().Is(python.BlockStmt) && s.Parent().Parent() == finally && s.Kind() != python.Comment && !drop[s] && !unsets(s) {
			return nil, false
		}
	}
	first := body.FirstNamed()
	if strings.Contains(body.Text(), `"""`) || strings.Contains(body.Text(), "'''") || strings.Contains(finally.Text(), "#") {
		return nil, false
	}
	lineStart := func(i int) int { return strings.LastIndexByte(source[:i], '\n') + 1 }
	outer := source[lineStart(try.Span().Start):try.Span().Start]
	start := lineStart(first.Span().Start)
	inner := source[start:first.Span().Start]
	if start <= try.Span().Start || !strings.HasPrefix(inner, outer) || strings.TrimSpace(inner) != "" || strings.TrimSpace(outer) != "" {
		return nil, false
	}
	extra := len(inner) - len(outer)
	// try: and its line go, the lines of the body move to the left, finally goes.
	edits = append(edits, diagnostics.Edit{Span: python.Span{Start: try.Span().Start - len(outer), End: start}})
	end := finally.Span().Start - len(outer)
	for at := start; at < end; {
		next := strings.IndexByte(source[at:], '\n') + at + 1
		if next <= at {
			next = end
		}
		if strings.TrimSpace(source[at:next]) != "" && strings.HasPrefix(source[at:], inner) {
			edits = append(edits, diagnostics.Edit{Span: python.Span{Start: at, End: at + extra}})
		}
		at = next
	}
	stop := finally.Span().End
	if i := strings.IndexByte(source[stop:], '\n'); i >= 0 && strings.TrimSpace(source[stop:stop+i]) == "" {
		stop += i + 1
	}
	edits = append(edits, diagnostics.Edit{Span: python.Span{Start: end, End: stop}})
	return edits, true
}
