package frameworks

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed sqlalchemy-lazy-in-async.md
var lazyDoc string

// Lazy reports attributes of SQLAlchemy's objects that are read from the database when they are looked at, which an
// AsyncSession cannot do.
var Lazy = &diagnostics.Rule{
	Code: "AIO803", Name: "sqlalchemy-lazy-in-async", Family: "frameworks", Severity: diagnostics.Warning, Doc: lazyDoc,
	On: []python.Kind{python.Attribute},
	Check: func(p *diagnostics.Pass, n python.Node) {
		object := n.Child(python.FieldObject)
		if object.Kind() != python.Identifier || n.Field() == python.FieldLeft || n.Parent().Kind() == python.DeleteStmt || !p.InCoroutine(n) {
			return
		}
		l := object.Scope().Lookup(object.Text())
		if l == nil || len(l.Bindings) != 1 || l.Scope.Node != n.Function() {
			return
		}
		b := l.Bindings[0]
		class, loaded := modelOf(p, b)
		if class == nil {
			return
		}
		name := n.Child(python.FieldAttribute).Text()
		kind := mapped(p, class, name)
		switch {
		case kind == "":
		case kind == "relationship" && loaded && !assigned(n):
			if strings.Contains(n.Function().Text(), "refresh(") {
				return
			}
			p.Report(n, "reading `"+n.Text()+"` loads it lazily, which raises `MissingGreenlet` in a coroutine; load it with the query, `options(selectinload("+class.Decl.Name+"."+name+"))`")
		default:
			if commit := expired(p, n, object); commit.Valid() {
				p.Report(n, "reading `"+n.Text()+"` after the commit, which expired it, raises `MissingGreenlet` in a coroutine; make the session with `expire_on_commit=False`, or `await` its `refresh()`").
					Related(commit, "everything expires here")
			}
		}
	},
}

// modelOf is the class of the program that the object of a binding is mapped to: it was made there, or loaded through an
// AsyncSession by a query without options.
func modelOf(p *diagnostics.Pass, b *python.Binding) (class *program.Class, loaded bool) {
	if len(b.Path) > 0 || b.Kind != python.BindAssign && b.Kind != python.BindFor {
		return nil, false
	}
	value := b.Value.Unwrap()
	if b.Kind == python.BindAssign && value.Kind() == python.Call {
		if t := p.Type(value.Child(python.FieldFunction)); !t.Open() && len(t.Atoms()) == 1 && t.Atoms()[0].Kind == program.ClassObject && t.Atoms()[0].Class.Project() {
			return t.Atoms()[0].Class, false
		}
	}
	for call := range b.Value.Walk {
		if call.Kind() != python.Call || call.Parent().Kind() != python.Await {
			continue
		}
		c, ok := p.Callee(call)
		if !ok {
			continue
		}
		method, ok := strings.CutPrefix(c.Name, "sqlalchemy.ext.asyncio.session.AsyncSession.")
		if !ok {
			continue
		}
		first := p.Argument(call, 0, "")
		switch method {
		case "get", "get_one":
			if b.Kind == python.BindFor || p.Argument(call, -1, "options").Valid() {
				return nil, false
			}
			return classOf(p, first), true
		case "scalar", "scalars", "execute":
			if method == "execute" && !strings.Contains(b.Value.Text(), ".scalar") {
				return nil, false
			}
			return selected(p, first), true
		}
	}
	return nil, false
}

// classOf is the class that an expression names.
func classOf(p *diagnostics.Pass, n python.Node) *program.Class {
	if t := p.Type(n); n.Valid() && !t.Open() && len(t.Atoms()) == 1 && t.Atoms()[0].Kind == program.ClassObject && t.Atoms()[0].Class.Project() {
		return t.Atoms()[0].Class
	}
	return nil
}

// selected is the only class that a statement selects, without options for how to load it.
func selected(p *diagnostics.Pass, stmt python.Node) *program.Class {
	if stmt.Kind() == python.Identifier {
		l := stmt.Scope().Lookup(stmt.Text())
		if l == nil || len(l.Bindings) != 1 || l.Bindings[0].Kind != python.BindAssign {
			return nil
		}
		stmt = l.Bindings[0].Value
	}
	if strings.Contains(stmt.Text(), "options") || strings.Contains(stmt.Text(), "eager") {
		return nil
	}
	for call := range stmt.Walk {
		if fn := call.Child(python.FieldFunction); call.Kind() == python.Call && (fn.Text() == "select" || strings.HasSuffix(fn.Text(), ".select")) {
			first := call.Child(python.FieldArguments).FirstNamed()
			if !first.Valid() || first.Next().Next().Valid() {
				return nil
			}
			return classOf(p, first)
		}
	}
	return nil
}

// mapped says how a class maps an attribute: by a "relationship", or as a "column"; "" when it does not.
func mapped(p *diagnostics.Pass, class *program.Class, name string) string {
	s := class.Decl.Members.Get(name)
	if s != nil && len(s.Values) == 0 && s.Annotation != nil && s.Annotation.Op == shape.Item { // name: Mapped[str]
		for _, a := range p.Program.Eval(class.Module, s.Annotation.X).Atoms() {
			if a.QName() == "sqlalchemy.orm.Mapped" {
				return "column"
			}
		}
	}
	if s == nil || len(s.Values) != 1 || s.Values[0].Op != shape.Call {
		return ""
	}
	call := s.Values[0]
	for _, a := range p.Program.Eval(class.Module, call.X).Atoms() {
		switch a.QName() {
		case "sqlalchemy.orm.relationship":
			if slices.Contains(call.Kw, "lazy") || slices.Contains(call.Kw, "**") {
				return ""
			}
			return "relationship"
		case "sqlalchemy.orm.mapped_column", "sqlalchemy.Column", "sqlalchemy.schema.Column":
			return "column"
		}
	}
	return ""
}

// assigned says whether the function sets the attribute itself.
func assigned(n python.Node) bool {
	for a := range n.Function().Walk {
		if a.Kind() == python.Attribute && a.Field() == python.FieldLeft && a.Text() == n.Text() {
			return true
		}
	}
	return false
}

// expired is the commit that expires an object before one of its attributes is read; no node when there is none, when the
// session keeps what it has committed, or when the object is loaded again.
func expired(p *diagnostics.Pass, n, object python.Node) (commit python.Node) {
	fn := n.Function()
	for call := range fn.Child(python.FieldBody).Walk {
		if call.Span().Start >= n.Span().Start {
			break
		}
		if call.Kind() != python.Call || call.Function() != fn {
			continue
		}
		method := call.Child(python.FieldFunction)
		switch method.Child(python.FieldAttribute).Text() {
		case "refresh", "refresh_all", "expunge", "expunge_all", "merge":
			commit = python.Node{}
		case "commit":
			c, ok := p.Callee(call)
			stmt := call.Up(python.ExprStmt)
			if !ok || c.Name != "sqlalchemy.ext.asyncio.session.AsyncSession.commit" || call.Parent().Kind() != python.Await || stmt.FirstNamed() != call.Parent() {
				continue
			}
			bound := object.Scope().Lookup(object.Text()).Bindings[0].Node
			if n.Inside(stmt.Parent()) && bound.Span().Start < call.Span().Start && expires(p, method.Child(python.FieldObject)) && added(p, fn, object, call) {
				commit = method
			}
		}
	}
	return commit
}

// added says whether an object belongs to a session when that commits: it was loaded, or added before.
func added(p *diagnostics.Pass, fn, object, commit python.Node) bool {
	if _, loaded := modelOf(p, object.Scope().Lookup(object.Text()).Bindings[0]); loaded {
		return true
	}
	for call := range fn.Child(python.FieldBody).Walk {
		if call.Kind() != python.Call || call.Span().Start >= commit.Span().Start {
			continue
		}
		if method := call.Child(python.FieldFunction).Child(python.FieldAttribute).Text(); method == "add" || method == "add_all" {
			for id := range call.Child(python.FieldArguments).Walk {
				if id.Kind() == python.Identifier && id.Text() == object.Text() {
					return true
				}
			}
		}
	}
	return false
}

// expires says whether a session was certainly made to expire what it commits, which is the default.
func expires(p *diagnostics.Pass, session python.Node) bool {
	if session.Kind() != python.Identifier {
		return false
	}
	l := session.Scope().Lookup(session.Text())
	if l == nil || len(l.Bindings) != 1 || l.Bindings[0].Kind != python.BindWith && l.Bindings[0].Kind != python.BindAssign {
		return false
	}
	call := l.Bindings[0].Value.Unwrap()
	if call.Kind() != python.Call {
		return false
	}
	for a := range call.Child(python.FieldArguments).Named {
		if a.Kind() == python.DictionarySplat || a.Kind() == python.KeywordArgument && a.Child(python.FieldName).Text() == "expire_on_commit" {
			return false
		}
	}
	fn := call.Child(python.FieldFunction)
	t := p.Type(fn)
	if t.Open() || len(t.Atoms()) != 1 {
		return false
	}
	switch a := t.Atoms()[0]; {
	case a.Kind == program.ClassObject:
		return a.Class.Name == "sqlalchemy.ext.asyncio.session.AsyncSession"
	case a.Kind == program.Instance && a.Class.Name == "sqlalchemy.ext.asyncio.session.async_sessionmaker":
		origins := p.Program.Origins(p.Module, fn.Value())
		return len(origins) > 0 && !slices.ContainsFunc(origins, func(o *shape.Value) bool {
			return slices.Contains(o.Kw, "expire_on_commit") || slices.Contains(o.Kw, "**") || slices.Contains(o.Kw, "class_")
		})
	}
	return false
}
