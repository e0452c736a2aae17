package resources

import (
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// use is what a place that reads a resource does with it.
type use uint8

const (
	harmless use = iota // it is open afterwards as it was before, and nobody else has it
	closes
	handsOn // somebody else may close it
)

// uses are those of a local name, or of an attribute, that holds a resource.
type uses struct {
	p       *diagnostics.Pass
	local   *python.Local // nil for an attribute
	closers []string
	owner   python.Node // the function
	depth   int
	foreign bool // in another file, whose names mean something else
}

// is says whether a node is the name.
func (u *uses) is(n python.Node) bool {
	return n.Kind() == python.Identifier && n.Text() == u.local.Name && n.Field() != python.FieldAttribute && n.Scope().Lookup(n.Text()) == u.local &&
		!(n.Parent().Kind() == python.KeywordArgument && n.Field() == python.FieldName)
}

// never says whether nothing that the function does closes the resource or hands it on.
func (u *uses) never(bound python.Node) bool {
	for n := range u.owner.Child(python.FieldBody).Walk {
		if u.is(n) && n.Binding() == nil && !n.Inside(statement(bound)) && u.of(n) != harmless {
			return false
		}
	}
	return true
}

// releases says whether a call closes the resource: session.close(), pool.release(conn).
func (u *uses) releases(call python.Node) bool {
	if o, _ := method(call); u.is(o) {
		return u.of(o) == closes
	}
	first := call.Child(python.FieldArguments).FirstNamed()
	return u.is(first) && u.takes(call)
}

// begins says whether what is awaited first makes the resource usable: what fails there is not open.
func (u *uses) begins(n python.Node) bool {
	o, name := method(n)
	return u.is(n) || u.is(o) && manages(name)
}

// takes says whether a call is of a function that closes the resource that it is given.
func (u *uses) takes(call python.Node) bool {
	return slices.Contains(u.closers, diagnostics.LastName(call.Child(python.FieldFunction)))
}

// of says what a place does that reads the name.
func (u *uses) of(n python.Node) use {
	up := n.Parent()
	for up.Kind() == python.Paren {
		n, up = up, up.Parent()
	}
	switch up.Kind() {
	case python.Attribute:
		return u.attribute(up)
	case python.ComparisonOperator, python.NotOperator, python.IfStmt, python.ElifClause, python.WhileStmt, python.AssertStmt, python.IfClause,
		python.Interpolation, python.ExprStmt, python.DeleteStmt:
		return harmless
	case python.Assignment, python.AugmentedAssignment, python.NamedExpression:
		if n.Field() == python.FieldLeft || n.Field() == python.FieldName {
			return harmless
		}
	case python.BooleanOperator:
		if tested(up) {
			return harmless
		}
	case python.ConditionalExpression:
		if up.FirstNamed() != n && n.Next().Text() == "else" {
			return harmless // its condition
		}
	case python.Await:
		if up.Parent().Kind() == python.ExprStmt {
			return harmless
		}
	case python.WithItem, python.WithClause:
		return closes
	case python.AsPattern:
		if up.FirstNamed() == n && up.Up(python.WithStmt, python.CaseClause, python.ExceptClause).Kind() == python.WithStmt {
			return closes
		}
	case python.ForStmt, python.ForInClause:
		if n.Field() == python.FieldRight {
			return closes // it gives items until it is closed
		}
	case python.KeywordArgument:
		if !keeps(u, up.Parent().Parent(), n) {
			return harmless
		}
	case python.ArgumentList:
		if u.takes(up.Parent()) {
			return closes
		}
		if !keeps(u, up.Parent(), n) {
			return harmless
		}
	}
	return handsOn
}

// attribute says what reading an attribute of the resource does.
func (u *uses) attribute(n python.Node) use {
	name := n.Child(python.FieldAttribute).Text()
	if slices.Contains(u.closers, name) || closers[name] || strings.HasSuffix(name, "_exit__") || name == "transport" || strings.Contains(name, "close") && n.Field() == python.FieldFunction && !asks(name) {
		return closes
	}
	if assigned(n) || n.Field() == python.FieldFunction {
		return harmless
	}
	up := n.Parent()
	for up.Is(python.Attribute, python.Paren) {
		n, up = up, up.Parent()
	}
	switch {
	case n.Field() == python.FieldFunction, up.Is(python.ComparisonOperator, python.NotOperator, python.IfStmt, python.ElifClause, python.WhileStmt, python.AssertStmt, python.Interpolation, python.ExprStmt, python.BinaryOperator):
		return harmless
	case assigned(n), up.Kind() == python.BooleanOperator && tested(up):
		return harmless
	case up.Is(python.ForStmt, python.ForInClause) && n.Field() == python.FieldRight:
		return harmless
	}
	if u.foreign {
		return handsOn
	}
	t := u.p.Type(n)
	if t.Open() {
		return handsOn
	}
	for _, a := range t.Atoms() {
		switch a.QName() {
		case "None", "str", "bytes", "int", "float", "bool", "dict", "list", "tuple", "set":
			if a.Kind == program.Instance || a.Kind == program.NoneObject {
				continue
			}
		}
		return handsOn
	}
	return harmless
}

// assigned says whether a node is what an assignment assigns to.
func assigned(n python.Node) bool {
	return n.Field() == python.FieldLeft && n.Parent().Is(python.Assignment, python.AugmentedAssignment)
}

// asks says whether a method only asks whether something is closed.
func asks(name string) bool {
	return strings.HasPrefix(name, "is_") || strings.HasPrefix(name, "wait_") || strings.HasSuffix(name, "closed") || strings.HasSuffix(name, "closing")
}

// tested says whether the value of an "and" or "or" only decides something.
func tested(n python.Node) bool {
	up := n.Parent()
	for up.Is(python.BooleanOperator, python.NotOperator, python.Paren) {
		up = up.Parent()
	}
	return up.Is(python.IfStmt, python.ElifClause, python.WhileStmt, python.AssertStmt, python.ExprStmt, python.IfClause)
}

// condition says what the outcome of a condition tells of a way on which the resource is open.
func (u *uses) condition(s python.Step, w way, conditional bool) (way, bool) {
	cond := s.Node.Unwrap()
	truth := s.Kind == python.StepTrue
	if cond.Kind() == python.NamedExpression {
		cond = cond.Child(python.FieldName)
	}
	switch cond.Kind() {
	case python.Identifier:
		if u.is(cond) {
			return w, truth
		}
	case python.ComparisonOperator:
		left := cond.FirstNamed().Unwrap()
		if left.Kind() == python.NamedExpression {
			left = left.Child(python.FieldName)
		}
		if u.is(left) && strings.HasSuffix(strings.TrimSpace(cond.Text()), "None") {
			operator := cond.Child(python.FieldOperators).Text()
			return w, truth == (operator == "is not" || operator == "!=")
		}
	}
	root := cond
	state := ""
	for root.Is(python.Attribute, python.Call) {
		if root.Kind() == python.Attribute && state == "" {
			state = root.Child(python.FieldAttribute).Text()
		}
		root = root.FirstNamed()
	}
	switch {
	case u.is(root) && strings.Contains(state, "clos"):
		w.open = w.open && !truth
	case u.is(root) && state != "":
		w.open = w.open && truth // is_connected and the like
	case !u.is(root):
		if branch := s.Node.Up(python.IfStmt, python.ElifClause, python.ConditionalExpression, python.FunctionDef); branch.Kind() != python.FunctionDef && u.correlated(branch, conditional) {
			w.open = false
		}
	}
	return w, true
}

// correlated says whether a condition seems to say whether it is for the function to close the resource: it does so in one branch
// and then goes on as in the other.
func (u *uses) correlated(branch python.Node, conditional bool) bool {
	for n := range branch.Walk {
		if !u.is(n) || n.Binding() != nil || u.of(n) == harmless {
			continue
		}
		if conditional || branch.Kind() == python.ConditionalExpression {
			return true
		}
		body := statement(n)
		for body.Valid() && body.Parent().Parent() != branch {
			body = statement(body.Parent())
		}
		for ; body.Valid(); body = next(body) {
			if body.Is(python.ReturnStmt, python.RaiseStmt, python.BreakStmt, python.ContinueStmt) {
				body = python.Node{}
				break
			}
			if !next(body).Valid() {
				return true
			}
		}
	}
	return false
}

// keeps says whether a call may keep what it is given, or close it.
func keeps(u *uses, call, arg python.Node) bool {
	if u.foreign {
		return true
	}
	c, ok := u.p.Callee(call)
	if !ok {
		o, name := method(call)
		return !(loggers[name] && strings.Contains(strings.ToLower(o.Text()), "log"))
	}
	switch c.Name {
	case "print", "len", "repr", "str", "bool", "id", "type", "isinstance", "issubclass", "hasattr", "format", "callable", "hash":
		return false
	}
	if strings.HasPrefix(c.Name, "logging.") || strings.HasSuffix(c.Name, ".run_in_executor") {
		return false
	}
	if c.Class != nil || c.Func == nil || !c.Func.Project() || c.Func.Decl.Stub || u.depth > 2 { // what overrides a stub may keep it
		return true
	}
	fn := u.p.Definition(c.Func)
	if fn.Kind() != python.FunctionDef {
		return true
	}
	for _, q := range c.Func.Decl.Params {
		if u.p.ArgumentOf(call, c, q.Name) != arg {
			continue
		}
		return !inner(u, fn, q.Name, c.Func.Module != u.p.Module)
	}
	return true
}

var loggers = map[string]bool{"debug": true, "info": true, "warning": true, "error": true, "exception": true, "critical": true, "log": true}

// inner says whether a function, perhaps one of another file, does nothing with a parameter but use it.
func inner(u *uses, fn python.Node, param string, foreign bool) bool {
	var in *uses
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() != python.Identifier || n.Text() != param {
			continue
		}
		if in == nil {
			l := n.Scope().Lookup(param)
			if l == nil || l.Scope.Node != fn {
				continue
			}
			if l.Captured || len(l.Bindings) != 1 {
				return false
			}
			in = &uses{p: u.p, local: l, closers: u.closers, owner: fn, depth: u.depth + 1, foreign: foreign}
		}
		if in.is(n) && in.of(n) != harmless {
			return false
		}
	}
	return true
}
