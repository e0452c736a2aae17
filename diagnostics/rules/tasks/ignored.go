package tasks

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed gather-exceptions-ignored.md
var ignoredDoc string

// Ignored reports exceptions that gather returns as results and that nobody looks for there.
var Ignored = &diagnostics.Rule{
	Code:     "AIO304",
	Name:     "gather-exceptions-ignored",
	Family:   "tasks",
	Severity: diagnostics.Warning,
	Doc:      ignoredDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		flag := keyword(call, "return_exceptions")
		if flag.Kind() != python.True || name(p, call) != "asyncio.gather" || expected(call) {
			return
		}
		result := resultOf(p, call)
		switch up := result.Parent(); up.Kind() {
		case python.ExprStmt:
			if discards(up, result) && !cleanup(call) && !remarked(up) && anyFails(p, call, fails) {
				r := p.Report(call, "the results of `"+short(call)+"` are dropped, and the exceptions that `return_exceptions=True` puts among them; look at the results, or let it raise")
				logEach(p, r, result, python.Node{})
				letItRaise(r, flag)
			}
		case python.Assignment:
			left := up.Child(python.FieldLeft)
			if result.Field() != python.FieldRight || up.Parent().Kind() == python.Assignment {
				return
			}
			if left.Kind() == python.Identifier && unread(left) {
				if !cleanup(call) && !remarked(result.Up(python.ExprStmt)) && anyFails(p, call, fails) {
					r := p.Report(call, "nothing reads `"+left.Text()+"`, the results of `"+short(call)+"`, nor the exceptions that `return_exceptions=True` puts among them; look at the results, or let it raise")
					logEach(p, r, result, left)
					letItRaise(r, flag)
				}
				return
			}
			taken(p, call, flag, func(u *uses) {
				if left.Kind() == python.Identifier {
					u.list(left)
				} else {
					u.unpacked(left)
				}
			})
		case python.NamedExpression:
			taken(p, call, flag, func(u *uses) { u.list(up.Child(python.FieldName)); u.listIn(up) })
		default:
			taken(p, call, flag, func(u *uses) { u.listIn(result) })
		}
	},
}

// keyword is the value of a named argument of a call.
func keyword(call python.Node, name string) python.Node {
	for a := range call.Child(python.FieldArguments).Named {
		if a.Kind() == python.KeywordArgument && a.Child(python.FieldName).Text() == name {
			return a.Child(python.FieldValue)
		}
	}
	return python.Node{}
}

// resultOf is the expression that gives the results of gather: the await around it, or what runs it; no node when it is
// neither awaited nor run.
func resultOf(p *diagnostics.Pass, call python.Node) python.Node {
	n, awaited := call, false
	for {
		up := n.Parent()
		switch up.Kind() {
		case python.Paren:
			n = up
			continue
		case python.Await:
			n, awaited = up, true
			continue
		case python.ArgumentList:
			outer := up.Parent()
			if outer.Kind() != python.Call || p.Argument(outer, 0, "") != n {
				break
			}
			switch name(p, outer) {
			case "asyncio.wait_for", "asyncio.shield":
				n = outer
				continue
			case "asyncio.AbstractEventLoop.run_until_complete":
				n, awaited = outer, true
				continue
			}
		}
		if !awaited {
			return python.Node{}
		}
		return n
	}
}

// ending are parts of the names of functions that end things, where what fails matters to nobody any more.
var ending = []string{
	"close", "stop", "shutdown", "clean", "teardown", "exit", "disconnect", "cancel", "terminate", "kill", "drain", "join", "final", "dispose", "abort", "release", "reset",
	"wait", "quit", "leave", "destroy", "unload", "detach", "unsubscribe", "remove", "delete", "end",
}

func ends(name string) bool {
	name = strings.ToLower(name)
	for _, word := range ending {
		if strings.Contains(name, word) && (word != "end" || name == "end" || strings.HasPrefix(name, "end_")) {
			return true
		}
	}
	return false
}

// cleanup says whether a call stands where tasks are brought to their end: in a finally or except clause, in a function of such a
// name, or behind a cancellation.
func cleanup(call python.Node) bool {
	for up := call.Parent(); up.Valid(); up = up.Parent() {
		switch up.Kind() {
		case python.FinallyClause, python.ExceptClause, python.ExceptGroupClause:
			return true
		case python.FunctionDef:
			if ends(up.Child(python.FieldName).Text()) {
				return true
			}
			text, start := up.Text(), up.Span().Start
			return strings.Contains(strings.ToLower(text[:call.Span().Start-start]), "cancel")
		}
	}
	return false
}

// remarked says whether a comment before, in or behind a statement says that failures do not matter.
func remarked(stmt python.Node) bool {
	says := func(comment python.Node) bool {
		text := strings.ToLower(comment.Text())
		for _, word := range []string{"fail", "ignor", "error", "exception", "best effort", "best-effort", "care", "swallow", "suppress"} {
			if strings.Contains(text, word) {
				return true
			}
		}
		return false
	}
	for n := range stmt.Walk {
		if n.Kind() == python.Comment && says(n) {
			return true
		}
	}
	found := false // among the comments right before
	for c := range stmt.Parent().Children {
		switch {
		case c == stmt:
			if found {
				return true
			}
			if next := c.Next(); next.Kind() == python.Comment && !strings.Contains(c.Block().Text()[c.Span().End:next.Span().Start], "\n") {
				return says(next)
			}
			return false
		case c.Kind() == python.Comment:
			_, own := indentOf(c) // not behind another statement
			found = own && (found || says(c))
		default:
			found = false
		}
	}
	return false
}

// anyFails says whether one of the awaitables that a call of gather is given is certainly made for it, and may fail.
func anyFails(p *diagnostics.Pass, call python.Node, fails failing) bool {
	for a := range call.Child(python.FieldArguments).Named {
		switch a.Kind() {
		case python.KeywordArgument, python.DictionarySplat:
		case python.ListSplat:
			if spreadFails(p, call, a.FirstNamed(), fails) {
				return true
			}
		default:
			if oneFails(p, call, a, fails) {
				return true
			}
		}
	}
	return false
}

// spreadFails is anyFails for what a star unpacks.
func spreadFails(p *diagnostics.Pass, call, n python.Node, fails failing) bool {
	n = value(n)
	switch n.Kind() {
	case python.ListComp, python.SetComp, python.GeneratorExpr:
		return oneFails(p, call, n.Child(python.FieldBody), fails)
	case python.ListExpr, python.TupleExpr, python.SetExpr:
		for c := range n.Named {
			if oneFails(p, call, c, fails) {
				return true
			}
		}
	case python.Call: // map(fetch, urls)
		return coroutine(items(p, n)) && mayFailUnseen(p, p.Argument(n, 0, ""), false, fails)
	case python.Identifier:
		made, ok := onlyFor(call, n)
		if !ok {
			return false
		}
		if made.Valid() {
			return made.Kind() != python.Identifier && spreadFails(p, call, made, fails)
		}
		filling, ok := fillings(n)
		for _, c := range filling {
			if ok && oneFails(p, call, c, fails) {
				return true
			}
		}
	}
	return false
}

// oneFails is anyFails for one awaitable.
func oneFails(p *diagnostics.Pass, call, n python.Node, fails failing) bool {
	n = value(n)
	switch n.Kind() {
	case python.Identifier:
		made, ok := onlyFor(call, n)
		return ok && made.Kind() == python.Call && oneFails(p, call, made, fails)
	case python.Call:
	default:
		return false
	}
	if first := p.Argument(n, 0, ""); first.Valid() {
		callees, _ := p.Callees(n)
		for _, c := range callees {
			switch {
			case c.Facts.Spawns, c.Name == "asyncio.TaskGroup.create_task":
				return oneFails(p, call, first, fails)
			case c.Name == "asyncio.wait_for":
				return oneFails(p, call, first, fails)
			}
		}
	}
	fn := n.Child(python.FieldFunction)
	if fn.Kind() == python.Attribute {
		fn = fn.Child(python.FieldAttribute)
	}
	if ends(fn.Text()) {
		return false
	}
	if t := p.Type(n); !coroutine(t) && !t.IsUnknown() {
		return false // a task or future that is somebody else's
	}
	return mayFailUnseen(p, n, true, fails)
}

// onlyFor is what a local name is bound to, if nothing but the call reads it, or fills it before; no node for what is filled.
func onlyFor(call, name python.Node) (made python.Node, ok bool) {
	l := name.Scope().Lookup(name.Text())
	if l == nil || l.Captured || len(l.Bindings) != 1 {
		return made, false
	}
	b := l.Bindings[0]
	if b.Kind != python.BindAssign || len(b.Path) > 0 {
		return made, false
	}
	reads, sure := b.Reads()
	if !sure {
		return made, false
	}
	for _, r := range reads {
		if r != name && r.Span().Start > call.Span().Start { // behind it, or in it again
			return made, false
		}
		if up := r.Parent(); up.Kind() == python.Attribute && up.Child(python.FieldAttribute).Text() == "add_done_callback" {
			return made, false
		}
	}
	if empty(b.Value) {
		return python.Node{}, true
	}
	return value(b.Value), true
}

// uses is how results, among which there may be exceptions, are used.
type uses struct {
	p      *diagnostics.Pass
	wrong  python.Node // the first place that needs a value, and fails with an exception in its place
	lost   bool        // somebody who may look for exceptions gets hold of them
	budget int
}

// taken reports results that are used as if there were no exceptions among them.
func taken(p *diagnostics.Pass, call, flag python.Node, follow func(u *uses)) {
	fn := call.Function()
	if !fn.Valid() || call.Parent().Kind() == python.ReturnStmt {
		return
	}
	after := fn.Text()[call.Span().End-fn.Span().Start:]
	for _, word := range []string{"isinstance", "issubclass", "type(", "match ", "hasattr(", "__class__"} {
		if strings.Contains(after, word) {
			return
		}
	}
	u := &uses{p: p, budget: 50}
	follow(u)
	if u.lost || !u.wrong.Valid() || !anyFails(p, call, fails) {
		return
	}
	r := p.Report(call, "`return_exceptions=True` puts exceptions among the results of `"+short(call)+"`, but `"+short(u.wrong)+"` takes each for a value; look for exceptions, or let it raise")
	r.Related(u.wrong, "an exception is used as a value here")
	letItRaise(r, flag)
}

func (u *uses) bad(n python.Node) {
	if !u.wrong.Valid() {
		u.wrong = n
	}
}

// readsOf are the reads of a name that a node binds; nil and not sure when they are not known.
func readsOf(name python.Node) (reads []python.Node, sure bool) {
	b := name.Binding()
	if b == nil {
		return nil, false
	}
	if b.Scope.Kind != python.ComprehensionScope {
		return b.Reads()
	}
	for n := range b.Scope.Node.Walk {
		if n.Kind() == python.Identifier && n != name && n.Text() == name.Text() && n.Scope().Lookup(n.Text()) == b.Scope.Local(n.Text()) {
			reads = append(reads, n)
		}
	}
	return reads, true
}

// list follows a name that is bound to the results.
func (u *uses) list(name python.Node) { u.each(name, u.listIn) }

// item follows a name that is bound to one of the results.
func (u *uses) item(name python.Node) { u.each(name, u.itemIn) }

func (u *uses) each(name python.Node, use func(python.Node)) {
	if u.budget--; u.budget < 0 || name.Kind() != python.Identifier {
		u.lost = true
		return
	}
	reads, sure := readsOf(name)
	if !sure {
		u.lost = true
	}
	for _, r := range reads {
		use(r)
	}
}

// unpacked follows the names that the results are unpacked into.
func (u *uses) unpacked(target python.Node) {
	switch target.Kind() {
	case python.PatternList, python.TuplePattern, python.ListPattern, python.TupleExpr, python.ExpressionList:
		for c := range target.Named {
			switch c.Kind() {
			case python.Identifier:
				u.item(c)
			case python.ListSplatPattern, python.ListSplat:
				u.list(c.FirstNamed())
			case python.PatternList, python.TuplePattern, python.ListPattern, python.TupleExpr:
				u.bad(c)
			default:
				u.lost = true
			}
		}
	default:
		u.lost = true
	}
}

// iterated follows the target of a loop over the results; at is their place in what zip or enumerate give, or -1.
func (u *uses) iterated(loop python.Node, at int) {
	target := loop.Child(python.FieldLeft)
	switch {
	case at < 0 && target.Kind() == python.Identifier:
		u.item(target)
	case at < 0:
		u.bad(target) // each of them is unpacked
	case target.Is(python.PatternList, python.TuplePattern, python.TupleExpr, python.ExpressionList):
		i := 0
		for c := range target.Named {
			if i == at {
				switch c.Kind() {
				case python.Identifier:
					u.item(c)
				case python.TuplePattern, python.ListPattern, python.TupleExpr:
					u.bad(c)
				default:
					u.lost = true
				}
			}
			i++
		}
	default:
		u.lost = true
	}
}

// listIn follows an expression that is the list of results to what is done with it.
func (u *uses) listIn(n python.Node) {
	up := n.Parent()
	switch up.Kind() {
	case python.Paren:
		u.listIn(up)
	case python.ForStmt, python.ForInClause:
		if n.Field() == python.FieldRight && !up.IsAsync() {
			u.iterated(up, -1)
		}
	case python.Subscript:
		if n.Field() == python.FieldValue && up.Child(python.FieldSubscript).Kind() != python.Slice {
			u.itemIn(up)
		} else {
			u.lost = true
		}
	case python.Assignment:
		if n.Field() == python.FieldRight {
			u.unpacked(up.Child(python.FieldLeft))
		}
	case python.ArgumentList:
		outer := up.Parent()
		switch outer.Child(python.FieldFunction).Text() {
		case "len", "bool":
		case "sum", "max", "min", "sorted":
			u.bad(outer)
		case "zip", "enumerate":
			loop := outer.Parent()
			if !loop.Is(python.ForStmt, python.ForInClause) || outer.Field() != python.FieldRight {
				u.lost = true
				return
			}
			at, i := 0, 0
			for c := range up.Named {
				if c == n {
					at = i
				}
				i++
			}
			if outer.Child(python.FieldFunction).Text() == "enumerate" {
				at = 1
			}
			u.iterated(loop, at)
		default:
			u.lost = true
		}
	case python.ComparisonOperator, python.NotOperator, python.IfStmt, python.ElifClause, python.WhileStmt, python.AssertStmt, python.ExprStmt:
	default:
		u.lost = true
	}
}

// itemIn follows an expression that is one of the results to what is done with it.
func (u *uses) itemIn(n python.Node) {
	up := n.Parent()
	switch up.Kind() {
	case python.Paren:
		u.itemIn(up)
	case python.Attribute:
		switch up.Child(python.FieldAttribute).Text() {
		case "args", "with_traceback", "add_note":
			u.lost = true
		default:
			u.bad(up)
		}
	case python.Subscript:
		if n.Field() == python.FieldValue {
			u.bad(up)
		} else {
			u.lost = true
		}
	case python.ForStmt, python.ForInClause, python.ListSplat, python.BinaryOperator, python.UnaryOperator, python.Await, python.DictionarySplat:
		u.bad(up)
	case python.AugmentedAssignment:
		if n.Field() == python.FieldRight {
			u.bad(up)
		}
	case python.Assignment:
		if left := up.Child(python.FieldLeft); n.Field() == python.FieldRight && left.Kind() == python.Identifier {
			u.item(left)
		} else if n.Field() == python.FieldRight && left.Is(python.PatternList, python.TuplePattern) {
			u.bad(up)
		} else {
			u.lost = true
		}
	case python.ArgumentList:
		switch fn := up.Parent().Child(python.FieldFunction); fn.Text()[strings.LastIndexByte(fn.Text(), '.')+1:] {
		case "len", "int", "float", "extend", "update", "sum", "sorted", "list", "set", "dict", "tuple":
			u.bad(up.Parent())
		default:
			u.lost = true
		}
	case python.ComparisonOperator, python.NotOperator, python.IfStmt, python.IfClause, python.ElifClause, python.WhileStmt, python.ExprStmt:
	default:
		u.lost = true
	}
}

// logEach offers to log the exceptions among results that nobody looks at.
func logEach(p *diagnostics.Pass, r diagnostics.Reporter, result, name python.Node) {
	stmt := result.Up(python.ExprStmt)
	indent, ok := indentOf(stmt)
	if whole := stmt.FirstNamed(); !ok || whole != result && !name.Valid() {
		return
	}
	logging, imports := p.Spell("logging.getLogger")
	fix := diagnostics.Fix{Title: "Log the exceptions", Imports: imports}
	results, one := "results", "result"
	free := func(s string) bool { return result.Scope().Lookup(s) == nil }
	if !free(results) || !free(one) {
		results, one = "outcomes", "outcome"
	}
	switch {
	case !name.Valid():
		fix.Edits = append(fix.Edits, diagnostics.Insert(result, results+" = "))
	case name.Text() == "_":
		fix.Edits = append(fix.Edits, diagnostics.Replace(name, results))
	default:
		results = name.Text()
		if one == results || !free(one) {
			one = "outcome"
		}
	}
	inner := "\n" + indent + step(indent)
	fix.Edits = append(fix.Edits, following(stmt, "\n"+indent+"for "+one+" in "+results+":"+inner+"if isinstance("+one+", Exception):"+
		inner+step(indent)+logging+"(__name__).error(\"A task failed\", exc_info="+one+")"))
	r.Fix(fix)
}

// step is one more level of indentation.
func step(indent string) string {
	if strings.Contains(indent, "\t") {
		return "\t"
	}
	return "    "
}

// letItRaise offers to leave out return_exceptions.
func letItRaise(r diagnostics.Reporter, flag python.Node) {
	arg := flag.Parent()
	var before python.Node
	for c := range arg.Parent().Children {
		if c == arg {
			break
		}
		if c.Kind() == python.Comment {
			before = python.Node{}
		} else if c.Kind() != python.Token {
			before = c
		}
	}
	if !before.Valid() {
		return
	}
	r.Fix(diagnostics.Fix{Title: "Let the first exception raise", Edits: []diagnostics.Edit{{Span: python.Span{Start: before.Span().End, End: arg.Span().End}}}})
}
