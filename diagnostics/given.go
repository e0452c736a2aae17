package diagnostics

import (
	"maps"
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
	look := func(cond python.Node) {
		for name := range sources(cond, 0) {
			names[name] = tests
		}
	}
	for n := range decl.Child(python.FieldBody).Walk {
		switch {
		case n.Function() != decl:
		case n.Is(python.IfStmt, python.ElifClause, python.ConditionalExpression):
			look(condition(n))
		case n.Is(python.ComparisonOperator, python.NotOperator) && n.Parent().Kind() == python.Assignment:
			look(n)
		case n.Kind() == python.ForStmt:
			if right := n.Child(python.FieldRight); right.Kind() == python.Call && right.Child(python.FieldFunction).Text() == "range" {
				look(right.Child(python.FieldArguments))
			}
		case n.Kind() == python.BooleanOperator:
			look(n.Child(python.FieldLeft))
		case n.Kind() == python.Identifier:
			up := n.Parent()
			if up.Kind() == python.ArgumentList || up.Kind() == python.KeywordArgument && n.Field() == python.FieldValue ||
				up.Kind() == python.Assignment && n.Field() == python.FieldRight && up.Child(python.FieldLeft).Kind() == python.Attribute {
				if name, ok := n.Parameter(); ok {
					names[name] = max(names[name], passes)
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

// copied is what a local name is bound to at first, before it is read; no node for others.
func copied(n python.Node) python.Node {
	if n.Kind() != python.Identifier || n.Field() == python.FieldAttribute || n.Field() == python.FieldName && n.Parent().Kind() == python.KeywordArgument {
		return python.Node{}
	}
	l := n.Scope().Lookup(n.Text())
	if l == nil || len(l.Bindings) == 0 || l.Scope.Node != n.Function() {
		return python.Node{}
	}
	b := l.Bindings[0]
	if b.Kind != python.BindAssign || len(b.Path) > 0 || !b.Value.Valid() || b.Node.Span().Start >= n.Span().Start || b.Node.Block() != n.Block() || repeated(b.Node, n) {
		return python.Node{}
	}
	return b.Value.Unwrap()
}

// unchanged says whether a local name is what it was bound to at first where it is read, when the function is called like this.
func (p *Pass) unchanged(g *given, n python.Node) bool {
	for _, b := range n.Scope().Lookup(n.Text()).Bindings[1:] {
		switch {
		case b.Node.Block() != n.Block(), repeated(b.Node, n):
			return false
		case b.Node.Span().Start < n.Span().Start && !p.excludes(g, b.Node):
			return false
		}
	}
	return true
}

// ownAttribute says whether an expression is an attribute of self. It is what the function has assigned to it before, if that
// is certain; no node when the function never assigns to it.
func ownAttribute(n python.Node) (assigned python.Node, own, certain bool) {
	if n.Kind() != python.Attribute {
		return assigned, false, false
	}
	object, fn := n.Child(python.FieldObject), n.Function()
	if object.Kind() != python.Identifier || object.Value().Op != shape.Self || object.Text() != selfName(fn) {
		return assigned, false, false
	}
	text := n.Text()
	certain = true
	for a := range fn.Child(python.FieldBody).Walk {
		if !a.Is(python.Assignment, python.AugmentedAssignment) || a.Child(python.FieldLeft).Text() != text {
			continue
		}
		if a.Kind() == python.Assignment && a.Parent().Parent() == fn.Child(python.FieldBody) && a.Span().End <= n.Span().Start {
			assigned, certain = a.Child(python.FieldRight).Unwrap(), true
		} else {
			certain = false
		}
	}
	return assigned, true, certain
}

// maxCopies is how many copies a value is followed through.
const maxCopies = 4

// sources calls yield for the parameters and attributes of self that an expression is made of, as [given] names them.
func sources(e python.Node, depth int) func(yield func(name string) bool) {
	return func(yield func(name string) bool) {
		if !e.Valid() || depth > maxCopies {
			return
		}
		for n := range e.Walk {
			if name, ok := n.Parameter(); ok {
				if !yield(name) {
					return
				}
				continue
			}
			from := copied(n)
			if assigned, own, _ := ownAttribute(n); own && assigned.Valid() {
				from = assigned
			} else if own && !yield(ofSelf+n.Child(python.FieldAttribute).Text()) {
				return
			}
			if name := keyword(n); name != "" && !yield(name) {
				return
			}
			for name := range sources(from, depth+1) {
				if !yield(name) {
					return
				}
			}
		}
	}
}

// keyword is what [given] calls the argument that kwargs.get("name") gives, where kwargs is **kwargs; "" for other expressions.
func keyword(n python.Node) string {
	if n.Kind() != python.Call {
		return ""
	}
	fn, args := n.Child(python.FieldFunction), n.Child(python.FieldArguments)
	if fn.Kind() != python.Attribute || fn.Child(python.FieldAttribute).Text() != "get" || args.FirstNamed().Next().Next().Valid() {
		return ""
	}
	name, ok := fn.Child(python.FieldObject).Parameter()
	key, isText := constant(args.FirstNamed())
	if !ok || !isText {
		return ""
	}
	for q := range n.Function().Child(python.FieldParameters).Named {
		if q.Kind() == python.TypedParameter {
			q = q.FirstNamed()
		}
		if q.Kind() == python.DictionarySplatPattern && q.FirstNamed().Text() == name {
			key, _ = quoted(key)
			return splat + key
		}
	}
	return ""
}

const splat = "**" // before the name of an argument that the function has no parameter for

// selfName is the name of the first parameter of a function; "" when it has none.
func selfName(fn python.Node) string {
	if fn.Kind() != python.FunctionDef {
		return ""
	}
	first := fn.Child(python.FieldParameters).FirstNamed()
	if first.Kind() != python.Identifier {
		first = first.FirstNamed()
	}
	return first.Text()
}

const ofSelf = "self." // before the name of an attribute

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
	if !decl.Valid() {
		return nil
	}
	home := p.View.env(p.fileOf(t.Func))
	tested := home.tested(decl)
	params := map[string]value{}
	if t.bound && t.Class != nil {
		p.attributes(call, t, from, params)
	}
	if len(tested) > 0 && call.Kind() == python.Call && call.Child(python.FieldArguments).Kind() == python.ArgumentList {
		p.arguments(call, t, from, params)
	}
	if len(params) == 0 {
		return nil
	}
	var names []string
	for name, x := range params {
		names = append(names, name+"="+x.text+":"+x.class)
	}
	slices.Sort(names)
	key := givenKey{decl, strings.Join(names, ";")}
	if same := home.givens[key]; same != nil {
		return same
	}
	g := &given{params}
	home.givens[key] = g
	return g
}

// arguments adds what is known of the arguments of a call.
func (p *Pass) arguments(call python.Node, t target, from *given, params map[string]value) {
	decl := p.declaration(t.Func)
	tested := p.View.env(p.fileOf(t.Func)).tested(decl)
	hidden := false
	for a := range call.Child(python.FieldArguments).Named {
		hidden = hidden || a.Is(python.ListSplat, python.DictionarySplat)
	}
	for q, at := range t.formal {
		if tested[q.Name] == 0 || q.Kind == shape.VarArgs || q.Kind == shape.VarKw {
			continue
		}
		arg := p.Argument(call, at, q.Name)
		switch {
		case arg.Valid():
			x, ok := p.value(from, arg)
			if x.text == "" && !p.matters(t, q.Name, 0) {
				continue
			}
			if !ok {
				x, ok = p.typed(arg)
			}
			if ok {
				params[q.Name] = x
			}
		case hidden || q.Default == nil:
		default:
			if x, ok := defaultValue(decl, q); ok {
				params[q.Name] = x
			}
		}
	}
	for name := range tested {
		if key, ok := strings.CutPrefix(name, splat); ok && !hidden {
			if arg := p.Argument(call, -1, key); !arg.Valid() {
				params[name] = value{text: "None"}
			} else if x, ok := p.value(from, arg); ok && x.text != "" {
				params[name] = x
			}
		}
	}
}

// formal calls yield for the parameters of a function that a call gives arguments for, with their position, which is -1 for
// those that are given by name.
func (t target) formal(yield func(q *shape.Parameter, at int) bool) {
	formal := t.Decl.Params
	if t.bound && len(formal) > 0 {
		formal = formal[1:]
	}
	position := 0
	for i := range formal {
		at := -1
		if q := &formal[i]; q.Kind == shape.Positional || q.Kind == shape.PositionalOnly {
			at = position
			position++
		}
		if !yield(&formal[i], at) {
			return
		}
	}
}

// maxMatters is through how many calls an argument is followed that is handed on as it is, or the object that a method is
// called on.
const maxMatters = 3

// matters says whether conditions look at a parameter or an attribute of self in a function, or in those that it hands the
// same on to.
func (p *Pass) matters(t target, name string, depth int) bool {
	decl := p.declaration(t.Func)
	if !decl.Valid() {
		return false
	}
	own := strings.HasPrefix(name, ofSelf)
	switch p.View.env(p.fileOf(t.Func)).tested(decl)[name] {
	case tests:
		return true
	case passes:
	default:
		if !own {
			return false
		}
	}
	d := p.View.doing(t.Func, p.Settings)
	if d.pass == nil || depth >= maxMatters {
		return false
	}
	d.renew()
	known, ok := d.matters[name]
	if ok && (known < 0 || known >= maxMatters-depth) {
		return known < 0
	}
	if d.matters == nil {
		d.matters = map[string]int{}
	}
	d.matters[name] = maxMatters - depth // a circle tells nothing
	for _, s := range d.sites() {
		for _, inner := range s.targets {
			if own {
				if (s.self.how == shape.Self || s.self.how == shape.Super) && p.matters(inner, name, depth+1) {
					d.matters[name] = -1
					return true
				}
				continue
			}
			for q, at := range inner.formal {
				if s.node.Kind() != python.Call {
					break
				}
				if arg, ok := p.Argument(s.node, at, q.Name).Parameter(); ok && arg == name && p.matters(inner, q.Name, depth+1) {
					d.matters[name] = -1
					return true
				}
			}
		}
	}
	return false
}

// attributes adds what is known of the attributes of the object that a method is called on, as far as they matter to it: they
// are parameters of its constructor, and nothing else is ever assigned to them.
func (p *Pass) attributes(call python.Node, t target, from *given, params map[string]value) {
	method := call
	if call.Kind() == python.Call {
		method = call.Child(python.FieldFunction)
	}
	if method.Kind() != python.Attribute {
		return
	}
	object := method.Child(python.FieldObject)
	switch v := object.Value(); v.Op {
	case shape.Self, shape.Super:
		fn := call.Function()
		if v.Op == shape.Self && object.Text() != selfName(fn) {
			return
		}
		if from != nil {
			for name, x := range from.params {
				if strings.HasPrefix(name, ofSelf) {
					params[name] = x
				}
			}
		}
		if name := fn.Child(python.FieldName).Text(); from != nil && name == "__init__" {
			for attr, right := range p.stored(t.Class, fn) {
				if x, ok := p.value(from, right); ok && x.text != "" && right.Span().Start < call.Span().Start {
					params[ofSelf+attr] = x
				}
			}
		}
	case shape.Cls, shape.Unknown, shape.Annot:
	default:
		origins := p.Program.Origins(p.Module, v)
		for i, o := range origins {
			made := p.made(o)
			if i == 0 {
				maps.Copy(params, made)
				continue
			}
			maps.DeleteFunc(params, func(name string, x value) bool { return made[name].text != x.text })
		}
	}
	maps.DeleteFunc(params, func(name string, _ value) bool { return !p.matters(t, name, 0) })
}

// made is what is known of the attributes of the object that a call makes.
func (p *Pass) made(call *shape.Value) map[string]value {
	made := map[string]value{}
	t := p.Program.Eval(p.Module, call.X)
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.ClassObject || !t.Atoms()[0].Class.Project() {
		return nil
	}
	m, ok := p.method(t.Atoms()[0], "__init__")
	if !ok || slices.Contains(call.Kw, "*") || slices.Contains(call.Kw, "**") {
		return nil
	}
	init := bound(m)
	decl := p.declaration(init.Func)
	if !decl.Valid() {
		return nil
	}
	given := given{map[string]value{}}
	positional := len(call.Args) - len(call.Kw)
	for q, at := range init.formal {
		var arg *shape.Value
		if i := slices.Index(call.Kw, q.Name); i >= 0 {
			arg = call.Args[positional+i]
		} else if at >= 0 && at < positional {
			arg = call.Args[at]
		}
		switch {
		case arg == nil:
			if x, ok := defaultValue(decl, q); ok {
				given.params[q.Name] = x
			}
		case arg.Op == shape.Const && arg.Str == "None":
			given.params[q.Name] = value{text: "None"}
		}
	}
	home := Pass{env: p.View.env(p.fileOf(init.Func)), Block: decl.Block(), Settings: p.Settings}
	for attr, right := range p.stored(t.Atoms()[0].Class, decl) {
		if x, ok := home.value(&given, right); ok && x.text != "" {
			made[ofSelf+attr] = x
		}
	}
	return made
}

// stored calls yield for the attributes of an object that its constructor sets and that nothing else is assigned to, and what
// is assigned.
func (p *Pass) stored(class *program.Class, init python.Node) func(yield func(attr string, right python.Node) bool) {
	return func(yield func(attr string, right python.Node) bool) {
		for s := range init.Child(python.FieldBody).Named {
			a := s.FirstNamed()
			if a.Kind() != python.Assignment {
				continue
			}
			left, right := a.Child(python.FieldLeft), a.Child(python.FieldRight)
			if left.Kind() != python.Attribute || !right.Valid() || left.Child(python.FieldObject).Text() != selfName(init) {
				continue
			}
			attr := left.Child(python.FieldAttribute).Text()
			if p.Program.Assigned(class, attr) == 1 && !yield(attr, right) {
				return
			}
		}
	}
}

// defaultValue is the default of a parameter if that is a constant.
func defaultValue(decl python.Node, q *shape.Parameter) (value, bool) {
	if q.Default == nil {
		return value{}, false
	}
	if q.Default.Op == shape.Const && q.Default.Str == "None" {
		return value{text: "None"}, true
	}
	text, ok := defaultOf(decl, q.Name)
	return value{text: text}, ok
}

type givenKey struct {
	decl python.Node
	text string
}

// typed is what is known of an argument by its type.
func (p *Pass) typed(arg python.Node) (value, bool) {
	t := p.Type(arg)
	if t.Open() || len(t.Atoms()) == 0 {
		return value{}, false
	}
	if len(t.NotNone().Atoms()) < len(t.Atoms()) && foundThere(arg) {
		t = t.NotNone()
	}
	var classes []string
	for _, a := range t.Atoms() {
		if a.Kind != program.Instance && a.Kind != program.NoneObject {
			return value{}, false
		}
		classes = append(classes, a.QName())
	}
	if t.NotNone().Never() {
		return value{text: "None"}, true
	}
	return value{t: t, class: strings.Join(classes, "|")}, true
}

// foundThere says whether a name that is bound only once was found not to be None before.
func foundThere(n python.Node) bool {
	if n.Kind() != python.Identifier {
		return false
	}
	l := n.Scope().Lookup(n.Text())
	if l == nil || len(l.Bindings) != 1 || l.Scope.Node != n.Function() {
		return false
	}
	child := n
	for up := n.Parent(); up.Valid() && child != l.Scope.Node; child, up = up, up.Parent() {
		switch up.Kind() {
		case python.IfStmt, python.ElifClause, python.WhileStmt:
			if (child.Field() == python.FieldConsequence || child.Field() == python.FieldBody) && demandsName(condition(up), n.Text(), true) {
				return true
			}
			if child.Kind() == python.ElseClause && demandsName(condition(up), n.Text(), false) {
				return true
			}
		case python.ConditionalExpression:
			if child == up.FirstNamed() && demandsName(condition(up), n.Text(), true) {
				return true
			}
		case python.BooleanOperator:
			if child.Field() == python.FieldRight && demandsName(up.Child(python.FieldLeft), n.Text(), up.Child(python.FieldOperator).Text() == "and") {
				return true
			}
		case python.BlockStmt:
			for s := range up.Named {
				if s == child {
					break
				}
				if s.Kind() == python.IfStmt && leaves(s.Child(python.FieldConsequence)) && demandsName(condition(s), n.Text(), false) {
					return true
				}
			}
		}
	}
	return false
}

// demandsName says whether a condition with an outcome tells that a name is not None.
func demandsName(cond python.Node, name string, outcome bool) bool {
	cond = cond.Unwrap()
	switch cond.Kind() {
	case python.Identifier:
		return outcome && cond.Text() == name
	case python.NotOperator:
		return demandsName(cond.Child(python.FieldArgument), name, !outcome)
	case python.BooleanOperator:
		if (cond.Child(python.FieldOperator).Text() == "and") != outcome {
			return false
		}
		return demandsName(cond.Child(python.FieldLeft), name, outcome) || demandsName(cond.Child(python.FieldRight), name, outcome)
	case python.ComparisonOperator:
		left, operator, right := comparison(cond)
		if left.Text() != name || right.Kind() != python.None {
			return false
		}
		return outcome == (operator == "is not" || operator == "!=") && (operator == "is not" || operator == "!=" || operator == "is" || operator == "==")
	}
	return false
}

// value is what is known of an expression from the arguments of the function around it.
func (p *Pass) value(g *given, n python.Node) (value, bool) {
	n = n.Unwrap()
	if text, ok := constant(n); ok {
		return value{text: text}, true
	}
	if g == nil {
		return value{}, false
	}
	switch n.Kind() {
	case python.ConditionalExpression: // a if b else c
		a := n.FirstNamed()
		switch p.holds(g, condition(n)) {
		case yes:
			return p.value(g, a)
		case no:
			return p.value(g, condition(n).Next().Next())
		}
	case python.BooleanOperator:
		left, right := n.Child(python.FieldLeft), n.Child(python.FieldRight)
		switch holds := p.holds(g, left); {
		case holds == maybe:
		case (holds == yes) == (n.Child(python.FieldOperator).Text() == "or"):
			return p.value(g, left)
		default:
			return p.value(g, right)
		}
	case python.Call:
		if name := keyword(n); name != "" {
			x, ok := g.params[name]
			return x, ok
		}
	}
	return p.known(g, n)
}

// known is what is known of a parameter, of a local name or of an attribute of self where an expression reads it: nothing when
// something else may have been assigned to it before.
func (p *Pass) known(g *given, n python.Node) (value, bool) {
	if g == nil {
		return value{}, false
	}
	if from := copied(n); from.Valid() && p.unchanged(g, n) {
		return p.value(g, from)
	}
	if assigned, own, certain := ownAttribute(n); own {
		if assigned.Valid() && certain {
			return p.value(g, assigned)
		}
		if !certain {
			return value{}, false
		}
		x, ok := g.params[ofSelf+n.Child(python.FieldAttribute).Text()]
		return x, ok
	}
	name, ok := n.Parameter()
	if !ok {
		return value{}, false
	}
	x, ok := g.params[name]
	if !ok {
		return value{}, false
	}
	if !p.unchanged(g, n) {
		return value{}, false
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

// holds says whether a condition holds with these arguments. The answers for the arguments that were asked about last are
// kept: what is on the way to a node is asked for again and again.
func (p *Pass) holds(g *given, n python.Node) truth {
	n = n.Unwrap()
	if g == nil {
		return p.decide(g, n)
	}
	if p.heldFor != g {
		p.heldFor, p.held = g, map[python.Node]truth{}
	}
	if known, ok := p.held[n]; ok {
		return known
	}
	held := p.decide(g, n)
	if p.heldFor == g {
		p.held[n] = held
	}
	return held
}

func (p *Pass) decide(g *given, n python.Node) truth {
	switch n.Kind() {
	case python.True:
		return yes
	case python.False, python.None:
		return no
	case python.Identifier, python.Attribute:
		if running(n) {
			return yes
		}
		if x, ok := p.known(g, n); ok {
			switch x.text {
			case "":
			case "None", "False", "0", "''":
				return no
			default:
				return yes
			}
		}
		// explicit = path is not None
		if from := copied(n); from.Is(python.ComparisonOperator, python.NotOperator, python.BooleanOperator, python.Call) && p.unchanged(g, n) {
			return p.holds(g, from)
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
		fn := n.Child(python.FieldFunction)
		switch {
		case loopCall(n), fn.Kind() == python.Attribute && fn.Child(python.FieldAttribute).Text() == "is_running" && running(fn.Child(python.FieldObject)):
			return yes
		case fn.Text() == "isinstance":
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
	left, operator, right := comparison(n)
	if !left.Valid() || !right.Valid() {
		return maybe
	}
	if operator == "in" || operator == "not in" {
		held := p.holdsText(g, right, left)
		if operator == "not in" {
			return held.not()
		}
		return held
	}
	text, isConstant := constant(right)
	x, known := p.known(g, left)
	same := maybe
	switch {
	case text == "None" && running(left):
		same = no
	case !isConstant || !known:
		return maybe
	case x.text != "":
		same = no
		if x.text == text {
			same = yes
		}
	case text == "None" && len(x.t.NotNone().Atoms()) == len(x.t.Atoms()): // an instance of something
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
			if a.Kind == program.NoneObject {
				continue
			}
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
