// Package exceptions finds mistakes with exception groups, in which task groups and nurseries raise what went wrong in their tasks.
package exceptions

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed bad-exception-group-flattening.md
var flatteningDoc string

//go:embed exceptiongroup-subclass-missing-derive.md
var deriveDoc string

//go:embed except-star-invalid-attribute.md
var attributeDoc string

//go:embed pytest-raises-exception-group.md
var pytestDoc string

// Flattening reports that one exception of a group is raised in its place.
var Flattening = &diagnostics.Rule{
	Code:     "ASYNC123",
	Name:     "bad-exception-group-flattening",
	Family:   "exceptions",
	Severity: diagnostics.Warning,
	Doc:      flatteningDoc,
	On:       []python.Kind{python.RaiseStmt},
	Check: func(p *diagnostics.Pass, stmt python.Node) {
		e := stmt.FirstNamed().Unwrap()
		if !e.Is(python.Identifier, python.Subscript) {
			return
		}
		for clause := stmt.Up(python.ExceptClause, python.ExceptGroupClause); clause.Valid(); clause = clause.Up(python.ExceptClause, python.ExceptGroupClause) {
			if name := groupName(p, clause); name == "" || !child(e, name, 0) {
				continue
			}
			message := "`" + diagnostics.OneLine(e) + "` is raised in place of its group, so the other exceptions in it are lost; raise a new exception from the group"
			counts := counted(clause)
			if counts {
				message = "raising `" + diagnostics.OneLine(e) + "` while its group is handled replaces its context; raise a copy of it, or a new exception from the group"
			}
			r := p.Report(stmt, message)
			if counts {
				r.Severity(diagnostics.Info)
			}
			text, imports := p.Spell("copy.copy")
			first, _, _ := strings.Cut(text, ".")
			if stmt.Scope().Lookup(first) == nil {
				r.Fix(diagnostics.Fix{Title: "Raise a copy", Imports: imports, Edits: []diagnostics.Edit{
					diagnostics.Insert(e, text+"("), diagnostics.Append(e, ")"),
				}})
			}
			return
		}
	},
}

// groupName is the name that an except clause gives to an exception group; "" when it catches something else.
func groupName(p *diagnostics.Pass, clause python.Node) string {
	as := clause.FirstNamed()
	if as.Kind() != python.AsPattern {
		return ""
	}
	if star(clause) || isGroup(p, as.FirstNamed(), true) {
		return as.Child(python.FieldAlias).Text()
	}
	return ""
}

// star says whether an except clause is except*.
func star(clause python.Node) bool {
	return clause.Kind() == python.ExceptGroupClause || clause.HasToken("except*")
}

// isGroup says whether an expression is the class of exception groups, or a tuple of nothing else; derived says whether classes
// that derive from it count.
func isGroup(p *diagnostics.Pass, of python.Node, derived bool) bool {
	of = of.Unwrap()
	switch of.Kind() {
	case python.TupleExpr, python.ExpressionList:
		n := 0
		for c := range of.Named {
			if !isGroup(p, c, derived) {
				return false
			}
			n++
		}
		return n > 0
	case python.Subscript:
		of = of.Child(python.FieldValue)
	}
	if !of.Is(python.Identifier, python.Attribute) {
		return false
	}
	t := p.Type(of)
	atoms := t.Atoms()
	for _, a := range atoms {
		switch name := a.QName(); {
		case name == "BaseExceptionGroup", name == "ExceptionGroup", name == "exceptiongroup.BaseExceptionGroup", name == "exceptiongroup.ExceptionGroup":
		case derived && a.Kind == program.ClassObject && p.Program.Subclass(a.Class, "BaseExceptionGroup"):
		default:
			return false
		}
	}
	return len(atoms) > 0
}

// counted says whether a handler looks at how many exceptions the group holds, or which.
func counted(clause python.Node) bool {
	for n := range clause.Walk {
		if n.Kind() == python.Call {
			switch n.Child(python.FieldFunction).Text() {
			case "len", "isinstance":
				return true
			}
		}
	}
	return false
}

const maxNames = 6 // how many names one after the other are followed

// group says whether an expression is the group of that name, or a group in it.
func group(n python.Node, name string, depth int) bool {
	n = n.Unwrap()
	if n.Kind() == python.Identifier && n.Text() == name {
		return true
	}
	return child(n, name, depth+1) || bound(n, depth, func(b *python.Binding) bool {
		return b.Kind == python.BindAssign && len(b.Path) == 0 && group(b.Value, name, depth+1)
	})
}

// members says whether an expression is the exceptions of a group.
func members(n python.Node, name string, depth int) bool {
	n = n.Unwrap()
	if n.Kind() == python.Attribute {
		return n.Child(python.FieldAttribute).Text() == "exceptions" && group(n.Child(python.FieldObject), name, depth+1)
	}
	return bound(n, depth, func(b *python.Binding) bool {
		return b.Kind == python.BindAssign && (len(b.Path) == 0 || len(b.Path) == 1 && b.Path[0] < 0) && members(b.Value, name, depth+1)
	})
}

// child says whether an expression is one of the exceptions of a group.
func child(n python.Node, name string, depth int) bool {
	n = n.Unwrap()
	if depth > maxNames {
		return false
	}
	if n.Kind() == python.Subscript {
		return members(n.Child(python.FieldValue), name, depth+1)
	}
	return bound(n, depth, func(b *python.Binding) bool {
		switch b.Kind {
		case python.BindAssign:
			if len(b.Path) == 0 {
				return child(b.Value, name, depth+1)
			}
			return len(b.Path) == 1 && b.Path[0] >= 0 && members(b.Value, name, depth+1)
		case python.BindFor:
			return len(b.Path) == 0 && members(b.Value, name, depth+1)
		}
		return false
	})
}

// bound says whether one of the bindings that may reach a name is of a kind.
func bound(n python.Node, depth int, is func(*python.Binding) bool) bool {
	if n.Kind() != python.Identifier || depth > maxNames {
		return false
	}
	l := n.Scope().Lookup(n.Text())
	if l == nil {
		return false
	}
	for _, b := range l.Bindings {
		if !is(b) {
			continue
		}
		reads, sure := b.Reads()
		if !sure {
			return true
		}
		for _, r := range reads {
			if r == n {
				return true
			}
		}
	}
	return false
}

// Derive reports a class of exception groups that cannot be split.
var Derive = &diagnostics.Rule{
	Code:     "ASYNC126",
	Name:     "exceptiongroup-subclass-missing-derive",
	Family:   "exceptions",
	Severity: diagnostics.Warning,
	Doc:      deriveDoc,
	On:       []python.Kind{python.ClassDef},
	Check: func(p *diagnostics.Pass, class python.Node) {
		direct := false
		for base := range class.Child(python.FieldSuperclasses).Named {
			direct = direct || base.Kind() != python.KeywordArgument && isGroup(p, base, false)
		}
		if !direct || derives(p, class) {
			return
		}
		name := class.Child(python.FieldName)
		p.Report(name, "`"+name.Text()+"` does not override `derive`, so `split` and `except*`, which task groups use, make plain exception groups of it; override it")
	},
}

// derives says whether a class, or one that it derives from, has a derive of its own, or may have.
func derives(p *diagnostics.Pass, class python.Node) bool {
	for base := range class.Child(python.FieldSuperclasses).Named {
		if base.Kind() == python.Subscript {
			base = base.Child(python.FieldValue)
		}
		if t := p.Type(base); base.Kind() != python.KeywordArgument && (t.Open() || len(t.Atoms()) == 0) && !isGroup(p, base, false) &&
			!strings.HasSuffix(base.Text(), "Generic") {
			return true
		}
	}
	if class.Scope().Parent != nil { // within a function or another class
		body := class.Child(python.FieldBody).FirstNamed()
		return !body.Valid() || body.Scope().Local("derive") != nil
	}
	t := p.Program.Lookup(p.Module, class.Child(python.FieldName).Text())
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.ClassObject {
		return true
	}
	a := t.Atoms()[0]
	found, ok := p.Member(a, "derive")
	if !ok { // the backport is not in the tables
		return false
	}
	for _, f := range found.Atoms() {
		if f.Kind != program.Function || f.Func.Class == nil || f.Func.Class.Project() {
			return true
		}
	}
	return false
}

// InvalidAttribute reports that a group is used as if it were one of its exceptions.
var InvalidAttribute = &diagnostics.Rule{
	Code:     "ASYNC400",
	Name:     "except-star-invalid-attribute",
	Family:   "exceptions",
	Severity: diagnostics.Warning,
	Doc:      attributeDoc,
	On:       []python.Kind{python.ExceptClause, python.ExceptGroupClause},
	Check: func(p *diagnostics.Pass, clause python.Node) {
		as := clause.FirstNamed()
		if as.Kind() != python.AsPattern || !star(clause) && !isGroup(p, as.FirstNamed(), false) {
			return
		}
		id := as.Child(python.FieldAlias)
		if inner := id.FirstNamed(); inner.Valid() {
			id = inner
		}
		b := id.Binding()
		if b == nil {
			return
		}
		reads, sure := b.Reads()
		if !sure { // a function in it reads the name, too
			for n := range clause.Walk {
				if n.Kind() != python.Identifier || n.Text() != id.Text() || n == id {
					continue
				}
				if n.Binding() != nil {
					return
				}
				if n.Function() == id.Function() {
					reads = append(reads, n)
				}
			}
		}
		assigned := map[string]bool{}
		for _, r := range reads {
			if call := r.Parent().Parent(); call.Kind() == python.Call && call.Child(python.FieldFunction).Text() == "hasattr" {
				return
			}
			if up := r.Parent(); up.Kind() == python.Attribute && up.Field() == python.FieldLeft {
				assigned[up.Child(python.FieldAttribute).Text()] = true
			}
		}
		for _, r := range reads {
			up := r.Parent()
			if up.Kind() != python.Attribute || up.Child(python.FieldObject) != r || !r.Inside(clause) {
				continue
			}
			name := up.Child(python.FieldAttribute).Text()
			if groupAttributes[name] || assigned[name] || strings.HasPrefix(name, "__") {
				continue
			}
			p.Report(up, "`"+r.Text()+"` is an exception group, which has no `"+name+"`; look at its `exceptions`")
		}
	},
}

// groupAttributes are what exception groups have. Source: docs.python.org/3/builtins/exceptions.html#exception-groups
var groupAttributes = map[string]bool{
	"message": true, "exceptions": true, "subgroup": true, "split": true, "derive": true, "args": true, "add_note": true, "with_traceback": true,
}

// PytestRaises reports a test that expects an exception group, whatever is in it.
var PytestRaises = &diagnostics.Rule{
	Code:     "ASYNC401",
	Name:     "pytest-raises-exception-group",
	Family:   "exceptions",
	Severity: diagnostics.Warning,
	Doc:      pytestDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if call.Child(python.FieldArguments).Kind() != python.ArgumentList || !strings.Contains(call.Text(), "ExceptionGroup") {
			return
		}
		arg := p.Argument(call, 0, "expected_exception")
		if arg.Kind() == python.TupleExpr {
			one := python.Node{}
			for c := range arg.Named {
				if isGroup(p, c, false) {
					one = c
				}
			}
			arg = one
		}
		if !arg.Valid() || !isGroup(p, arg, false) {
			return
		}
		c, ok := p.Callee(call)
		if !ok || strings.TrimSuffix(c.Name, ".__init__") != "pytest.raises" {
			return
		}
		r := p.Report(arg, "the test passes whatever the exception group holds; say what is expected with `pytest.RaisesGroup()`")
		if looked(p, call) {
			r.Severity(diagnostics.Info)
		}
	},
}

// looked says whether the test looks into the group by itself.
func looked(p *diagnostics.Pass, call python.Node) bool {
	if p.Argument(call, -1, "check").Valid() {
		return true
	}
	switch up := call.Parent(); up.Kind() {
	case python.AsPattern:
		return true
	case python.Assignment, python.Attribute:
		return true
	}
	return false
}
