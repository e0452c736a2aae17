package diagnostics

import (
	"math/bits"
	"slices"
	"strings"

	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// odds is how unlikely it is that a function that is called with these arguments, on the event loop, gets to a node of it:
// in bits, as if all branches were taken as often as each other, so that one of four counts two. What leaves a function for
// good reasons seldom does so: a branch that raises an error, or returns nothing, does not count. It is -1 when it never
// gets there: a condition on the way does not hold, or a branch before it is taken that leaves the function.
func (p *Pass) odds(g *given, n python.Node) int { return p.way(g, n, true) }

// excludes says whether a node of a function is never reached when it is called with these arguments. What comes behind the
// node does not matter.
func (p *Pass) excludes(g *given, n python.Node) bool { return g != nil && p.way(g, n, false) < 0 }

// way is the odds against a node, or only whether it is never reached.
func (p *Pass) way(g *given, n python.Node, counts bool) int {
	fn := n.Function()
	child := n
	odds := 0
	for up := n.Parent(); up.Valid() && child != fn; child, up = up, up.Parent() {
		more := 0
		switch up.Kind() {
		case python.IfStmt:
			more = p.branch(g, up, child, counts)
		case python.ConditionalExpression:
			if cond := condition(up); child != cond {
				more = p.operand(g, cond, child == up.FirstNamed())
			}
		case python.BooleanOperator:
			if child.Field() == python.FieldRight {
				more = p.operand(g, up.Child(python.FieldLeft), up.Child(python.FieldOperator).Text() == "and")
			}
		case python.WhileStmt:
			if child.Field() == python.FieldBody && p.holds(g, condition(up)) == no {
				more = -1
			}
		case python.ForStmt:
			if right := up.Child(python.FieldRight); child.Field() == python.FieldBody && right.Kind() == python.Call && right.Child(python.FieldFunction).Text() == "range" {
				if args := right.Child(python.FieldArguments); args.FirstNamed().Valid() && !args.FirstNamed().Next().Next().Valid() {
					if x, ok := p.value(g, args.FirstNamed()); ok && x.text == "0" {
						more = -1
					}
				}
			}
		case python.ExceptClause, python.ExceptGroupClause:
			more = errors
			if asksForLoop(up.Parent()) {
				more = -1
			}
		case python.CaseClause:
			cases := 0
			for c := range up.Parent().Named {
				if c.Kind() == python.CaseClause {
					cases++
				}
			}
			more = among(max(cases, 2))
		case python.BlockStmt:
			more = p.exits(g, up, child)
		}
		if more < 0 {
			return -1
		}
		odds += more
	}
	return odds
}

const (
	errors = 2 // the odds against an error
	once   = 4 // those against the one call of many that does something for all of them

	particularPlatform = 3 // those against one platform
)

// among is the odds against one of n.
func among(n int) int { return bits.Len(uint(n - 1)) }

// operand is the odds against what is evaluated when a condition holds, or does not.
func (p *Pass) operand(g *given, cond python.Node, truth bool) int {
	switch holds := p.holds(g, cond); {
	case holds == maybe:
		return 1
	case (holds == yes) != truth:
		return -1
	}
	return 0
}

// branch is the odds against a part of an if statement: its condition, one of its branches.
func (p *Pass) branch(g *given, stmt, part python.Node, counts bool) int {
	cond, body := condition(stmt), stmt.Child(python.FieldConsequence)
	if part == cond {
		return 0
	}
	before := 0 // branches that may be taken instead
	for clause := stmt; ; {
		holds := p.holds(g, cond)
		if part == body || part == clause {
			if holds == no {
				return -1
			}
			if !counts {
				return 0
			}
			rivals := before
			if holds == maybe {
				rivals += p.after(g, stmt, clause)
			}
			if rivals == 0 {
				return 0
			}
			return among(rivals+1) + p.demands(g, cond) + first(body, cond)
		}
		if holds == yes {
			return -1
		}
		if holds == maybe && !raises(body) {
			before++
		}
		clause = nextClause(stmt, clause)
		if clause.Kind() != python.ElifClause {
			break
		}
		cond, body = condition(clause), clause.Child(python.FieldConsequence)
	}
	return among(before + 1) // else
}

// nextClause is the clause of an if statement behind another, or behind its first branch.
func nextClause(stmt, clause python.Node) python.Node {
	behind := clause == stmt
	for c := range stmt.Named {
		if behind && c.Is(python.ElifClause, python.ElseClause) {
			return c
		}
		behind = behind || c == clause
	}
	return python.Node{}
}

// after is how many branches may be taken when the condition of a clause does not hold.
func (p *Pass) after(g *given, stmt, clause python.Node) int {
	n := 0
	for {
		clause = nextClause(stmt, clause)
		switch clause.Kind() {
		case python.ElifClause:
			holds := p.holds(g, condition(clause))
			if holds != no && !raises(clause.Child(python.FieldConsequence)) {
				n++
			}
			if holds == yes {
				return n
			}
		case python.ElseClause:
			if !raises(clause.Child(python.FieldBody)) {
				n++
			}
			return n
		default:
			return n + 1
		}
	}
}

// demands is how many things a condition demands at once, but for the first, and more if one of them is a certain text or
// number: there are many others.
func (p *Pass) demands(g *given, cond python.Node) int {
	n, special := -1, 0
	var visit func(c python.Node)
	visit = func(c python.Node) {
		c = c.Unwrap()
		if c.Kind() == python.BooleanOperator && c.Child(python.FieldOperator).Text() == "and" {
			visit(c.Child(python.FieldLeft))
			visit(c.Child(python.FieldRight))
		} else if p.holds(g, c) == maybe {
			n++
			special = max(special, particular(c))
		}
	}
	visit(cond)
	return max(n, 0) + special
}

// particular is how special a condition is: 3 for one that holds on one platform only, which may well be that of nobody, 2 for
// x.startswith("a"), 1 for x == "a" and x in ("a", "b"), 0 for others.
func particular(cond python.Node) int {
	if onPlatform(cond) {
		return particularPlatform
	}
	switch cond = cond.Unwrap(); cond.Kind() {
	case python.BooleanOperator:
		return min(particular(cond.Child(python.FieldLeft)), particular(cond.Child(python.FieldRight)))
	case python.ComparisonOperator:
		left, operator, right := comparison(cond)
		switch operator {
		case "==", "is":
			if literal(right) || literal(left) {
				return 1
			}
		case "in":
			if literal(left) || right.Is(python.TupleExpr, python.ListExpr, python.SetExpr) && literal(right.FirstNamed()) {
				return 1
			}
		}
	case python.Call:
		fn := cond.Child(python.FieldFunction)
		name := fn.Child(python.FieldAttribute).Text()
		if fn.Kind() == python.Attribute && (name == "startswith" || name == "endswith") && literal(cond.Child(python.FieldArguments).FirstNamed()) {
			return 2
		}
	}
	return 0
}

// onPlatform says whether a condition asks for the operating system.
func onPlatform(cond python.Node) bool {
	asked := cond.Unwrap()
	switch asked.Kind() {
	case python.ComparisonOperator:
		left, _, right := comparison(asked)
		if asked = left; literal(left) {
			asked = right
		}
	case python.Call: // sys.platform.startswith("win")
		asked = asked.Child(python.FieldFunction).Child(python.FieldObject)
	}
	if asked.Kind() == python.Call {
		asked = asked.Child(python.FieldFunction)
	}
	switch asked.Text() {
	case "sys.platform", "os.name", "platform.system":
		return true
	}
	return false
}

func literal(n python.Node) bool { return n.Unwrap().Is(python.String, python.IntLit) }

// first is what it adds to the odds that a branch is only taken the first time: what its condition asks for is bound in it.
func first(body, cond python.Node) int {
	if asked := absent(cond); asked != "" && boundIn(body, asked, 0) {
		return kept(asked)
	}
	return 0
}

// kept is what it adds to the odds that something is done only to bind an expression: once for an object, or once for all.
func kept(text string) int {
	if strings.Contains(text, ".") && !strings.HasPrefix(text, "cls.") {
		return 1
	}
	return once - 1
}

// absent is the expression that a condition finds to be missing: that of "not x", "x is None", "key not in x". What is local
// to a function is missing each time.
func absent(cond python.Node) string {
	cond = cond.Unwrap()
	var x python.Node
	switch cond.Kind() {
	case python.NotOperator:
		return present(cond.Child(python.FieldArgument))
	case python.BooleanOperator:
		if left := absent(cond.Child(python.FieldLeft)); left != "" {
			return left
		}
		return absent(cond.Child(python.FieldRight))
	case python.ComparisonOperator:
		left, operator, right := comparison(cond)
		switch operator {
		case "is", "==":
			if right.Kind() == python.None {
				x = left
			}
		case "not in":
			x = right
		}
	}
	return lasting(x)
}

// present is the expression that a condition finds to be there: that of "x", "x is not None", "key in x".
func present(cond python.Node) string {
	cond = cond.Unwrap()
	x := cond
	switch cond.Kind() {
	case python.NotOperator:
		return absent(cond.Child(python.FieldArgument))
	case python.ComparisonOperator:
		x = python.Node{}
		left, operator, right := comparison(cond)
		switch operator {
		case "is not", "!=":
			if right.Kind() == python.None {
				x = left
			}
		case "in":
			x = right
		}
	}
	return lasting(x)
}

// lasting is the text of an attribute, of an item, or of a name that is not local to the function around it.
func lasting(x python.Node) string {
	switch x = x.Unwrap(); x.Kind() {
	case python.Attribute:
		return x.Text()
	case python.Subscript:
		return lasting(x.Child(python.FieldValue))
	case python.Identifier:
		if l := x.Scope().Lookup(x.Text()); l == nil || l.Scope.Node != x.Function() {
			return x.Text()
		}
	}
	return ""
}

// comparison is what a comparison of two things compares; no nodes for one of more.
func comparison(n python.Node) (left python.Node, operator string, right python.Node) {
	for c := range n.Children {
		switch {
		case c.Kind() == python.Token:
			operator = strings.TrimSpace(operator + " " + c.Text())
		case c.Kind() == python.Comment:
		case !left.Valid():
			left = c
		case right.Valid():
			return python.Node{}, "", python.Node{}
		default:
			right = c
		}
	}
	return left, operator, right
}

// binds says whether an assignment binds an expression, or an item of it.
func binds(a python.Node, text string) bool {
	left := a.Child(python.FieldLeft)
	return left.Text() == text || left.Kind() == python.Subscript && left.Child(python.FieldValue).Text() == text
}

// last is the last statement of a block.
func last(block python.Node) python.Node {
	found := python.Node{}
	for s := range block.Named {
		if s.Kind() != python.Comment {
			found = s
		}
	}
	return found
}

// raises says whether a block ends with an error.
func raises(block python.Node) bool { return last(block).Kind() == python.RaiseStmt }

// leaves says whether a block leaves the function, or the loop around it.
func leaves(block python.Node) bool {
	return last(block).Is(python.ReturnStmt, python.RaiseStmt, python.ContinueStmt, python.BreakStmt)
}

// exits is the odds against a statement of a block because of those before it.
func (p *Pass) exits(g *given, block, stmt python.Node) int {
	others, firsts, platform := 0, 0, 0
	for s := range block.Named {
		if s == stmt {
			break
		}
		switch s.Kind() {
		case python.TryStmt:
			if asksForLoop(s) && (leaves(s.Child(python.FieldBody)) || leaves(elseOf(s))) {
				return -1
			}
		case python.IfStmt:
			body := s.Child(python.FieldConsequence)
			if !leaves(body) {
				continue
			}
			switch p.holds(g, condition(s)) {
			case yes:
				return -1
			case maybe:
				if onPlatform(condition(s)) && last(body).Kind() == python.ReturnStmt {
					platform = 1 + particularPlatform
				}
				if !gives(last(body)) || p.demands(g, condition(s)) > 0 {
					continue
				}
				others++
				if asked := present(p.undecided(g, condition(s))); asked != "" && firsts == 0 && boundIn(block, asked, s.Span().End) {
					firsts = kept(asked)
				}
			}
		}
	}
	return among(others+1) + firsts + platform
}

// undecided is what is left of a condition when those of its demands are taken away that are known to hold.
func (p *Pass) undecided(g *given, cond python.Node) python.Node {
	for cond = cond.Unwrap(); cond.Kind() == python.BooleanOperator && cond.Child(python.FieldOperator).Text() == "and"; cond = cond.Unwrap() {
		left, right := cond.Child(python.FieldLeft), cond.Child(python.FieldRight)
		switch {
		case p.holds(g, right) == yes:
			cond = left
		case p.holds(g, left) == yes:
			cond = right
		default:
			return cond
		}
	}
	return cond
}

// gives says whether a statement returns something that is made for it.
func gives(s python.Node) bool {
	if s.Kind() != python.ReturnStmt {
		return false
	}
	switch v := s.FirstNamed().Unwrap(); v.Kind() {
	case python.Invalid, python.None, python.True, python.False:
		return false
	case python.TupleExpr, python.ListExpr, python.DictExpr:
		return v.FirstNamed().Valid()
	}
	return true
}

// boundIn says whether a part of a block from an offset on binds an expression, or an item of it.
func boundIn(block python.Node, text string, from int) bool {
	for n := range block.Walk {
		if n.Kind() == python.Assignment && n.Span().Start >= from && binds(n, text) {
			return true
		}
	}
	return false
}

// elseOf is the block of a try statement that runs when there was no error; no node when there is none.
func elseOf(try python.Node) python.Node {
	for c := range try.Named {
		if c.Kind() == python.ElseClause {
			return c.Child(python.FieldBody)
		}
	}
	return python.Node{}
}

// loopCalls are functions that raise an error, or return None, where no event loop runs.
var loopCalls = map[string]bool{"current_async_library": true, "current_task": true, "current_trio_token": true}

// loopCall says whether an expression asks for the event loop that is running. Packages have functions of those names, too.
func loopCall(n python.Node) bool {
	n = n.Unwrap()
	if n.Kind() != python.Call {
		return false
	}
	fn := n.Child(python.FieldFunction)
	if fn.Kind() == python.Attribute {
		fn = fn.Child(python.FieldAttribute)
	}
	return strings.HasSuffix(fn.Text(), "running_loop") || loopCalls[fn.Text()]
}

// asksForLoop says whether a try statement is there to find out whether an event loop is running: on one, there is no error.
func asksForLoop(try python.Node) bool {
	first := true
	for s := range try.Child(python.FieldBody).Named {
		e := s.FirstNamed()
		if e.Kind() == python.Assignment {
			e = e.Child(python.FieldRight)
		}
		switch {
		case first && !(s.Is(python.ExprStmt, python.ReturnStmt) && loopCall(e)):
			return false
		case first, s.Is(python.ReturnStmt, python.RaiseStmt, python.ContinueStmt, python.BreakStmt):
		case !s.Is(python.ExprStmt) || !e.Is(python.True, python.False): // running = True
			return false
		}
		first = false
	}
	return !first
}

// running says whether an expression gives the event loop, or what else is only there, or true, while one runs.
func running(n python.Node) bool {
	n = n.Unwrap()
	if loopCall(n) {
		return true
	}
	if n.Kind() != python.Identifier {
		return false
	}
	l := n.Scope().Lookup(n.Text())
	if l == nil || l.Scope.Node != n.Function() {
		return false
	}
	asked := false
	for _, b := range l.Bindings {
		switch {
		case b.Kind != python.BindAssign || len(b.Path) > 0 || !b.Value.Valid():
			return false
		case loopCall(b.Value), b.Value.Kind() == python.True && whereRunning(b.Value):
			asked = true
		case !b.Value.Is(python.None, python.False):
			return false
		}
	}
	return asked
}

// whereRunning says whether a node is reached only when a try statement has found an event loop running.
func whereRunning(n python.Node) bool {
	try := n.Up(python.TryStmt, python.FunctionDef, python.Lambda)
	return try.Kind() == python.TryStmt && asksForLoop(try) && (n.Inside(try.Child(python.FieldBody)) || n.Inside(elseOf(try)))
}

// seldom is the odds against a call of a function running its body, or against anybody minding that: a result that is kept is
// worked out once, for each object or argument, and a logger writes to a file where it was told to, as those of the standard library do, of which nobody expects
// anything else.
func (p *Pass) seldom(f *program.Func, decl python.Node) int {
	odds := 0
	for i := range f.Decl.Decorators {
		switch p.Program.DecoratorName(f, i) {
		case "functools.cache", "functools.lru_cache":
			odds += once
		case "functools.cached_property":
			odds += 2
		}
	}
	if level, _, _ := strings.Cut(f.Decl.Name, "_"); f.Class != nil && levels[level] && p.logs(f.Class) {
		odds += once
	}
	return odds
}

// levels are what the methods of loggers are called, or begin with.
var levels = map[string]bool{
	"debug": true, "info": true, "warning": true, "warn": true, "error": true, "critical": true, "exception": true, "log": true, "success": true, "trace": true,
}

// logs says whether a class is that of loggers.
func (p *Pass) logs(c *program.Class) bool {
	return !slices.ContainsFunc([]string{"debug", "info", "warning", "error"}, func(name string) bool {
		s := c.Decl.Members.Get(name)
		return s == nil || !slices.ContainsFunc(s.Values, func(v *shape.Value) bool { return v.Op == shape.Function })
	})
}
