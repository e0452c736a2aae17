package diagnostics

import (
	"slices"
	"strings"

	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// given is what is known of the arguments of a call, as far as the function that is called looks at them in its
// conditions. It is the same for equal arguments of one function; nil when nothing is known.
type given struct{ params map[string]value }

// value is what is known of an argument.
type value struct {
	text  string       // a constant as it is written: "None", "True", "0", "''"; "" when it is not one
	t     program.Type // its type, for isinstance
	class string       // the type, spelled
}

// truth is whether a condition holds.
type truth uint8

const (
	maybe truth = iota
	yes
	no
)

func (t truth) not() truth {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return maybe
}

// interest is what a function does with a parameter.
type interest uint8

const (
	passes interest = iota + 1 // it hands it on as it is
	tests                      // its conditions look at it
)

// tested are the parameters of a function that its conditions look at, or that it hands on.
func (e *env) tested(decl python.Node) map[string]interest {
	if names, ok := e.tests[decl]; ok {
		return names
	}
	names := map[string]interest{}
	for n := range decl.Child(python.FieldBody).Walk {
		switch {
		case n.Function() != decl:
		case n.Is(python.IfStmt, python.ElifClause, python.ConditionalExpression):
			for c := range condition(n).Walk {
				if p, ok := parameter(c); ok {
					names[p] = tests
				}
			}
		case n.Is(python.ComparisonOperator, python.NotOperator) && n.Parent().Kind() == python.Assignment:
			for c := range n.Walk {
				if p, ok := parameter(c); ok {
					names[p] = tests
				}
			}
		case n.Kind() == python.BooleanOperator:
			if p, ok := parameter(n.Child(python.FieldLeft)); ok {
				names[p] = tests
			}
		case n.Kind() == python.Identifier:
			up := n.Parent()
			if up.Kind() == python.ArgumentList || up.Kind() == python.KeywordArgument && n.Field() == python.FieldValue {
				if p, ok := parameter(n); ok {
					names[p] = max(names[p], passes)
				}
			}
		}
	}
	e.tests[decl] = names
	return names
}

// condition is what a statement or expression decides by.
func condition(n python.Node) python.Node {
	if n.Kind() == python.ConditionalExpression {
		return n.FirstNamed().Next().Next() // a if b else c
	}
	return n.Child(python.FieldCondition)
}

// parameter is the parameter of the function around it that an expression gives: the name itself, or an attribute of self
// that the function has set to it.
func parameter(n python.Node) (name string, ok bool) {
	switch n.Kind() {
	case python.Identifier:
		if n.Field() == python.FieldAttribute || n.Field() == python.FieldName && n.Parent().Kind() == python.KeywordArgument {
			return "", false
		}
		l := n.Scope().Lookup(n.Text())
		if l == nil || len(l.Bindings) == 0 || l.Bindings[0].Kind != python.BindParam || l.Scope.Node != n.Function() {
			return "", false
		}
		return l.Name, true
	case python.Attribute:
		object := n.Child(python.FieldObject)
		if object.Kind() != python.Identifier || object.Value().Op != shape.Self {
			return "", false
		}
		for s := range n.Function().Child(python.FieldBody).Named {
			a := s.FirstNamed()
			if s.Span().Start >= n.Span().Start || a.Kind() != python.Assignment {
				continue
			}
			if a.Child(python.FieldLeft).Text() == n.Text() {
				if right := a.Child(python.FieldRight); right.Kind() == python.Identifier {
					name, ok = parameter(right)
				} else {
					ok = false
				}
			}
		}
		return name, ok
	}
	return "", false
}

// supplied are the functions that a site calls, with what is known of their arguments.
func (p *Pass) supplied(s site, from *given) []target {
	targets := slices.Clone(s.targets)
	for i := range targets {
		targets[i].args = p.given(s.node, targets[i], from)
	}
	return targets
}

// given is what is known of what a call gives a function; from is what is known of the arguments of the function around
// the call.
func (p *Pass) given(call python.Node, t target, from *given) *given {
	decl := p.declaration(t.Func)
	if call.Kind() != python.Call || !decl.Valid() || call.Child(python.FieldArguments).Kind() != python.ArgumentList {
		return nil
	}
	home := p.View.env(p.fileOf(t.Func))
	tested := home.tested(decl)
	if len(tested) == 0 {
		return nil
	}
	hidden := false
	for a := range call.Child(python.FieldArguments).Named {
		hidden = hidden || a.Is(python.ListSplat, python.DictionarySplat)
	}
	formal := t.Decl.Params
	if t.bound && len(formal) > 0 {
		formal = formal[1:]
	}
	g := &given{params: map[string]value{}}
	position := 0
	for _, q := range formal {
		at := -1
		if q.Kind == shape.Positional || q.Kind == shape.PositionalOnly {
			at = position
			position++
		}
		if tested[q.Name] == 0 || q.Kind == shape.VarArgs || q.Kind == shape.VarKw {
			continue
		}
		arg := p.Argument(call, at, q.Name)
		switch {
		case arg.Valid():
			if x, ok := p.valueOf(arg, from); ok && (x.text != "" || tested[q.Name] == tests) {
				g.params[q.Name] = x
			}
		case hidden || q.Default == nil:
		case q.Default.Op == shape.Const && q.Default.Str == "None":
			g.params[q.Name] = value{text: "None"}
		default:
			if text, ok := defaultOf(decl, q.Name); ok {
				g.params[q.Name] = value{text: text}
			}
		}
	}
	if len(g.params) == 0 {
		return nil
	}
	var names []string
	for name, x := range g.params {
		names = append(names, name+"="+x.text+":"+x.class)
	}
	slices.Sort(names)
	key := givenKey{decl, strings.Join(names, ";")}
	if same := home.givens[key]; same != nil {
		return same
	}
	home.givens[key] = g
	return g
}

type givenKey struct {
	decl python.Node
	text string
}

// valueOf is what is known of an argument.
func (p *Pass) valueOf(arg python.Node, from *given) (value, bool) {
	if text, ok := constant(arg); ok {
		return value{text: text}, true
	}
	if x, ok := p.known(from, arg); ok {
		return x, true
	}
	t := p.Type(arg)
	if t.Open() || len(t.Atoms()) == 0 {
		return value{}, false
	}
	for _, a := range t.Atoms() {
		if a.Kind != program.Instance || len(a.Args) > 0 {
			return value{}, false
		}
	}
	return value{t: t, class: t.String()}, true
}

// known is what is known of a parameter, or of an attribute of self that was set to one, where an expression reads it:
// nothing when something else may have been assigned to it before.
func (p *Pass) known(g *given, n python.Node) (value, bool) {
	if g == nil {
		return value{}, false
	}
	name, ok := parameter(n)
	if !ok {
		return value{}, false
	}
	x, ok := g.params[name]
	if !ok || n.Kind() != python.Identifier {
		return x, ok
	}
	for _, b := range n.Scope().Lookup(name).Bindings[1:] {
		switch {
		case b.Node.Block() != n.Block(), repeated(b.Node, n):
			return value{}, false
		case b.Node.Span().Start < n.Span().Start && !p.excludes(g, b.Node):
			return value{}, false
		}
	}
	return x, true
}

// repeated says whether two nodes of a function are in the same loop.
func repeated(a, b python.Node) bool {
	for up := a.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); up = up.Parent() {
		if up.Is(python.ForStmt, python.WhileStmt) && b.Inside(up) {
			return true
		}
	}
	return false
}

// constant is a constant as it is written.
func constant(n python.Node) (text string, ok bool) {
	switch n = n.Unwrap(); n.Kind() {
	case python.None, python.True, python.False, python.IntLit:
		return n.Text(), true
	case python.String:
		if t := n.Text(); len(t) <= 32 && (t[0] == '"' || t[0] == '\'') && !strings.Contains(t, "\\") {
			return "'" + strings.Trim(t, `"'`) + "'", true
		}
	}
	return "", false
}

// defaultOf is the default of a parameter if that is a constant.
func defaultOf(decl python.Node, name string) (text string, ok bool) {
	for q := range decl.Child(python.FieldParameters).Named {
		if q.Is(python.DefaultParameter, python.TypedDefaultParameter) && q.Child(python.FieldName).Text() == name {
			return constant(q.Child(python.FieldValue))
		}
	}
	return "", false
}

// excludes says whether a node of a function is not reached when it is called with these arguments: a condition on the way
// to it does not hold, or a branch before it is taken that leaves the function.
func (p *Pass) excludes(g *given, n python.Node) bool {
	if g == nil {
		return false
	}
	fn := n.Function()
	child := n
	for up := n.Parent(); up.Valid() && child != fn; child, up = up, up.Parent() {
		switch up.Kind() {
		case python.IfStmt, python.ElifClause:
			if child.Field() == python.FieldConsequence && p.holds(g, condition(up)) == no {
				return true
			}
			if up.Kind() == python.IfStmt && child.Is(python.ElifClause, python.ElseClause) && p.earlier(g, up, child) {
				return true
			}
		case python.ConditionalExpression:
			if holds := p.holds(g, condition(up)); child == up.FirstNamed() && holds == no || child != up.FirstNamed() && child != condition(up) && holds == yes {
				return true
			}
		case python.BooleanOperator:
			if child.Field() == python.FieldRight {
				left := p.holds(g, up.Child(python.FieldLeft))
				if or := up.Child(python.FieldOperator).Text() == "or"; or && left == yes || !or && left == no {
					return true
				}
			}
		case python.BlockStmt:
			for s := range up.Named {
				if s == child {
					break
				}
				if s.Kind() == python.IfStmt && p.leaves(g, s) {
					return true
				}
			}
		}
	}
	return false
}

// earlier says whether one of the branches before a clause is certainly taken.
func (p *Pass) earlier(g *given, stmt, clause python.Node) bool {
	if p.holds(g, condition(stmt)) == yes {
		return true
	}
	for c := range stmt.Named {
		if c == clause {
			break
		}
		if c.Kind() == python.ElifClause && p.holds(g, condition(c)) == yes {
			return true
		}
	}
	return false
}

// leaves says whether an if statement certainly leaves the function, or the loop around it.
func (p *Pass) leaves(g *given, stmt python.Node) bool {
	if p.holds(g, condition(stmt)) != yes {
		return false
	}
	last := python.Node{}
	for s := range stmt.Child(python.FieldConsequence).Named {
		last = s
	}
	return last.Is(python.ReturnStmt, python.RaiseStmt, python.ContinueStmt, python.BreakStmt)
}

// holds says whether a condition holds with these arguments.
func (p *Pass) holds(g *given, n python.Node) truth {
	n = n.Unwrap()
	switch n.Kind() {
	case python.True:
		return yes
	case python.False, python.None:
		return no
	case python.Identifier, python.Attribute:
		if x, ok := p.known(g, n); ok {
			switch x.text {
			case "":
			case "None", "False", "0", "''":
				return no
			default:
				return yes
			}
		}
		if n.Kind() == python.Identifier { // explicit = path is not None
			if l := n.Scope().Lookup(n.Text()); l != nil && len(l.Bindings) == 1 && l.Scope.Node == n.Function() {
				if b := l.Bindings[0]; b.Kind == python.BindAssign && len(b.Path) == 0 && b.Value.Valid() && b.Node.Span().Start < n.Span().Start && b.Value.Is(python.ComparisonOperator, python.NotOperator, python.BooleanOperator, python.Call) {
					return p.holds(g, b.Value)
				}
			}
		}
	case python.NotOperator:
		return p.holds(g, n.Child(python.FieldArgument)).not()
	case python.BooleanOperator:
		left, right := p.holds(g, n.Child(python.FieldLeft)), p.holds(g, n.Child(python.FieldRight))
		if n.Child(python.FieldOperator).Text() == "or" {
			return either(left, right)
		}
		return either(left.not(), right.not()).not()
	case python.ComparisonOperator:
		return p.compares(g, n)
	case python.Call:
		if n.Child(python.FieldFunction).Text() == "isinstance" {
			return p.isInstance(g, n)
		}
		return p.spelled(g, n)
	}
	return maybe
}

func either(a, b truth) truth {
	switch {
	case a == yes || b == yes:
		return yes
	case a == no && b == no:
		return no
	}
	return maybe
}

// compares says whether a comparison of a parameter with a constant holds.
func (p *Pass) compares(g *given, n python.Node) truth {
	var operands []python.Node
	operator := ""
	for c := range n.Children {
		if c.Kind() == python.Token {
			operator = strings.TrimSpace(operator + " " + c.Text())
		} else if c.Kind() != python.Comment {
			operands = append(operands, c)
		}
	}
	if len(operands) != 2 {
		return maybe
	}
	if operator == "in" || operator == "not in" {
		held := p.holdsText(g, operands[1], operands[0])
		if operator == "not in" {
			return held.not()
		}
		return held
	}
	text, isConstant := constant(operands[1])
	x, known := p.known(g, operands[0])
	if !isConstant || !known {
		return maybe
	}
	same := maybe
	switch {
	case x.text != "":
		same = no
		if x.text == text {
			same = yes
		}
	case text == "None": // an instance of something
		same = no
	}
	switch operator {
	case "is", "==":
		return same
	case "is not", "!=":
		return same.not()
	}
	return maybe
}

// quoted is the text of a string that is known.
func quoted(text string) (s string, ok bool) {
	if len(text) < 2 || text[0] != '\'' {
		return "", false
	}
	return text[1 : len(text)-1], true
}

// holdsText says whether a string that is known contains another: "x" in name.
func (p *Pass) holdsText(g *given, whole, part python.Node) truth {
	x, _ := p.known(g, whole)
	text, ok := quoted(x.text)
	literal, _ := constant(part)
	inner, known := quoted(literal)
	switch {
	case !ok || !known:
		return maybe
	case strings.Contains(text, inner):
		return yes
	}
	return no
}

// spelled says whether name.startswith("x") holds, or name.endswith("x"), for a string that is known.
func (p *Pass) spelled(g *given, call python.Node) truth {
	fn := call.Child(python.FieldFunction)
	x, _ := p.known(g, fn.Child(python.FieldObject))
	text, ok := quoted(x.text)
	literal, _ := constant(p.Argument(call, 0, ""))
	part, known := quoted(literal)
	if fn.Kind() != python.Attribute || !ok || !known {
		return maybe
	}
	held := false
	switch fn.Child(python.FieldAttribute).Text() {
	case "startswith":
		held = strings.HasPrefix(text, part)
	case "endswith":
		held = strings.HasSuffix(text, part)
	default:
		return maybe
	}
	if held {
		return yes
	}
	return no
}

// isInstance says whether an isinstance test of a parameter holds.
func (p *Pass) isInstance(g *given, call python.Node) truth {
	arg, of := p.Argument(call, 0, ""), p.Argument(call, 1, "")
	x, known := p.known(g, arg)
	if !known || !of.Valid() {
		return maybe
	}
	var classes []program.Atom
	var visit func(t program.Type) bool
	visit = func(t program.Type) bool {
		if t.Open() {
			return false
		}
		for _, a := range t.Atoms() {
			switch {
			case a.Kind == program.ClassObject:
				classes = append(classes, a)
			case a.Kind == program.Instance && a.Class.Name == "tuple":
				for _, part := range a.Args {
					if !visit(part) {
						return false
					}
				}
			default:
				return false
			}
		}
		return true
	}
	parts := []python.Node{of}
	for len(parts) > 0 { // A | B
		part := parts[0]
		parts = parts[1:]
		if part.Kind() == python.BinaryOperator && part.Child(python.FieldOperator).Text() == "|" {
			parts = append(parts, part.Child(python.FieldLeft), part.Child(python.FieldRight))
		} else if !visit(p.Type(part)) {
			return maybe
		}
	}
	if x.text == "None" {
		return no
	}
	if x.text != "" || len(classes) == 0 {
		return maybe
	}
	all := maybe
	for i, a := range x.t.Atoms() {
		one := no
		for _, c := range classes {
			if p.Program.Subclass(a.Class, c.Class.Name) {
				one = yes
			} else if !p.Program.Closed(a.Class) && one == no {
				one = maybe
			}
		}
		if i > 0 && one != all {
			return maybe
		}
		all = one
	}
	return all
}
