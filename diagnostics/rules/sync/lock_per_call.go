package sync

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed lock-per-call.md
var lockPerCallDoc string

// LockPerCall reports locks that nobody but the one call that made them can take.
var LockPerCall = &diagnostics.Rule{
	Code:     "AIO507",
	Name:     "lock-per-call",
	Family:   "sync",
	Aliases:  []string{"W2101", "useless-with-lock"},
	Severity: diagnostics.Error,
	Doc:      lockPerCallDoc,
	On:       []python.Kind{python.Call, python.WithStmt},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if call.Kind() == python.WithStmt {
			for item := range diagnostics.WithExpressions(call) {
				if makesAnew(p, item) && !inTest(item) {
					p.Report(item, "`"+diagnostics.OneLine(item)+"` gives a new lock each time, which keeps nobody out; make one lock that all calls share")
				}
			}
			return
		}
		fn := call.Function()
		if name := diagnostics.LastName(call.Child(python.FieldFunction)); fn.Kind() != python.FunctionDef || name == "" || name[0] < 'A' || name[0] > 'Z' {
			return // classes are written so, and there are many calls
		}
		at, name := call, python.Node{}
		shared := fallback(p, call)
		if shared.Valid() {
			at = shared
		}
		uses, ok := entered(at), true
		if uses == nil {
			if name, uses, ok = privateTo(at); !ok {
				return
			}
		}
		x := made(p, call)
		switch x.role {
		case lock, reentrant, condition, semaphore:
		default:
			return
		}
		if inTest(call) {
			return
		}
		what := "lock"
		if x.role == semaphore {
			what = "limit"
		}
		var r diagnostics.Reporter
		switch {
		case shared.Valid():
			r = p.Report(call, "`"+diagnostics.OneLine(call)+"` is not stored, so that whoever finds none takes one of their own, which keeps nobody out; use `setdefault()`")
		case name.Valid():
			r = p.Report(call, "`"+name.Text()+"` is made anew in each call of `"+fn.Child(python.FieldName).Text()+"()` and keeps nobody out; make one "+what+" that all calls share")
		default:
			r = p.Report(call, "`"+diagnostics.OneLine(call)+"` is a new one each time and keeps nobody out; make one "+what+" that all calls share")
		}
		if shared.Valid() {
			if get := shared.Child(python.FieldFunction).Child(python.FieldAttribute); get.Valid() {
				r.Fix(diagnostics.Fix{Title: "Use `setdefault()`", Edits: []diagnostics.Edit{diagnostics.Replace(get, "setdefault")}})
			}
			return
		}
		share(p, r, call, name, uses, x)
	},
}

// makesAnew says whether an expression calls a function of the program, or reads a property, that certainly returns a lock which it has just
// made.
func makesAnew(p *diagnostics.Pass, item python.Node) bool {
	var f *program.Func
	switch item.Kind() {
	case python.Call:
		c, ok := p.Callee(item)
		if !ok || c.Class != nil || c.Func == nil || c.Func.Decl.Async || len(c.Func.Decl.Decorators) > 0 {
			return false
		}
		f = c.Func
	case python.Attribute:
		f = p.Program.Property(p.Type(item.Child(python.FieldObject)).NotNone(), item.Child(python.FieldAttribute).Text())
		if f == nil || len(f.Decl.Decorators) != 1 || f.Decl.Decorators[0].Str != "property" {
			return false
		}
	default:
		return false
	}
	if !f.Project() || f.Decl.Result == nil {
		return false
	}
	v := f.Decl.Result()
	if v.Op != shape.Call {
		return false
	}
	t := p.Program.Eval(f.Module, v.X)
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.ClassObject {
		return false
	}
	switch primitiveClass(p, t.Atoms()[0].Class).role {
	case lock, condition, semaphore:
		return true
	}
	return false
}

// fallback is the call of get on a dict to which a call is the default: locks.get(key, Lock()); no node when it is none.
func fallback(p *diagnostics.Pass, call python.Node) python.Node {
	args := call.Parent()
	if args.Kind() != python.ArgumentList {
		return python.Node{}
	}
	get := args.Parent()
	fn := get.Child(python.FieldFunction)
	if fn.Kind() != python.Attribute || fn.Child(python.FieldAttribute).Text() != "get" || p.Argument(get, 1, "default") != call {
		return python.Node{}
	}
	if !p.Type(fn.Child(python.FieldObject)).Every(func(a program.Atom) bool {
		return a.Kind == program.Instance && (a.Class.Name == "dict" || p.Program.Subclass(a.Class, "dict"))
	}) {
		return python.Node{}
	}
	return get
}

// entered is the expression alone when a with statement enters it; nil when none does.
func entered(n python.Node) []python.Node {
	if contextManager(n).Valid() {
		return []python.Node{n}
	}
	return nil
}

// contextManager is the with statement that enters what an expression gives; no node when none does.
func contextManager(n python.Node) python.Node {
	for up := n.Parent(); ; n, up = up, up.Parent() {
		switch up.Kind() {
		case python.Paren, python.TupleExpr, python.WithItem, python.WithClause:
			continue
		case python.AsPattern:
			if n == up.FirstNamed() {
				continue
			}
		case python.WithStmt:
			if n.Field() != python.FieldBody {
				return up
			}
		}
		return python.Node{}
	}
}

// privateTo is the local name that the value of an expression is bound to, when the function does nothing with it but take
// and release it, and all its uses.
func privateTo(n python.Node) (name python.Node, uses []python.Node, ok bool) {
	up := n.Parent()
	switch {
	case up.Kind() == python.Assignment && n.Field() == python.FieldRight:
		name = up.Child(python.FieldLeft)
		if up.Parent().Kind() == python.Assignment {
			return name, nil, false // bound to another name, too
		}
	case up.Kind() == python.NamedExpression:
		name = up.Child(python.FieldName)
		uses = entered(up)
		if uses == nil {
			return name, nil, false
		}
	}
	b := name.Binding()
	if b == nil || b.Kind != python.BindAssign || len(b.Path) > 0 || b.Scope.Kind != python.FunctionScope || len(b.Scope.Lookup(b.Name).Bindings) != 1 {
		return name, nil, false
	}
	reads, sure := b.Reads()
	if !sure {
		return name, nil, false
	}
	takes := len(uses) > 0
	for _, r := range reads {
		switch {
		case contextManager(r).Valid():
			takes = true
		case r.Field() == python.FieldObject && r.Parent().Field() == python.FieldFunction && r.Parent().Kind() == python.Attribute:
			switch r.Parent().Child(python.FieldAttribute).Text() {
			case "acquire":
				takes = true
			case "release", "locked", "notify", "notify_all":
			default:
				return name, nil, false
			}
		default:
			return name, nil, false
		}
		uses = append(uses, r)
	}
	return name, uses, takes
}

// share offers to make the lock once, outside the function.
func share(p *diagnostics.Pass, r diagnostics.Reporter, call, name python.Node, uses []python.Node, x primitive) {
	fn := call.Function()
	args := call.Child(python.FieldArguments)
	for a := range args.Named { // which must mean the same outside the function
		if a.Kind() == python.KeywordArgument {
			a = a.Child(python.FieldValue)
		}
		if !a.Is(python.IntLit, python.FloatLit, python.True, python.False, python.None) {
			return
		}
	}
	callee := call.Child(python.FieldFunction)
	first := callee
	for first.Kind() == python.Attribute {
		first = first.Child(python.FieldObject)
	}
	if first.Kind() != python.Identifier || first.Scope().Lookup(first.Text()) != nil || call.Block().Class() != "" || fn.Function().Valid() {
		return
	}
	if strings.HasPrefix(x.name, "asyncio.") && below(p, 3, 10) {
		return // it would belong to another event loop, see AIO509
	}
	shared := "lock"
	if x.role == semaphore {
		shared = "semaphore"
	}
	shared = fn.Child(python.FieldName).Text() + "_" + shared
	if p.Global(shared) != nil || call.Scope().Lookup(shared) != nil {
		return
	}
	fix := diagnostics.Fix{
		Title:   "Share `" + shared + "` between all calls",
		Globals: []string{shared + " = " + strings.Join(strings.Fields(call.Text()), " ")},
	}
	switch {
	case !name.Valid():
		fix.Edits = []diagnostics.Edit{diagnostics.Replace(call, shared)}
	case name.Parent().Kind() == python.NamedExpression:
		return
	default:
		stmt := name.Parent().Parent()
		drop, ok := dropLine(stmt)
		if !ok || stmt.Kind() != python.ExprStmt || name.Parent().Child(python.FieldType).Valid() {
			return
		}
		fix.Edits = append(fix.Edits, drop)
		for _, u := range uses {
			fix.Edits = append(fix.Edits, diagnostics.Replace(u, shared))
		}
	}
	r.Fix(fix)
}

// dropLine is the edit that removes a statement with its line, or all of that but the comment behind it; ok is false when
// another statement is on it, or when it is all that its block has.
func dropLine(stmt python.Node) (edit diagnostics.Edit, ok bool) {
	text, s := stmt.Block().Text(), stmt.Span()
	start := strings.LastIndexByte(text[:s.Start], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[s.End:], '\n'); i >= 0 {
		end = s.End + i + 1
	}
	for c := range stmt.Parent().Named {
		ok = ok || c != stmt
	}
	rest := strings.TrimLeft(text[s.End:end], " \t")
	switch {
	case strings.TrimSpace(text[start:s.Start]) != "":
		return edit, false
	case strings.HasPrefix(rest, "#"):
		return diagnostics.Edit{Span: python.Span{Start: s.Start, End: end - len(rest)}}, ok
	}
	return diagnostics.Edit{Span: python.Span{Start: start, End: end}}, ok && strings.TrimSpace(rest) == ""
}

// below says whether the project supports a Python older than a version.
func below(p *diagnostics.Pass, major, minor int) bool {
	return p.Settings.Target != (diagnostics.Version{}) && !p.Settings.Target.AtLeast(major, minor)
}
