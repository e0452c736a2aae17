package tasks

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed create-task-no-reference.md
var referenceDoc string

// Reference reports a task to which nothing but the event loop refers.
var Reference = &diagnostics.Rule{
	Code:     "ASYNC300",
	Name:     "create-task-no-reference",
	Family:   "tasks",
	Aliases:  []string{"RUF006", "asyncio-dangling-task", "S7502"},
	Severity: diagnostics.Warning,
	Doc:      referenceDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		helper := call.Parent().Kind() == python.ExprStmt && spawnsByHelper(p, call)
		if !helper && !spawns(p, call) {
			return
		}
		fate, at := fateOf(p, call)
		if fate == kept {
			return
		}
		const why = "; the event loop keeps only a weak reference, so the task may be garbage-collected before it ends; "
		name := "`" + called(call) + "`"
		var r diagnostics.Reporter
		switch fate {
		case droppedTask:
			what := "the task of "
			if helper {
				what = "the task that is given by "
			}
			r = p.Report(call, "nothing keeps "+what+name+why+"store it")
		case chained:
			r = p.Report(call, "nothing keeps the task of "+name+" once its method has returned"+why+"store it")
		case unusedName:
			r = p.Report(call, "`"+at.Text()+"`, which nothing uses, is all that keeps the task of "+name+why+"store it or await it")
		case inLambda:
			r = p.Report(call, "the lambda gives the task of "+name+" to a caller that drops it"+why+"store it")
		case inContainer:
			r = p.Report(call, "`"+at.Text()+"`, which nothing reads, is all that keeps the task of "+name+why+"store it or await it")
		}
		background(p, r, call, fate, at)
		if p.InCoroutine(call) && (fate == droppedTask || fate == unusedName) {
			r.Fix(diagnostics.Fix{Title: "Await it", Edits: diagnostics.Await(call)})
		}
	},
}

// spawns says whether a call certainly starts a task of a coroutine. ensure_future of a future gives back that future.
func spawns(p *diagnostics.Pass, call python.Node) bool {
	callees, all := p.Callees(call)
	if !all && !ofLoop(call) || len(callees) == 0 {
		return false
	}
	for _, c := range callees {
		if !c.Facts.Spawns || strings.HasSuffix(c.Name, ".__init__") { // super().__init__(work()): the task is self
			return false
		}
	}
	first := p.Argument(call, 0, "coro_or_future")
	if first.Valid() && strings.HasSuffix(callees[0].Name, "ensure_future") {
		return certainCoroutine(p, p.Module, first)
	}
	return !first.Valid() || !future(p, p.Type(first))
}

// certainCoroutine says whether what ensure_future is given in a module is a coroutine for sure, rather than a future.
func certainCoroutine(p *diagnostics.Pass, m *program.Module, n python.Node) bool {
	t := p.Program.Eval(m, n.Value())
	return !future(p, t) && (!t.Open() || n.Kind() == python.Call)
}

// future says whether something may be a future, as far as is known.
func future(p *diagnostics.Pass, t program.Type) bool {
	for _, a := range t.Atoms() {
		if a.Kind == program.Instance && p.Program.Subclass(a.Class, "asyncio.Future") {
			return true
		}
	}
	return false
}

// ofLoop says whether a call is of the create_task of what is by its name an event loop, such as "self._loop", which is one wherever
// something is known of it.
func ofLoop(call python.Node) bool {
	fn := call.Child(python.FieldFunction)
	object := diagnostics.LastName(fn.Child(python.FieldObject))
	return fn.Kind() == python.Attribute && fn.Child(python.FieldAttribute).Text() == "create_task" && strings.HasSuffix(strings.ToLower(object), "loop")
}

// called is the call as a message names it.
func called(call python.Node) string {
	text := call.Child(python.FieldFunction).Text()
	if len(text) > 40 || strings.Contains(text, "\n") {
		text = text[strings.LastIndexByte(text, '.')+1:]
	}
	return text + "()"
}

// fate is what becomes of the task that a call gives.
type fate uint8

const (
	kept        fate = iota // or handed on, for all we know
	droppedTask             // the statement drops it
	chained                 // only a method is called on it
	unusedName              // a local that nothing reads
	inLambda                // a callback gives it to the loop
	inContainer             // in a local container that nothing reads
)

// fateOf says what becomes of the value of a call, and the name that holds it.
func fateOf(p *diagnostics.Pass, call python.Node) (fate, python.Node) {
	n, up := call, call.Parent()
	result := droppedTask
	for {
		switch up.Kind() {
		case python.Paren, python.TupleExpr, python.ExpressionList, python.ListExpr, python.SetExpr, python.ConditionalExpression, python.BooleanOperator:
		case python.ListComp, python.SetComp:
			if n.Field() != python.FieldBody {
				return kept, python.Node{}
			}
		case python.Attribute:
			// create_task(...).add_done_callback(...)
			outer := up.Parent()
			if up.Child(python.FieldObject) != n || outer.Kind() != python.Call || outer.Child(python.FieldFunction) != up || !bystander[up.Child(python.FieldAttribute).Text()] {
				return kept, python.Node{}
			}
			up, result = outer, chained
		case python.ExprStmt:
			if discards(up, n) {
				return result, python.Node{}
			}
			return kept, python.Node{}
		case python.Assignment, python.NamedExpression:
			if result != droppedTask || n != call && !n.Is(python.Paren, python.ListComp, python.SetComp) {
				return kept, python.Node{}
			}
			fate, name := stored(p, call, up)
			if fate == unusedName && n.Is(python.ListComp, python.SetComp) {
				fate = inContainer
			}
			return fate, name
		case python.Lambda:
			if n.Field() == python.FieldBody && result == droppedTask && callback(p, up) {
				return inLambda, python.Node{}
			}
			return kept, python.Node{}
		case python.ArgumentList:
			if n == call {
				return collected(up.Parent(), call)
			}
			return kept, python.Node{}
		default:
			return kept, python.Node{}
		}
		n, up = up, up.Parent()
	}
}

// bystander are methods of a task that give nothing that keeps it.
var bystander = map[string]bool{"add_done_callback": true, "set_name": true}

// discards says whether the statement throws away the value of n, one of the expressions on the way to it.
func discards(stmt, n python.Node) bool {
	for d := range python.Discarded(stmt) {
		for m := d; ; m = m.FirstNamed() { // down a chain of calls
			if m == n || m.Inside(n) {
				return true
			}
			if !m.Valid() {
				break
			}
		}
	}
	return false
}

// stored says what becomes of a task that is assigned.
func stored(p *diagnostics.Pass, call, a python.Node) (fate, python.Node) {
	name := a.Child(python.FieldName)
	if a.Kind() == python.Assignment {
		name = a.Child(python.FieldLeft)
		if a.Child(python.FieldRight).Kind() == python.Assignment || a.Parent().Kind() == python.Assignment {
			return kept, python.Node{} // x = y = create_task()
		}
	}
	switch name.Kind() {
	case python.Identifier:
	case python.Subscript: // tasks[key] = create_task(...)
		if object := name.Child(python.FieldValue); object.Kind() == python.Identifier && unreadContainer(object) {
			return inContainer, object
		}
		return kept, python.Node{}
	default:
		return kept, python.Node{}
	}
	b := name.Binding()
	if b == nil {
		return kept, python.Node{}
	}
	reads, sure := b.Reads()
	if !sure {
		return kept, python.Node{}
	}
	for _, r := range reads {
		if !watched(r) {
			return kept, python.Node{}
		}
	}
	if outlives(p, call) {
		return kept, python.Node{}
	}
	return unusedName, name
}

// watched says whether a read of a task is a statement that only calls add_done_callback or set_name on it.
func watched(n python.Node) bool {
	up := n.Parent()
	if up.Kind() != python.Attribute || !bystander[up.Child(python.FieldAttribute).Text()] {
		return false
	}
	return up.Parent().Kind() == python.Call && up.Field() == python.FieldFunction && up.Parent().Parent().Kind() == python.ExprStmt
}

// outlives says whether the function goes on for as long as the program needs the task, so that a local name is
// enough: it is the program's main coroutine, or an endless loop follows.
func outlives(p *diagnostics.Pass, call python.Node) bool {
	fn := call.Function()
	if fn.Kind() != python.FunctionDef {
		return false
	}
	if !fn.IsAsync() {
		for n := range fn.Child(python.FieldBody).Walk {
			if n.Kind() == python.Attribute && n.Span().Start > call.Span().End {
				switch n.Child(python.FieldAttribute).Text() {
				case "run_forever", "run_until_complete": // the loop runs while the name lives
					return true
				}
			}
		}
		return false
	}
	if strings.Contains(strings.ToLower(fn.Child(python.FieldName).Text()), "main") {
		return true
	}
	for n := call; n.Valid() && n != fn; n = n.Parent() {
		for s := n; n.Parent().Is(python.BlockStmt) && s.Valid(); s = s.Next() {
			if s != n && s.Kind() == python.WhileStmt && python.AlwaysTrue(s.Child(python.FieldCondition)) {
				return true
			}
		}
	}
	return false
}

// callback says whether the lambda is an argument that is called for its effect, its result dropped.
func callback(p *diagnostics.Pass, lambda python.Node) bool {
	a := lambda
	if a.Parent().Kind() == python.KeywordArgument {
		a = a.Parent()
	}
	call := a.Parent().Parent()
	if a.Parent().Kind() != python.ArgumentList || call.Kind() != python.Call {
		return false
	}
	callees, all := p.Callees(call)
	if !all || len(callees) == 0 {
		return false
	}
	for _, c := range callees {
		if c.Facts.Callback == "" || p.ArgumentOf(call, c, c.Facts.Callback) != lambda {
			return false
		}
	}
	return true
}

// collected says what becomes of a task that is the argument of a method of a local container: tasks.append(...).
func collected(outer, call python.Node) (fate, python.Node) {
	fn := outer.Child(python.FieldFunction)
	if fn.Kind() != python.Attribute || !fills[fn.Child(python.FieldAttribute).Text()] || outer.Parent().Kind() != python.ExprStmt {
		return kept, python.Node{}
	}
	if object := fn.Child(python.FieldObject); object.Kind() == python.Identifier && unreadContainer(object) {
		return inContainer, object
	}
	return kept, python.Node{}
}

var fills = map[string]bool{"append": true, "add": true, "appendleft": true}

// unreadContainer says whether a name is a local container that is filled and never read.
func unreadContainer(object python.Node) bool {
	l := object.Scope().Lookup(object.Text())
	if l == nil || l.Captured || len(l.Bindings) != 1 || l.Scope.Kind != python.FunctionScope {
		return false
	}
	b := l.Bindings[0]
	if b.Kind != python.BindAssign || len(b.Path) > 0 {
		return false
	}
	switch v := b.Value; v.Kind() {
	case python.ListExpr, python.DictExpr, python.SetExpr:
	case python.Call:
		switch v.Child(python.FieldFunction).Text() {
		case "list", "set", "dict":
		default:
			return false
		}
	default:
		return false
	}
	if b.Node.Parent().Parent().Kind() == python.Assignment || b.Node.Field() != python.FieldLeft {
		return false // also bound to another name
	}
	reads, sure := b.Reads()
	for _, r := range reads {
		up := r.Parent()
		switch {
		case up.Kind() == python.Attribute && fills[up.Child(python.FieldAttribute).Text()] &&
			up.Field() == python.FieldFunction && up.Parent().Parent().Kind() == python.ExprStmt:
		case up.Kind() == python.Subscript && r.Field() == python.FieldValue && up.Field() == python.FieldLeft:
		default:
			return false
		}
	}
	return sure && !outlives(nil, object)
}

// background offers the idiom of the documentation: a set of the module that holds the task until it is done.
func background(p *diagnostics.Pass, r diagnostics.Reporter, call python.Node, fate fate, name python.Node) {
	if fate != droppedTask && fate != unusedName {
		return
	}
	stmt := call.Up(python.ExprStmt)
	if first := stmt.FirstNamed(); first != call && (fate != unusedName || first.Kind() != python.Assignment || first.Child(python.FieldRight) != call) {
		return
	}
	indent, ok := indentOf(stmt)
	if !ok {
		return
	}
	fn := call.Function()
	if !fn.Valid() || fn.Kind() != python.FunctionDef {
		return
	}
	set := "background_tasks"
	if call.Scope().Lookup(set) != nil { // as FastAPI likes to call its parameter
		set = "_background_tasks"
	}
	fix := diagnostics.Fix{Title: "Keep it in `" + set + "` until it is done", Safe: true}
	if known := p.Global(set); known == nil {
		fix.Globals = []string{set + " = set()"}
	} else if !isSet(p, known) {
		return
	}
	task := "task"
	if fate == unusedName && name.Text() != "_" {
		task = name.Text()
	} else if l := call.Scope().Lookup(task); l != nil {
		task = "background_task"
	}
	if fate == droppedTask {
		fix.Edits = append(fix.Edits, diagnostics.Insert(call, task+" = "))
	} else if task != name.Text() {
		fix.Edits = append(fix.Edits, diagnostics.Replace(name, task))
	}
	text, end := stmt.Block().Text(), stmt.Span().End
	if i := strings.IndexAny(text[end:], "\r\n"); i >= 0 { // behind a comment on the line
		end += i
	} else {
		end = len(text)
	}
	fix.Edits = append(fix.Edits, diagnostics.Edit{Span: python.Span{Start: end, End: end}, New: "\n" + indent + set + ".add(" + task + ")\n" + indent + task + ".add_done_callback(" + set + ".discard)"})
	r.Fix(fix)
}

// isSet says whether a name of the module is bound to a set.
func isSet(p *diagnostics.Pass, s *shape.Symbol) bool {
	for _, v := range s.Values {
		for _, a := range p.Program.Eval(p.Module, v).Atoms() {
			if a.Kind == program.Instance && a.QName() == "set" {
				return true
			}
		}
	}
	return false
}

// indentOf is the white space before a statement that begins its line; ok is false when it does not, or when something
// follows on its last line.
func indentOf(stmt python.Node) (indent string, ok bool) {
	text, s := stmt.Block().Text(), stmt.Span()
	start := strings.LastIndexByte(text[:s.Start], '\n') + 1
	indent = text[start:s.Start]
	rest, _, _ := strings.Cut(text[s.End:], "\n")
	rest = strings.TrimSpace(rest)
	return indent, strings.TrimSpace(indent) == "" && (rest == "" || strings.HasPrefix(rest, "#"))
}
