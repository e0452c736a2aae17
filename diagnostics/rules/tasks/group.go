package tasks

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed variable-from-cm-in-start-soon.md
var closedTooSoonDoc string

//go:embed useless-nursery.md
var uselessGroupDoc string

//go:embed start-soon-in-aenter.md
var startSoonDoc string

//go:embed control-flow-in-taskgroup.md
var leavingGroupDoc string

//go:embed task-status-never-started.md
var neverStartedDoc string

// starters are the methods of task groups and nurseries that start a task.
var starters = map[string]bool{"start_soon": true, "start": true, "create_task": true}

// groupStarted is the receiver of a call that starts a task in a group that a name holds: `group` of group.start_soon(...).
func groupStarted(call python.Node) python.Node {
	fn := call.Child(python.FieldFunction)
	if call.Kind() != python.Call || fn.Kind() != python.Attribute || !starters[fn.Child(python.FieldAttribute).Text()] {
		return python.Node{}
	}
	if object := fn.Child(python.FieldObject); object.Kind() == python.Identifier {
		return object
	}
	return python.Node{}
}

// groupItem is an item of a with statement: the context manager, and the name behind "as".
type groupItem struct{ manager, target python.Node }

// groupItems are the items of a with statement.
func groupItems(stmt python.Node) []groupItem {
	var items []groupItem
	for e := range diagnostics.WithExpressions(stmt) {
		item := groupItem{manager: e}
		if as := e.Parent(); as.Kind() == python.AsPattern && as.FirstNamed() == e {
			item.target = as.Child(python.FieldAlias)
			if inner := item.target.FirstNamed(); item.target.Kind() == python.AsPatternTarget && inner.Valid() {
				item.target = inner
			}
		}
		items = append(items, item)
	}
	return items
}

// ClosedTooSoon reports a task that gets something which is closed before the task group waits for it.
var ClosedTooSoon = &diagnostics.Rule{
	Code:     "ASYNC111",
	Name:     "variable-from-cm-in-start-soon",
	Family:   "tasks",
	Severity: diagnostics.Warning,
	Doc:      closedTooSoonDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		group := groupStarted(call)
		if !group.Valid() {
			return
		}
		// The items that are entered behind the group and left before it, innermost first.
		var inner []groupItem
		var outer python.Node // the with statement of the group
		child := call
	search:
		for up := call.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda, python.ClassDef); child, up = up, up.Parent() {
			if up.Kind() != python.WithStmt || child.Field() != python.FieldBody {
				continue
			}
			items := groupItems(up)
			for i := len(items) - 1; i >= 0; i-- {
				if t := items[i].target; t.Kind() == python.Identifier && t.Text() == group.Text() {
					if p.Scope(items[i].manager) != "group" {
						return
					}
					outer = up
					break search
				}
				inner = append(inner, items[i])
			}
		}
		if !outer.Valid() || len(inner) == 0 || joined(call, outer) {
			return
		}
		for n := range call.Child(python.FieldArguments).Walk {
			if n.Kind() != python.Identifier || n.Field() == python.FieldAttribute || n.Field() == python.FieldName || labelled(n, call) || cloned(n) {
				continue
			}
			item, ok := given(p, n, inner)
			if !ok {
				continue
			}
			with := item.target.Up(python.WithStmt)
			if scope := p.Scope(item.manager); scope == "cancel" || scope == "timeout" || cancelled(with, group.Text()) {
				continue
			}
			r := p.Report(n, "`"+n.Text()+"` is closed where its `with` ends, and only then `"+group.Text()+"` waits for the task that uses it; open the task group inside that `with`")
			r.Related(item.target, "it is opened here")
			if fix, ok := exchanged(outer, with, group.Text(), item); ok && p.Scope(item.manager) == "" {
				r.Fix(fix)
			}
			return
		}
	},
}

// joined says whether something is done, within the with statement of the group, with the task that a call starts: it may be awaited
// before anything is closed.
func joined(call, group python.Node) bool {
	a := call.Parent()
	switch {
	case call.Child(python.FieldFunction).Child(python.FieldAttribute).Text() == "start", a.Kind() == python.ExprStmt: // start_soon gives a handle since AnyIO 4.14
		return false
	case a.Kind() != python.Assignment || a.Parent().Kind() != python.ExprStmt:
		return true
	}
	name := a.Child(python.FieldLeft)
	b := name.Binding()
	if b == nil || name.Kind() != python.Identifier {
		return true
	}
	reads, sure := b.Reads()
	for _, r := range reads {
		if r.Inside(group) {
			return true
		}
	}
	return !sure
}

// labelled says whether a name stands in the argument that only names the task.
func labelled(n, call python.Node) bool {
	for ; n != call; n = n.Parent() {
		if n.Kind() == python.KeywordArgument && n.Child(python.FieldName).Text() == "name" && n.Parent().Parent() == call {
			return true
		}
	}
	return false
}

// cloned says whether a name is only read to make another channel of it, which is closed by itself.
func cloned(n python.Node) bool {
	up := n.Parent()
	return up.Kind() == python.Attribute && up.Child(python.FieldAttribute).Text() == "clone" && up.Field() == python.FieldFunction
}

// closing says whether an expression is a channel or stream of trio or AnyIO, which its own with statement closes.
func closing(p *diagnostics.Pass, e python.Node) bool {
	t := p.Type(e)
	for _, a := range t.Atoms() {
		if a.Kind != program.Instance || !p.Program.Subclass(a.Class, "trio.abc.AsyncResource") && !p.Program.Subclass(a.Class, "anyio.abc.AsyncResource") {
			return false
		}
	}
	return !t.Open() && len(t.Atoms()) > 0
}

// given is the item that gives a name its value, or closes what it holds.
func given(p *diagnostics.Pass, n python.Node, items []groupItem) (groupItem, bool) {
	for _, item := range items {
		if m := item.manager; !item.target.Valid() && m.Kind() == python.Identifier && m.Text() == n.Text() && n.Scope().Lookup(n.Text()) == m.Scope().Lookup(m.Text()) && closing(p, m) {
			item.target = m
			return item, true
		}
		for t := range item.target.Walk {
			if t.Kind() != python.Identifier || t.Text() != n.Text() || t.Field() == python.FieldAttribute {
				continue
			}
			b := t.Binding()
			if b == nil || n.Scope().Lookup(n.Text()) != b.Scope.Lookup(b.Name) {
				return groupItem{}, false
			}
			if reads, sure := b.Reads(); sure {
				for _, r := range reads {
					if r == n {
						return item, true
					}
				}
				return groupItem{}, false
			}
			return item, true
		}
	}
	return groupItem{}, false
}

// cancelled says whether the body of a with statement cancels the tasks of a group.
func cancelled(with python.Node, group string) bool {
	for n := range with.Child(python.FieldBody).Walk {
		if n.Kind() != python.Call {
			continue
		}
		switch n.Child(python.FieldFunction).Text() {
		case group + ".cancel_scope.cancel", group + ".cancel":
			return true
		}
	}
	return false
}

// exchanged enters the task group last: after the item that its tasks use.
func exchanged(outer, inner python.Node, group string, item groupItem) (diagnostics.Fix, bool) {
	fix := diagnostics.Fix{Title: "Open `" + group + "` inside it"}
	text := outer.Block().Text()
	if outer == inner {
		whole := func(n python.Node) python.Node {
			if n.Parent().Kind() == python.AsPattern {
				return n.Parent()
			}
			return n
		}
		items := groupItems(outer)
		if len(items) != 2 || items[1].manager != item.manager {
			return fix, false
		}
		a, b := whole(items[0].manager), whole(items[1].manager)
		if mentions(b, group) {
			return fix, false
		}
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(a, b.Text()), diagnostics.Replace(b, a.Text())}
		return fix, true
	}
	if inner.Parent() != outer.Child(python.FieldBody) || inner.Parent().FirstNamed() != inner {
		return fix, false
	}
	for next := inner.Next(); next.Valid(); next = next.Next() {
		if next.Kind() != python.Comment {
			return fix, false
		}
	}
	header := func(stmt python.Node) (python.Span, bool) {
		s := python.Span{Start: stmt.Span().Start}
		for c := range stmt.Named {
			if c.Kind() == python.WithClause {
				s.End = c.Span().End
			}
		}
		return s, s.End > 0 && !strings.ContainsAny(text[s.Start:s.End], "\n#") && strings.HasPrefix(text[s.End:], ":")
	}
	a, ok := header(outer)
	b, ok2 := header(inner)
	if !ok || !ok2 || mentions(item.manager, group) || len(groupItems(outer)) != 1 {
		return fix, false
	}
	fix.Edits = []diagnostics.Edit{{Span: a, New: text[b.Start:b.End]}, {Span: b, New: text[a.Start:a.End]}}
	return fix, true
}

// mentions says whether a name stands in an expression.
func mentions(n python.Node, name string) bool {
	for c := range n.Walk {
		if c.Kind() == python.Identifier && c.Text() == name && c.Field() != python.FieldAttribute {
			return true
		}
	}
	return false
}

// UselessGroup reports a task group for a single task, for which nothing else waits.
var UselessGroup = &diagnostics.Rule{
	Code:     "ASYNC112",
	Name:     "useless-nursery",
	Family:   "tasks",
	Severity: diagnostics.Warning,
	Doc:      uselessGroupDoc,
	On:       []python.Kind{python.WithStmt},
	Check: func(p *diagnostics.Pass, stmt python.Node) {
		if !stmt.IsAsync() {
			return
		}
		body := stmt.Child(python.FieldBody)
		only := body.FirstNamed()
		count := 0
		for range body.Named {
			count++
		}
		if count != 1 || only.Kind() != python.ExprStmt {
			return
		}
		call := only.FirstNamed().Unwrap()
		if call.Kind() == python.Await {
			call = call.FirstNamed().Unwrap()
		}
		group := groupStarted(call)
		args := call.Child(python.FieldArguments)
		if !group.Valid() || args.Kind() != python.ArgumentList || mentions(args, group.Text()) {
			return
		}
		items := groupItems(stmt)
		for _, item := range items {
			if item.target.Kind() != python.Identifier || item.target.Text() != group.Text() || p.Scope(item.manager) != "group" {
				continue
			}
			if usedElsewhere(item.target, stmt) {
				return
			}
			r := p.Report(item.manager, "`"+group.Text()+"` starts one task and waits for it, which is what `await` does; await the function")
			if fix, ok := awaited(stmt, items, call); ok {
				r.Fix(fix)
			}
			return
		}
	},
}

// usedElsewhere says whether the name that a with statement gives to a group is read outside of its body, or in a function that is
// defined elsewhere.
func usedElsewhere(target, with python.Node) bool {
	b := target.Binding()
	if b == nil {
		return true
	}
	if reads, sure := b.Reads(); sure {
		return len(reads) > 1
	}
	for n := range target.Function().Walk {
		if n.Kind() != python.Identifier || n.Text() != target.Text() || n.Field() == python.FieldAttribute || n.Inside(with) {
			continue
		}
		own := false // it belongs to another with statement that binds the name
		for up := n.Parent(); up.Valid() && !own; up = up.Parent() {
			if up.Kind() == python.WithStmt {
				for _, item := range groupItems(up) {
					own = own || item.target.Kind() == python.Identifier && item.target.Text() == target.Text()
				}
			}
		}
		if !own {
			return true
		}
	}
	return false
}

// awaited awaits the function of the only task of a group, without the group.
func awaited(stmt python.Node, items []groupItem, call python.Node) (diagnostics.Fix, bool) {
	fn := call.Child(python.FieldFunction)
	method := fn.Child(python.FieldAttribute).Text()
	args := call.Child(python.FieldArguments)
	first := args.FirstNamed()
	if len(items) != 1 || !first.Valid() || first.Is(python.KeywordArgument, python.ListSplat, python.DictionarySplat) {
		return diagnostics.Fix{}, false
	}
	comment := ""
	for c := range stmt.Walk {
		if c.Kind() != python.Comment {
			continue
		}
		if comment != "" || c.Span().Start > stmt.Child(python.FieldBody).Span().Start || strings.Contains(stmt.Block().Text()[stmt.Span().Start:c.Span().Start], "\n") {
			return diagnostics.Fix{}, false
		}
		comment = "  " + c.Text()
	}
	for a := range args.Named {
		if a.Is(python.KeywordArgument, python.DictionarySplat) {
			return diagnostics.Fix{}, false
		}
	}
	text := "await " + first.Text()
	if first.Is(python.Lambda, python.ConditionalExpression, python.BooleanOperator, python.NamedExpression) {
		text = "await (" + first.Text() + ")"
	}
	if method != "create_task" {
		rest := ""
		if next := first.Next(); next.Valid() {
			end := args.Span().End - 1
			src := stmt.Block().Text()
			rest = strings.Trim(src[first.Span().End:end], ", \t\r\n")
		}
		text += "(" + rest + ")"
	}
	if strings.Contains(text, "\n") && comment != "" {
		return diagnostics.Fix{}, false
	}
	return diagnostics.Fix{Title: "Await `" + diagnostics.OneLine(first) + "`", Edits: []diagnostics.Edit{diagnostics.Replace(stmt, text+comment)}}, true
}

// StartSoon reports a context manager that does not wait until its tasks are ready, although they would say so.
var StartSoon = &diagnostics.Rule{
	Code:     "ASYNC113",
	Name:     "start-soon-in-aenter",
	Family:   "tasks",
	Severity: diagnostics.Warning,
	Doc:      startSoonDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		fn := call.Child(python.FieldFunction)
		if fn.Kind() != python.Attribute || fn.Child(python.FieldAttribute).Text() != "start_soon" {
			return
		}
		def := call.Function()
		if def.Kind() != python.FunctionDef || !def.IsAsync() || !enters(def) {
			return
		}
		for n := range def.Child(python.FieldBody).Walk {
			if n.Kind() == python.Yield && n.Function() == def && n.Span().Start < call.Span().Start {
				return
			}
		}
		target := p.Argument(call, 0, "")
		if !target.Valid() || !startable(p, target) {
			return
		}
		for _, a := range p.Type(fn.Child(python.FieldObject)).Atoms() {
			if a.Kind != program.Instance || a.Class.Name != "trio.Nursery" && a.Class.Name != "anyio.abc.TaskGroup" {
				return
			}
		}
		r := p.Report(call, "whoever enters the context manager may find `"+diagnostics.OneLine(target)+"` not ready yet; wait until it says that it is, with `await "+diagnostics.OneLine(fn.Child(python.FieldObject))+".start()`")
		if call.Parent().Kind() == python.ExprStmt {
			r.Fix(diagnostics.Fix{Title: "Use `await " + diagnostics.OneLine(fn.Child(python.FieldObject)) + ".start()`", Edits: []diagnostics.Edit{
				diagnostics.Insert(call, "await "), diagnostics.Replace(fn.Child(python.FieldAttribute), "start"),
			}})
		}
	},
}

// enters says whether a function is what runs where an asynchronous context manager is entered.
func enters(def python.Node) bool {
	if def.Child(python.FieldName).Text() == "__aenter__" {
		return true
	}
	for d := range python.Decorators(def) {
		for d.Kind() == python.Call {
			d = d.Child(python.FieldFunction)
		}
		if d.Kind() == python.Attribute {
			d = d.Child(python.FieldAttribute)
		}
		if d.Text() == "asynccontextmanager" {
			return true
		}
	}
	return false
}

// startable says whether a function tells who starts it when it is ready: it takes task_status.
func startable(p *diagnostics.Pass, fn python.Node) bool {
	t := p.Type(fn)
	if t.Open() || len(t.Atoms()) == 0 {
		return false
	}
	for _, a := range t.Atoms() {
		if a.Kind != program.Function {
			return false
		}
		found := false
		for _, q := range a.Func.Decl.Params {
			found = found || q.Name == "task_status"
		}
		if !found {
			return false
		}
	}
	return true
}

// LeavingGroup reports a jump out of a task group, which first waits for all tasks.
var LeavingGroup = &diagnostics.Rule{
	Code:     "ASYNC121",
	Name:     "control-flow-in-taskgroup",
	Family:   "tasks",
	Severity: diagnostics.Warning,
	Doc:      leavingGroupDoc,
	On:       []python.Kind{python.ReturnStmt, python.BreakStmt, python.ContinueStmt},
	Check: func(p *diagnostics.Pass, stmt python.Node) {
		child := stmt
		for up := stmt.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.ClassDef, python.Lambda); child, up = up, up.Parent() {
			switch up.Kind() {
			case python.ForStmt, python.WhileStmt:
				if stmt.Kind() != python.ReturnStmt && child.Field() == python.FieldBody {
					return
				}
			case python.WithStmt:
				if !up.IsAsync() || child.Field() != python.FieldBody {
					continue
				}
				for _, item := range groupItems(up) {
					if p.Scope(item.manager) != "group" || item.target.Kind() != python.Identifier || cancelled(up, item.target.Text()) ||
						!running(up, item.target.Text(), stmt) {
						continue
					}
					word, _, _ := strings.Cut(stmt.Text(), " ")
					word = strings.TrimSpace(word)
					r := p.Report(stmt, "`"+word+"` takes effect only when all tasks of the task group have ended; cancel them first, or move it behind the `async with`")
					if last(up, stmt) {
						r.Severity(diagnostics.Info)
					}
					if c, ok := p.Callee(item.manager); ok && (c.Name == "trio.open_nursery" || c.Name == "anyio.create_task_group") {
						cancelFirst(r, stmt, item.target.Text()+".cancel_scope.cancel()")
					}
					return
				}
			}
		}
	},
}

// cancelFirst offers to cancel the tasks of a group before a jump out of it.
func cancelFirst(r diagnostics.Reporter, stmt python.Node, cancel string) {
	text, at := stmt.Block().Text(), stmt.Span().Start
	indent := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	if strings.TrimSpace(indent) != "" {
		return
	}
	for n := range stmt.Walk {
		if n.Kind() == python.Await { // which would be cancelled, too
			return
		}
	}
	r.Fix(diagnostics.Fix{Title: "Call `" + cancel + "` first", Edits: []diagnostics.Edit{diagnostics.Insert(stmt, cancel+"\n"+indent)}})
}

// running says whether the group that a with statement opens under a name may have started a task where a statement in its
// body stands.
func running(with python.Node, group string, stmt python.Node) bool {
	loop := stmt.Up(python.ForStmt, python.WhileStmt, python.FunctionDef)
	for n := range with.Child(python.FieldBody).Walk {
		if n.Kind() == python.Call && (n.Span().Start < stmt.Span().End || loop.Kind() != python.FunctionDef && loop.Inside(with) && n.Inside(loop)) {
			if g := groupStarted(n); g.Valid() && g.Text() == group || handedTo(n, group) {
				return true
			}
		}
	}
	return false
}

// handedTo says whether a call is given a group, as a helper is that starts tasks in it.
func handedTo(call python.Node, group string) bool {
	for a := range call.Child(python.FieldArguments).Named {
		if a.Kind() == python.KeywordArgument {
			a = a.Child(python.FieldValue)
		}
		if a.Kind() == python.Identifier && a.Text() == group {
			return true
		}
	}
	return false
}

// last says whether a statement is where the body of a with statement ends anyway.
func last(with, stmt python.Node) bool {
	for stmt.Kind() == python.ReturnStmt || stmt.Kind() == python.WithStmt {
		for next := stmt.Next(); next.Valid(); next = next.Next() {
			if next.Kind() != python.Comment {
				return false
			}
		}
		stmt = stmt.Parent().Parent()
		if stmt == with {
			return true
		}
	}
	return false
}

// NeverStarted reports a function that never tells who starts it that it is ready.
var NeverStarted = &diagnostics.Rule{
	Code:     "ASYNC128",
	Name:     "task-status-never-started",
	Family:   "tasks",
	Severity: diagnostics.Warning,
	Doc:      neverStartedDoc,
	On:       []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, def python.Node) {
		if !def.IsAsync() {
			return
		}
		param := statusOf(def)
		if !param.Valid() || stub(def) {
			return
		}
		for n := range def.Child(python.FieldBody).Walk {
			switch {
			case n.Kind() == python.Error:
				return
			case n.Kind() != python.Identifier || n.Field() == python.FieldAttribute:
			case n.Text() == "locals":
				return
			case n.Text() == param.Text() && !(n.Parent().Kind() == python.Attribute && n.Parent().Parent().Kind() == python.ExprStmt):
				return
			}
		}
		name := def.Child(python.FieldName)
		p.Report(name, "`"+name.Text()+"` never calls `"+param.Text()+".started()`, so whoever starts it with `start()` gets RuntimeError when it ends, or waits for ever; call it when the task is ready")
	},
}

// statusOf is the parameter of a function through which it says that it is ready.
func statusOf(def python.Node) python.Node {
	var found python.Node
	for q := range def.Child(python.FieldParameters).Named {
		name := q
		switch q.Kind() {
		case python.PositionalSeparator: // start() gives it by name
			found = python.Node{}
		case python.TypedParameter:
			name = q.FirstNamed()
		case python.DefaultParameter, python.TypedDefaultParameter:
			name = q.Child(python.FieldName)
		}
		if name.Kind() == python.Identifier && (name.Text() == "task_status" || strings.Contains(q.Child(python.FieldType).Text(), "TaskStatus")) {
			found = name
		}
	}
	return found
}

// stub says whether a function is only declared: its body is empty or only raises, or it is abstract or one of several declarations.
func stub(def python.Node) bool {
	for d := range python.Decorators(def) {
		if d.Kind() == python.Attribute {
			d = d.Child(python.FieldAttribute)
		}
		switch d.Text() {
		case "abstractmethod", "overload":
			return true
		}
	}
	for s := range def.Child(python.FieldBody).Named {
		switch s.Kind() {
		case python.PassStmt, python.RaiseStmt:
		case python.ExprStmt:
			if !s.FirstNamed().Is(python.String, python.Ellipsis, python.ConcatenatedString) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
