package cancellation

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed cancelled-task-not-awaited.md
var unawaitedDoc string

// Unawaited reports tasks that a coroutine cancels and does not wait for.
var Unawaited = &diagnostics.Rule{
	Code: "AIO402", Name: "cancelled-task-not-awaited", Family: "cancellation", Severity: diagnostics.Warning, Doc: unawaitedDoc,
	On: []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		f := call.Child(python.FieldFunction)
		if f.Kind() != python.Attribute || f.Child(python.FieldAttribute).Text() != "cancel" || call.Parent().Kind() != python.ExprStmt || !p.InCoroutine(call) || inTest(call.Function()) {
			return
		}
		task := f.Child(python.FieldObject)
		if !task.Is(python.Identifier, python.Attribute) || !typed(p, task, "asyncio.Task") {
			return
		}
		all, loop := task, python.Node{} // what is cancelled: the task, or all that the loop around goes through
		if b := forLoop(task); b.Valid() {
			loop, all = b, tasksOf(b.Child(python.FieldRight))
		}
		if loop.Valid() && awaits(loop.Child(python.FieldBody), task.Text()) {
			return
		}
		switch all.Kind() {
		case python.Identifier:
			if !forgotten(p, call, all, loop) {
				return
			}
		case python.Attribute:
			if !neverAwaited(p, call, all) {
				return
			}
		default:
			return
		}
		what := "`" + diagnostics.OneLine(task) + "` is"
		if loop.Valid() {
			what = "the tasks of `" + diagnostics.OneLine(all) + "` are"
		}
		var sources []python.Node
		if !loop.Valid() {
			sources = coroutines(p, all)
		}
		if len(sources) > 0 && simple(p, sources) {
			return
		}
		severity := diagnostics.Info
		if cleans(p, sources) {
			severity = diagnostics.Warning
		}
		r := p.Report(call, what+" cancelled, but not awaited, and may still run when the coroutine goes on; await it, to let it clean up and to see its errors").Severity(severity)
		await(p, r, call, all, loop)
	},
}

// forLoop is the for statement that gives a name its value, when the call stands in its body.
func forLoop(name python.Node) python.Node {
	if name.Kind() != python.Identifier {
		return python.Node{}
	}
	for n := name.Up(python.ForStmt, python.FunctionDef); n.Kind() == python.ForStmt; n = n.Up(python.ForStmt, python.FunctionDef) {
		if n.Child(python.FieldLeft).Text() == name.Text() && !n.IsAsync() {
			return n
		}
	}
	return python.Node{}
}

// awaits says whether a name is part of something that is awaited in a piece of code.
func awaits(n python.Node, name string) bool {
	for c := range inFunction(n) {
		if c.Kind() == python.Identifier && c.Text() == name {
			for up := c.Parent(); up.Valid() && up.Kind() != python.BlockStmt; up = up.Parent() {
				if up.Kind() == python.Await {
					return true
				}
			}
		}
	}
	return false
}

// asking are methods of a task that do not wait for it.
var asking = map[string]bool{"cancel": true, "done": true, "cancelled": true, "cancelling": true, "uncancel": true, "get_name": true, "set_name": true}

// mention says what a read of a name of a task, or of several, does: it only asks something, it waits for it there, or it is known
// to somebody else from there on.
type mention uint8

const (
	asks_ mention = iota
	waitsFor
	known
)

// mentions says what a read of a task does.
func mentions(p *diagnostics.Pass, n, loop python.Node) mention {
	up := n.Parent()
	if up.Kind() == python.Attribute && up.Child(python.FieldObject) == n {
		if asking[up.Child(python.FieldAttribute).Text()] {
			return asks_
		}
		return known
	}
	if up == loop && n.Field() == python.FieldRight {
		return asks_
	}
	for ; up.Valid(); n, up = up, up.Parent() {
		switch up.Kind() {
		case python.Await:
			return waitsFor
		case python.IfStmt, python.WhileStmt, python.ElifClause, python.ExprStmt, python.NotOperator, python.ComparisonOperator:
			return asks_
		case python.ForStmt, python.ForInClause, python.ListSplat, python.ListExpr, python.SetExpr, python.TupleExpr, python.Paren, python.ListComp, python.SetComp, python.GeneratorExpr, python.KeywordArgument, python.BooleanOperator:
		case python.ArgumentList:
			switch diagnostics.LastName(up.Parent().Child(python.FieldFunction)) {
			case "len", "bool", "list", "set", "isinstance", "print", "print_exception":
			case "gather", "wait", "wait_for", "shield", "as_completed":
			default:
				return known
			}
		case python.Call:
		default:
			return known
		}
	}
	return known
}

// forgotten says whether a local name of a task, or of several, is not waited for on some way behind the call that cancels it.
func forgotten(p *diagnostics.Pass, call, name, loop python.Node) bool {
	l := name.Scope().Lookup(name.Text())
	if l == nil || l.Captured || l.Scope.Node != call.Function() {
		return false
	}
	for _, b := range l.Bindings {
		if b.Kind != python.BindAssign || grouped(p, b.Value) {
			return false
		}
		if v := b.Value.Unwrap(); len(b.Path) > 0 && v.Kind() != python.Await || len(b.Path) == 0 && v.Kind() != python.Call && v.Kind() != python.None && v.Kind() != python.ListComp && v.Kind() != python.SetComp {
			return false // known by another name
		}
	}
	for n := range inFunction(call.Function().Child(python.FieldBody)) {
		if n.Kind() == python.Identifier && n.Text() == name.Text() && n.Field() != python.FieldLeft && n.Binding() == nil && mentions(p, n, loop) == known {
			return false
		}
	}
	type state struct{ cancelled, awaited bool }
	lost := false
	raises := func(step python.Step, s state) python.Exc {
		if s.cancelled && step.Kind == python.StepEval && step.Node.Kind() == python.Call { // cancelling the others, logging
			return python.NoExc
		}
		return step.Raises()
	}
	diagnostics.FollowRaising(p, call.Function(), state{}, raises, func(step python.Step, s state) (state, bool) {
		switch {
		case step.Kind == python.StepEval && step.Node == call:
			return state{cancelled: true}, true
		case step.Kind == python.StepTrue && s.cancelled && mentioned(step.Node, name) && step.Node.Kind() == python.Call, // task.done()
			step.Kind == python.StepFalse && s.cancelled && mentioned(step.Node, name) && step.Node.Kind() != python.Call:
			return s, false
		case step.Kind == python.StepEnd:
			lost = lost || step.Exc == python.NoExc && s.cancelled && !s.awaited
		case step.Kind == python.StepRead && step.Node.Kind() == python.Identifier && step.Node.Text() == name.Text() && s.cancelled:
			if mentions(p, step.Node, loop) == waitsFor {
				s.awaited = true
			}
		}
		return s, true
	})
	return lost
}

// mentioned says whether a condition is about a name.
func mentioned(cond, name python.Node) bool {
	for n := range cond.Walk {
		if n.Kind() == python.Identifier && n.Text() == name.Text() {
			return true
		}
	}
	return false
}

// coroutines are the calls whose coroutines become the task of a name or an attribute.
func coroutines(p *diagnostics.Pass, task python.Node) []python.Node {
	var found []python.Node
	add := func(value python.Node) {
		if value.Kind() == python.Call {
			if arg := value.Child(python.FieldArguments).FirstNamed(); arg.Kind() == python.Call {
				found = append(found, arg)
			}
		}
	}
	if task.Kind() == python.Identifier {
		if l := task.Scope().Lookup(task.Text()); l != nil {
			for _, b := range l.Bindings {
				add(b.Value)
			}
		}
		return found
	}
	for n := range p.Occurrences(task.Child(python.FieldAttribute).Text()) {
		if up := n.Parent(); up.Kind() == python.Attribute && up.Field() == python.FieldLeft && up.Parent().Kind() == python.Assignment {
			add(up.Parent().Child(python.FieldRight))
		}
	}
	return found
}

// simple says whether the coroutines only wait for something, such as an event: there is nothing to clean up.
func simple(p *diagnostics.Pass, calls []python.Node) bool {
	for _, call := range calls {
		switch c, ok := p.Callee(call); {
		case ok && c.Facts.Waits:
		case !ok && diagnostics.LastName(call.Child(python.FieldFunction)) == "wait":
		default:
			return false
		}
	}
	return true
}

// cleans says whether one of the coroutines, as far as the file defines it, does something when it is cancelled.
func cleans(p *diagnostics.Pass, calls []python.Node) bool {
	for _, call := range calls {
		for n := range p.Occurrences(diagnostics.LastName(call.Child(python.FieldFunction))) {
			fn := n.Parent()
			if fn.Kind() != python.FunctionDef || n.Field() != python.FieldName || !fn.IsAsync() {
				continue
			}
			for c := range inFunction(fn.Child(python.FieldBody)) {
				switch c.Kind() {
				case python.FinallyClause:
					return true
				case python.ExceptClause:
					if by, _ := catcher(p, c); by.Valid() && !idle(body(c)) {
						return true
					}
				case python.WithStmt:
					if c.IsAsync() {
						return true
					}
				}
			}
		}
	}
	return false
}

// idle says whether a block does nothing but log and leave.
func idle(block python.Node) bool {
	for s := range block.Named {
		switch s.Kind() {
		case python.PassStmt, python.RaiseStmt, python.ReturnStmt, python.BreakStmt, python.ContinueStmt:
		case python.ExprStmt:
			e := s.FirstNamed()
			if e.Kind() == python.Call && handedOnTo(e.Child(python.FieldFunction)) || e.Kind() == python.Await {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// grouped says whether a task belongs to a task group, which waits for it.
func grouped(p *diagnostics.Pass, value python.Node) bool {
	fn := value.Child(python.FieldFunction)
	return value.Kind() == python.Call && fn.Kind() == python.Attribute && !typed(p, fn.Child(python.FieldObject), "asyncio.AbstractEventLoop") && !imported(p, fn.Child(python.FieldObject))
}

// neverAwaited says whether the file only ever asks the task of an attribute something: nothing awaits it, and nothing gives it to
// anybody else.
func neverAwaited(p *diagnostics.Pass, call, attribute python.Node) bool {
	name := attribute.Child(python.FieldAttribute)
	for n := range p.Occurrences(name.Text()) {
		if n.Kind() == python.String {
			return false
		}
		up := n.Parent()
		if up.Kind() != python.Attribute || n.Field() != python.FieldAttribute {
			if n.Field() == python.FieldLeft || up.Is(python.TypedParameter, python.DefaultParameter) {
				continue // declared in the body of the class
			}
			return false
		}
		if up.Field() == python.FieldLeft && up.Parent().Kind() == python.Assignment {
			if grouped(p, up.Parent().Child(python.FieldRight)) {
				return false
			}
			continue
		}
		if mentions(p, up, python.Node{}) != asks_ {
			return false
		}
	}
	return true
}

// await adds a statement that waits for what was cancelled.
func await(p *diagnostics.Pass, r diagnostics.Reporter, call, all, loop python.Node) {
	stmt, text := call.Parent(), all.Text()
	if loop.Valid() {
		stmt, text = loop, "*"+loop.Child(python.FieldRight).Text()
	}
	src := call.Block().Text()
	indent, ok := indentation(src, stmt)
	if !ok {
		return
	}
	name, imports := p.Spell("asyncio.gather")
	end := lineEnd(src, stmt.Span().End)
	r.Fix(diagnostics.Fix{Title: "Await it", Imports: imports, Edits: []diagnostics.Edit{
		{Span: python.Span{Start: end, End: end}, New: "\n" + indent + "await " + name + "(" + text + ", return_exceptions=True)"},
	}})
}
