package tasks

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed task-exception-never-retrieved.md
var retrievedDoc string

// Retrieved reports a task that is kept, but never asked how it ended.
var Retrieved = &diagnostics.Rule{
	Code:     "AIO301",
	Name:     "task-exception-never-retrieved",
	Family:   "tasks",
	Severity: diagnostics.Warning,
	Doc:      retrievedDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if !mayBe(p, call, "create_task", "ensure_future", "Task") {
			return
		}
		target, several := keeper(call)
		word, ok := wordOf(target)
		if !ok || !spawns(p, call) {
			return
		}
		work := value(p.Argument(call, 0, ""))
		if !knownToFail(p, work, word) || inherited(p, target, word) || expected(call) {
			return
		}
		l := &looks{p: p, word: word, target: target, several: several}
		if target.Binding() != nil {
			l.alias(target)
			if !l.managed {
				return
			}
		} else {
			for n := range p.Occurrences(word) {
				l.occurrence(n)
			}
		}
		if l.lost || !l.managed && !strings.HasPrefix(word, "_") && !script(p) {
			return
		}
		kept := "the task `" + target.Text() + "`"
		if several {
			kept = "the tasks in `" + target.Text() + "`"
		}
		r := p.Report(call, "nothing ever looks at the exception of "+kept+": if `"+short(work)+"` fails, nobody learns of it while the task is kept; await the task, or look at its exception in a done callback")
		if l.cancel.Valid() && l.cancel.Block() == call.Block() {
			r.Related(l.cancel, "it is only cancelled")
		}
		if fix, ok := logFailureOf(p, call, target, several); ok {
			r.Fix(fix)
		}
	},
}

// keeper is what keeps the task of a call: what it is assigned to, or a container that it is put into. There is none where a local
// name holds the task for more than to put it there.
func keeper(call python.Node) (target python.Node, several bool) {
	up := call.Parent()
	switch up.Kind() {
	case python.ArgumentList:
		return filled(up)
	case python.Assignment:
	default:
		return target, false
	}
	left := up.Child(python.FieldLeft)
	if up.Child(python.FieldRight) != call || up.Parent().Kind() != python.ExprStmt {
		return target, false
	}
	if left.Kind() == python.Subscript {
		return left.Child(python.FieldValue), true
	}
	if left.Kind() != python.Identifier || left.Binding() == nil {
		return left, false
	}
	reads, sure := left.Binding().Reads()
	if !sure || len(reads) != 1 {
		return left, false
	}
	switch up := reads[0].Parent(); {
	case up.Kind() == python.ArgumentList:
		if container, ok := filled(up); ok {
			return container, true
		}
	case up.Kind() == python.Assignment && reads[0].Field() == python.FieldRight && up.Parent().Kind() == python.ExprStmt:
		switch to := up.Child(python.FieldLeft); to.Kind() {
		case python.Subscript:
			return to.Child(python.FieldValue), true
		case python.Attribute:
			return to, false
		}
	}
	return left, false
}

// filled is the container that a call puts its only argument into.
func filled(args python.Node) (container python.Node, ok bool) {
	call := args.Parent()
	fn := call.Child(python.FieldFunction)
	if fn.Kind() != python.Attribute || !fills[fn.Child(python.FieldAttribute).Text()] || call.Parent().Kind() != python.ExprStmt {
		return container, false
	}
	return fn.Child(python.FieldObject), true
}

// script says whether the file is run, not imported: what is in it is nobody else's.
func script(p *diagnostics.Pass) bool {
	for range p.Occurrences("__main__") {
		return true
	}
	for n := range p.Occurrences("run") {
		if fn := n.Parent(); fn.Text() == "asyncio.run" && fn.Field() == python.FieldFunction && !fn.Function().Valid() {
			return true
		}
	}
	return false
}

// wordOf is the word that names what keeps a task for longer than a call: an attribute, a name of the module, or of a generator, which
// lives on while what it yields to does.
func wordOf(target python.Node) (word string, ok bool) {
	switch target.Kind() {
	case python.Attribute:
		return target.Child(python.FieldAttribute).Text(), rootOf(target).Valid()
	case python.Identifier:
		fn := target.Function()
		if fn.Kind() != python.FunctionDef {
			return "", false
		}
		// Declared global in the function, it is not among its names.
		return target.Text(), target.Scope().Lookup(target.Text()) == nil || fn.Func().Generator && target.Binding() != nil
	}
	return "", false
}

// knownToFail says whether a coroutine is made by a function of the program that may fail, and does not let go of the task itself
// when it ends: the task would then be collected, and asyncio log what became of it.
func knownToFail(p *diagnostics.Pass, work python.Node, word string) bool {
	if work.Kind() != python.Call {
		return false
	}
	callees, all := p.Callees(work)
	if !all || len(callees) == 0 {
		return false
	}
	for _, c := range callees {
		if c.Func == nil || !c.Func.Project() || !c.Func.Decl.Async || c.Func.Decl.Generator || c.Func.Decl.Stub || !plain(p, c.Func) {
			return false
		}
		fn := p.Definition(c.Func)
		if !fn.Valid() || !fails(p, c.Func) {
			return false
		}
		for n := range fn.Child(python.FieldBody).Walk {
			if n.Kind() == python.Identifier && n.Text() == word {
				return false
			}
		}
	}
	return true
}

// inherited says whether a base class in another file may know the attribute, too.
func inherited(p *diagnostics.Pass, target python.Node, word string) bool {
	if target.Kind() != python.Attribute {
		return false
	}
	for _, a := range p.Type(target.Child(python.FieldObject)).Atoms() {
		if a.Class != nil && basesKnow(p, a.Class, word, 0) {
			return true
		}
	}
	return false
}

// elsewhere says whether an attribute is one of objects of another class, which has nothing to do with that of the target: self of a
// method there.
func elsewhere(p *diagnostics.Pass, target, use python.Node) bool {
	mine, other := target.Block().Class(), use.Block().Class()
	if mine == "" || other == "" || mine == other || target.Child(python.FieldObject).Text() != "self" || use.Child(python.FieldObject).Text() != "self" {
		return false
	}
	a, ok := selfClass(p, target)
	b, known := selfClass(p, use)
	return ok && known && !derives(p, a, b.Decl.Name, 0) && !derives(p, b, a.Decl.Name, 0)
}

// selfClass is the class of the object of an attribute.
func selfClass(p *diagnostics.Pass, attribute python.Node) (*program.Class, bool) {
	t := p.Type(attribute.Child(python.FieldObject))
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Instance {
		return nil, false
	}
	return t.Atoms()[0].Class, true
}

// derives says whether a class derives from one of the name.
func derives(p *diagnostics.Pass, c *program.Class, name string, depth int) bool {
	p.Occurrences(c.Decl.Name) // its bases may change
	for _, b := range c.Decl.Bases {
		for _, a := range p.Program.Eval(c.Module, b).Atoms() {
			if a.Kind == program.ClassObject && a.Class != c && (depth > 8 || a.Class.Decl.Name == name || derives(p, a.Class, name, depth+1)) {
				return true
			}
		}
	}
	return false
}

func basesKnow(p *diagnostics.Pass, c *program.Class, word string, depth int) bool {
	if depth > 8 {
		return false
	}
	for _, b := range c.Decl.Bases {
		for _, a := range p.Program.Eval(c.Module, b).Atoms() {
			if a.Kind != program.ClassObject || a.Class == c {
				continue
			}
			if a.Class.Decl.Fields.Get(word) != nil || a.Class.Decl.Members.Get(word) != nil || basesKnow(p, a.Class, word, depth+1) {
				return true
			}
		}
	}
	return false
}

// looks is who uses what keeps a task.
type looks struct {
	p       *diagnostics.Pass
	word    string
	target  python.Node // what keeps it
	several bool        // a container of tasks
	lost    bool        // somebody may see the exception
	managed bool        // somebody of the file ends the task
	cancel  python.Node // there
	depth   int
}

// occurrence follows one place where the word stands.
func (l *looks) occurrence(n python.Node) {
	up := n.Parent()
	switch {
	case n.Kind() == python.String: // getattr(self, "task")
		if stmt := n.Up(python.Assignment); stmt.Child(python.FieldLeft).Text() != "__slots__" {
			l.lost = true
		}
	case up.Kind() == python.Attribute && n.Field() == python.FieldAttribute:
		if !elsewhere(l.p, l.target, up) {
			l.kept(up)
		}
	case up.Is(python.KeywordArgument, python.FunctionDef, python.ClassDef):
	case n.Scope().Lookup(l.word) != nil: // a local name
	default:
		l.kept(n)
	}
}

// kept follows an expression whose value is what keeps the task.
func (l *looks) kept(n python.Node) {
	if l.several {
		l.container(n)
	} else {
		l.use(n)
	}
}

// container follows an expression whose value is a container of tasks to what is done with it.
func (l *looks) container(n python.Node) {
	up := n.Parent()
	switch up.Kind() {
	case python.Paren:
		l.container(up)
	case python.Attribute:
		call := up.Parent()
		if n.Field() != python.FieldObject || up.Field() != python.FieldFunction || call.Kind() != python.Call {
			l.lost = l.lost || n.Field() == python.FieldObject
			return
		}
		switch up.Child(python.FieldAttribute).Text() {
		case "add", "append", "appendleft", "discard", "remove", "clear", "keys":
		case "values", "copy":
			l.container(call)
		case "pop", "popleft", "get", "setdefault":
			l.use(call)
		case "items":
			l.pairs(call)
		default:
			l.lost = true
		}
	case python.Subscript:
		if n.Field() == python.FieldValue && up.Field() != python.FieldLeft {
			l.use(up)
		}
	case python.ForStmt, python.ForInClause:
		if n.Field() == python.FieldRight {
			l.each(up.Child(python.FieldLeft))
		}
	case python.ArgumentList:
		switch up.Parent().Child(python.FieldFunction).Text() {
		case "len", "bool":
		case "list", "tuple", "set", "sorted", "reversed":
			l.container(up.Parent())
		default:
			l.lost = true
		}
	case python.Assignment:
		switch left := up.Child(python.FieldLeft); {
		case n.Field() == python.FieldLeft, n.Field() == python.FieldType:
		case left.Kind() == python.Identifier && left.Binding() != nil:
			reads, sure := readsOf(left)
			if l.depth++; !sure || l.depth > 20 {
				l.lost = true
				return
			}
			for _, r := range reads {
				l.container(r)
			}
		default:
			l.lost = true
		}
	case python.ComparisonOperator, python.NotOperator, python.IfStmt, python.ElifClause, python.WhileStmt, python.AssertStmt, python.DeleteStmt, python.ExprStmt, python.GlobalStmt, python.NonlocalStmt,
		python.BooleanOperator:
	default:
		l.lost = true
	}
}

// each follows the target of a loop over tasks.
func (l *looks) each(target python.Node) {
	if target.Kind() != python.Identifier {
		l.lost = true
		return
	}
	l.alias(target)
}

// pairs follows the items of a dictionary of tasks.
func (l *looks) pairs(items python.Node) {
	for items.Parent().Is(python.ArgumentList) && items.Parent().Parent().Child(python.FieldFunction).Text() == "list" {
		items = items.Parent().Parent()
	}
	loop := items.Parent()
	left := loop.Child(python.FieldLeft)
	if !loop.Is(python.ForStmt, python.ForInClause) || items.Field() != python.FieldRight || !left.Is(python.PatternList, python.TuplePattern, python.TupleExpr, python.ExpressionList) {
		l.lost = true
		return
	}
	i := 0
	for c := range left.Named {
		if i == 1 {
			l.each(c)
		}
		i++
	}
}

// use follows an expression whose value is the task to what is done with it.
func (l *looks) use(n python.Node) {
	up := n.Parent()
	for up.Kind() == python.Paren {
		n, up = up, up.Parent()
	}
	switch up.Kind() {
	case python.Attribute:
		if n.Field() == python.FieldObject {
			l.member(up)
		}
	case python.Assignment:
		switch {
		case n.Field() == python.FieldLeft, n.Field() == python.FieldType:
		case up.Child(python.FieldLeft).Kind() == python.Identifier:
			l.alias(up.Child(python.FieldLeft))
		default:
			l.lost = true
		}
	case python.NamedExpression:
		if n.Field() == python.FieldValue {
			l.alias(up.Child(python.FieldName))
			l.use(up)
		}
	case python.ExpressionList, python.PatternList, python.TupleExpr, python.TuplePattern: // task, self._task = self._task, None
		a := up.Parent()
		if a.Kind() != python.Assignment {
			l.lost = true
			return
		}
		if up.Field() == python.FieldLeft {
			return
		}
		left, i, k := a.Child(python.FieldLeft), 0, 0
		for c := range up.Named {
			if c == n {
				break
			}
			i++
		}
		found := false
		if left.Is(python.PatternList, python.TuplePattern) {
			for c := range left.Named {
				if k == i && c.Kind() == python.Identifier {
					l.alias(c)
					found = true
				}
				k++
			}
		}
		l.lost = l.lost || !found
	case python.ComparisonOperator:
		switch op := up.Child(python.FieldOperators).Text(); op {
		case "is", "is not", "==", "!=":
		default:
			l.lost = true
		}
	case python.NotOperator, python.IfStmt, python.IfClause, python.ElifClause, python.WhileStmt, python.AssertStmt, python.DeleteStmt, python.ExprStmt, python.GlobalStmt, python.NonlocalStmt:
	case python.ConditionalExpression:
		l.lost = l.lost || up.FirstNamed() == n || !condition(up, n)
	case python.BooleanOperator:
		if n.Field() == python.FieldLeft && up.Child(python.FieldOperator).Text() == "and" {
			return
		}
		l.use(up)
	default:
		l.lost = true
	}
}

// condition says whether a node is the condition of a conditional expression.
func condition(up, n python.Node) bool {
	i := 0
	for c := range up.Named {
		if c == n {
			return i == 1
		}
		i++
	}
	return false
}

// alias follows a local name for the task.
func (l *looks) alias(name python.Node) {
	if l.depth++; l.depth > 20 {
		l.lost = true
		return
	}
	reads, sure := readsOf(name)
	if !sure {
		l.lost = true
		return
	}
	for _, r := range reads {
		l.use(r)
	}
}

// member follows an attribute of the task.
func (l *looks) member(n python.Node) {
	call := n.Parent()
	if n.Field() != python.FieldFunction || call.Kind() != python.Call {
		l.lost = true // handed on, or not of a task
		return
	}
	switch n.Child(python.FieldAttribute).Text() {
	case "cancel":
		l.managed = true
		if !l.cancel.Valid() {
			l.cancel = call
		}
	case "done", "cancelled", "set_name", "get_name", "cancelling", "uncancel", "get_coro", "remove_done_callback":
	case "add_done_callback":
		l.lost = l.lost || !blind(l.p, l.p.Argument(call, 0, ""))
	default:
		l.lost = true
	}
}

// blind says whether a done callback certainly takes no look at how the task ended.
func blind(p *diagnostics.Pass, callback python.Node) bool {
	if callback.Kind() == python.Lambda {
		return !seen(callback.Child(python.FieldBody).Text())
	}
	if callback.Kind() == python.Attribute {
		switch callback.Child(python.FieldAttribute).Text() {
		case "discard", "remove":
			return true
		}
	}
	if !callback.Is(python.Identifier, python.Attribute) {
		return false
	}
	t := p.Type(callback)
	if t.Open() || len(t.Atoms()) == 0 {
		return false
	}
	for _, a := range t.Atoms() {
		if a.Kind != program.Function {
			return false
		}
		if fn := p.Definition(a.Func); !fn.Valid() || seen(fn.Text()) {
			return false
		}
	}
	return true
}

// seen says whether code may look at how a task ended.
func seen(text string) bool {
	for _, word := range []string{"exception", "result", "log", "print", "raise", "task)", "fut)", "future)", "t)", "f)"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// logFailureOf offers a done callback that logs the exception of a task, behind the statement that stores it.
func logFailureOf(p *diagnostics.Pass, call, target python.Node, several bool) (diagnostics.Fix, bool) {
	fix := diagnostics.Fix{Title: "Log its exception when it is done"}
	stmt := call.Up(python.ExprStmt)
	indent, ok := indentOf(stmt)
	if !ok || call.Function().Kind() != python.FunctionDef {
		return fix, false
	}
	callback, ok := failureLogger(p, call, &fix)
	if !ok {
		return fix, false
	}
	watch := func(task string) string { return task + ".add_done_callback(" + callback + ")" }
	switch a := call.Parent(); {
	case a.Kind() == python.Assignment && (!several || a.Child(python.FieldLeft).Kind() == python.Identifier):
		fix.Edits = []diagnostics.Edit{following(stmt, "\n"+indent+watch(a.Child(python.FieldLeft).Text()))}
	case call.Scope().Lookup("task") != nil:
		return fix, false
	default: // jobs.add(create_task(...)), jobs[key] = create_task(...)
		fix.Edits = []diagnostics.Edit{
			diagnostics.Insert(stmt, "task = "+call.Text()+"\n"+indent+watch("task")+"\n"+indent),
			diagnostics.Replace(call, "task"),
		}
	}
	return fix, true
}

// failureLogger is the name of a function of the module that logs the exception of a future; the fix adds it where there is none.
func failureLogger(p *diagnostics.Pass, at python.Node, fix *diagnostics.Fix) (name string, ok bool) {
	const callback = "log_failure"
	switch known := p.Global(callback); {
	case known == nil && at.Scope().Lookup(callback) == nil:
		logging, imports := p.Spell("logging.getLogger")
		fix.Imports = imports
		fix.Globals = []string{"def " + callback + "(future):\n    if not future.cancelled() and future.exception() is not None:\n        " +
			logging + "(__name__).error(\"A background task failed\", exc_info=future.exception())"}
	case known == nil || len(known.Values) != 1 || known.Values[0].Op != shape.Function || len(known.Values[0].Func.Params) != 1:
		return "", false
	}
	return callback, true
}
