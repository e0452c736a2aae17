package frameworks

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules/blocking"
	"aiolens/diagnostics/shape"
)

//go:embed django-orm-in-async.md
var ormDoc string

// ORM reports synchronous access to the database of Django in a coroutine, which Django refuses.
var ORM = &diagnostics.Rule{
	Code: "AIO802", Name: "django-orm-in-async", Family: "frameworks", Severity: diagnostics.Error, Doc: ormDoc,
	On: []python.Kind{
		python.Call, python.ForStmt, python.ForInClause, python.Attribute, python.Subscript,
		python.IfStmt, python.ElifClause, python.ConditionalExpression, python.NotOperator,
	},
	Check: func(p *diagnostics.Pass, n python.Node) {
		switch n.Kind() {
		case python.IfStmt, python.ElifClause:
			tested(p, n.Child(python.FieldCondition))
			return
		case python.ConditionalExpression:
			tested(p, n.FirstNamed().Next().Next())
			return
		case python.NotOperator:
			tested(p, n.Child(python.FieldArgument))
			return
		case python.Attribute:
			related(p, n)
			return
		case python.Subscript:
			if object := n.Child(python.FieldValue); p.InCoroutine(n) && n.Child(python.FieldSubscript).Kind() != python.Slice && querySet(p, object) {
				p.Report(n, "`"+shortText(n)+"` runs a query, which "+refused+"use `await afirst()` or `aget()`")
			}
			return
		case python.Call:
			if consumes(p, n) {
				return
			}
		}
		for _, c := range blocking.Calls(p, n) {
			if !strings.HasPrefix(c.Callee.Name, "django.") || c.Callee.Facts.Blocks != "AIO201" {
				continue
			}
			if c.Node.Kind() == python.Call && c.Node == n {
				query(p, n, c.Callee)
			} else {
				iterates(p, n, c.Node)
			}
		}
	},
}

const refused = "raises `SynchronousOnlyOperation` in a coroutine; "

// query reports a call that queries the database, and offers its asynchronous form.
func query(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) {
	fn := call.Child(python.FieldFunction)
	instead := c.Facts.Instead
	if !strings.HasPrefix(instead, "a") || instead == "async for" || strings.Contains(instead, ".") {
		what := "call it in a plain function with `sync_to_async`"
		if strings.HasSuffix(c.Name, "transaction.atomic") {
			what = "transactions are for plain functions: run one with `sync_to_async`"
		}
		p.Report(fn, "`"+shortText(fn)+"()` "+refused+what)
		return
	}
	r := p.Report(fn, "`"+shortText(fn)+"()` "+refused+"use `await "+instead+"()`")
	if !p.InCoroutine(call) || call.Up(python.GeneratorExpr, python.Lambda, python.FunctionDef).Kind() != python.FunctionDef {
		return
	}
	fix := diagnostics.Fix{Title: "Use `await " + instead + "()`", Safe: true}
	switch {
	case fn.Kind() == python.Attribute:
		fix.Edits = append(diagnostics.Await(call), diagnostics.Replace(fn.Child(python.FieldAttribute), instead))
	case fn.Kind() == python.Identifier && c.Func != nil && c.Func.Class == nil:
		text, imports := p.Spell(c.Func.Module.Name() + "." + instead)
		fix.Imports = imports
		fix.Edits = append(diagnostics.Await(call), diagnostics.Replace(fn, text))
	default:
		return
	}
	r.Fix(fix)
}

// iterates reports a loop over a query.
func iterates(p *diagnostics.Pass, loop, over python.Node) {
	r := p.Report(over, "iterating over `"+shortText(over)+"` runs a query, which "+refused+"use `async for`")
	if p.InCoroutine(loop) && (loop.Kind() == python.ForStmt || loop.Parent().Kind() != python.GeneratorExpr) {
		r.Fix(diagnostics.Fix{Title: "Use `async for`", Safe: true, Edits: []diagnostics.Edit{diagnostics.Insert(loop, "async ")}})
	}
}

// consumers are the builtins that run a query to its end.
var consumers = map[string]bool{
	"list": true, "tuple": true, "set": true, "sorted": true, "sum": true, "any": true, "all": true, "max": true, "min": true, "dict": true, "len": true, "bool": true, "enumerate": true, "next": true,
}

// consumes reports list(query) and the like, and says whether it did.
func consumes(p *diagnostics.Pass, call python.Node) bool {
	fn := call.Child(python.FieldFunction)
	if fn.Kind() != python.Identifier || !consumers[fn.Text()] || !p.InCoroutine(call) {
		return false
	}
	arg := p.Argument(call, 0, "")
	if !arg.Valid() || !querySet(p, arg) {
		return false
	}
	if c, ok := p.Callee(call); !ok || c.Func != nil && c.Func.Project() || c.Class != nil && c.Class.Project() {
		return false
	}
	advice := "collect it with `async for`"
	if fn.Text() == "len" {
		advice = "use `await acount()`"
	}
	r := p.Report(call, "`"+shortText(call)+"` runs a query, which "+refused+advice)
	first := call.Child(python.FieldArguments).FirstNamed()
	if fn.Text() == "list" && first == arg && !arg.Next().Next().Valid() && call.Up(python.GeneratorExpr, python.Lambda, python.FunctionDef).Kind() == python.FunctionDef && !strings.Contains(call.Text(), "#") {
		name := "item"
		if call.Scope().Lookup(name) != nil {
			name = "found"
		}
		r.Fix(diagnostics.Fix{Title: "Collect it with `async for`", Safe: true, Edits: []diagnostics.Edit{
			{Span: python.Span{Start: call.Span().Start, End: arg.Span().Start}, New: "[" + name + " async for " + name + " in "},
			{Span: python.Span{Start: arg.Span().End, End: call.Span().End}, New: "]"},
		}})
	}
	return true
}

// tested reports a query whose truth is asked for.
func tested(p *diagnostics.Pass, n python.Node) {
	if n = n.Unwrap(); n.Is(python.Identifier, python.Call) && p.InCoroutine(n) && querySet(p, n) {
		p.Report(n, "the truth of `"+shortText(n)+"` is told by a query, which "+refused+"use `await aexists()`")
	}
}

// querySet says whether an expression is certainly a query that was not run yet.
func querySet(p *diagnostics.Pass, n python.Node) bool {
	return p.Type(n).Every(func(a program.Atom) bool {
		return a.Kind == program.Instance && p.Program.Subclass(a.Class, "django.db.models.query.QuerySet")
	})
}

// shortText is an expression as a message names it.
func shortText(n python.Node) string {
	text := strings.Join(strings.Fields(n.Text()), " ")
	if r := []rune(text); len(r) > 50 {
		text = string(r[:47]) + "..."
	}
	return text
}

// related reports the object at the other end of a foreign key, where the query that gave this object did not fetch it.
func related(p *diagnostics.Pass, n python.Node) {
	object := n.Child(python.FieldObject)
	if object.Kind() != python.Identifier || !p.InCoroutine(n) || n.Field() == python.FieldLeft {
		return
	}
	name := n.Child(python.FieldAttribute).Text()
	l := object.Scope().Lookup(object.Text())
	if l == nil || len(l.Bindings) != 1 || l.Scope.Node != n.Function() {
		return
	}
	b := l.Bindings[0]
	from := b.Value
	switch {
	case b.Kind == python.BindAssign && from.Kind() == python.Await && len(b.Path) == 0:
	case b.Kind == python.BindFor && b.Async && len(b.Path) == 0:
	default:
		return
	}
	if text := from.Text(); !strings.Contains(text, ".objects.") || strings.Contains(text, "_related") || strings.Contains(text, "create") {
		return
	}
	t := p.Type(object)
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Instance || !t.Atoms()[0].Class.Project() {
		return
	}
	class := t.Atoms()[0].Class
	s := class.Decl.Members.Get(name)
	if s == nil || len(s.Values) != 1 || s.Values[0].Op != shape.Call || !p.Program.Subclass(class, "django.db.models.base.Model") {
		return
	}
	field := p.Program.Eval(class.Module, s.Values[0].X)
	if len(field.Atoms()) != 1 {
		return
	}
	switch kind := field.Atoms()[0].QName(); kind[strings.LastIndexByte(kind, '.')+1:] {
	case "ForeignKey", "OneToOneField":
		if !strings.HasPrefix(kind, "django.") {
			return
		}
	default:
		return
	}
	for a := range l.Scope.Node.Walk { // book.author = author
		if a.Kind() == python.Attribute && a.Field() == python.FieldLeft && a.Text() == n.Text() {
			return
		}
	}
	p.Report(n, "reading `"+n.Text()+"` runs a query, which "+refused+"fetch it with `select_related(\""+name+"\")`").Severity(diagnostics.Warning)
}
