// Package tasks finds tasks whose work or whose errors get lost, and work that is not done concurrently where it could be, or
// is where it should not be.
package tasks

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

type calleeName struct{}

// name is the qualified name of the one function that a call reaches; "" when that is not known.
func name(p *diagnostics.Pass, call python.Node) string {
	return diagnostics.Once(p, calleeName{}, call, func() string {
		if !call.Child(python.FieldFunction).Is(python.Identifier, python.Attribute) {
			return ""
		}
		callees, all := p.Callees(call)
		if !all || len(callees) == 0 {
			return ""
		}
		for _, c := range callees[1:] {
			if c.Name != callees[0].Name {
				return ""
			}
		}
		return callees[0].Name
	})
}

// mayBe says whether the text of a call may mean one of some functions of asyncio: it is much cheaper than to find out what the call
// reaches.
func mayBe(p *diagnostics.Pass, call python.Node, functions ...string) bool {
	fn := call.Child(python.FieldFunction)
	last := fn
	if fn.Kind() == python.Attribute {
		last = fn.Child(python.FieldAttribute)
	}
	text := last.Text()
	for _, f := range functions {
		if text == f {
			return true
		}
	}
	if fn.Kind() == python.Identifier { // imported by another name
		for _, f := range functions {
			if spelled, imports := p.Spell("asyncio." + f); imports == nil && spelled == text {
				return true
			}
		}
	}
	return false
}

// value is the expression that gives the value: without parentheses, and the value of a walrus.
func value(n python.Node) python.Node {
	for n = n.Unwrap(); n.Kind() == python.NamedExpression; n = n.Child(python.FieldValue).Unwrap() {
	}
	return n
}

// short is an expression as a message names it: `fetch()` for a call, whatever its arguments.
func short(n python.Node) string { return diagnostics.Short(value(n)) }

// expected says whether the node stands in a block that expects what it does to fail or to warn, such as
// "with pytest.raises(...)".
func expected(n python.Node) bool {
	for up := n.Parent(); up.Valid(); up = up.Parent() {
		if up.Kind() != python.WithStmt {
			continue
		}
		for e := range diagnostics.WithExpressions(up) {
			text := e.Child(python.FieldFunction).Text()
			text = text[strings.LastIndexByte(text, '.')+1:]
			switch text {
			case "raises", "warns", "deprecated_call", "catch_warnings", "RaisesGroup", "assertRaises", "assertRaisesRegex", "assertWarns", "assertWarnsRegex":
				return true
			}
		}
	}
	return false
}

// filledWith says whether a local name is bound once, to an empty list or set, which is then filled with nothing but what
// satisfies is, at least once.
func filledWith(name python.Node, is func(python.Node) bool) bool {
	filling, ok := fillings(name)
	for _, n := range filling {
		if !is(n) {
			return false
		}
	}
	return ok && len(filling) > 0
}

// fillings are the items that a local list or set is filled with; ok is false when there may be others.
func fillings(name python.Node) (items []python.Node, ok bool) {
	if name.Kind() != python.Identifier {
		return nil, false
	}
	l := name.Scope().Lookup(name.Text())
	if l == nil || l.Captured || len(l.Bindings) != 1 {
		return nil, false
	}
	b := l.Bindings[0]
	if b.Kind != python.BindAssign || len(b.Path) > 0 || !empty(b.Value) || b.Node.Parent().Kind() != python.Assignment {
		return nil, false
	}
	reads, sure := b.Reads()
	if !sure {
		return nil, false
	}
	for _, r := range reads {
		up := r.Parent()
		switch up.Kind() {
		case python.Attribute:
			call := up.Parent()
			if up.Field() != python.FieldFunction || call.Kind() != python.Call {
				return nil, false
			}
			given := call.Child(python.FieldArguments)
			if given.Kind() == python.ArgumentList {
				given = given.FirstNamed()
			}
			switch up.Child(python.FieldAttribute).Text() {
			case "append", "add", "appendleft":
				items = append(items, given)
			case "extend", "update":
				switch v := given.Unwrap(); v.Kind() {
				case python.ListComp, python.SetComp, python.GeneratorExpr:
					items = append(items, v.Child(python.FieldBody))
				case python.ListExpr, python.TupleExpr, python.SetExpr:
					for c := range v.Named {
						items = append(items, c)
					}
				default:
					return nil, false
				}
			case "clear", "copy":
			default:
				return nil, false
			}
		case python.ListSplat, python.ComparisonOperator, python.NotOperator, python.BooleanOperator, python.IfStmt, python.ElifClause, python.WhileStmt,
			python.ForStmt, python.ForInClause, python.AssertStmt, python.ReturnStmt:
		case python.ArgumentList:
			if reader := up.Parent().Child(python.FieldFunction).Text(); !readers[reader[strings.LastIndexByte(reader, '.')+1:]] {
				return nil, false
			}
		default:
			return nil, false
		}
	}
	return items, true
}

// readers are functions that do not change the list that they are given.
var readers = map[string]bool{
	"len": true, "list": true, "set": true, "tuple": true, "enumerate": true, "zip": true, "print": true, "bool": true, "sum": true, "any": true, "all": true,
	"wait": true, "as_completed": true, "info": true, "debug": true,
}

// empty says whether an expression makes an empty list or set.
func empty(n python.Node) bool {
	switch n.Kind() {
	case python.ListExpr:
		return !n.FirstNamed().Valid()
	case python.Call:
		switch n.Child(python.FieldFunction).Text() {
		case "list", "set", "deque", "collections.deque":
			return !n.Child(python.FieldArguments).FirstNamed().Valid()
		}
	}
	return false
}
