package diagnostics

import (
	"slices"
	"strings"

	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// A Goal is something that code may do by itself, and that others look for through any number of calls.
type Goal struct {
	// Test says what a node does, if it is what is looked for, and under which rule that is reported where it stands.
	Test func(p *Pass, n python.Node) (what string, rule *Rule, ok bool)
	// On are the node kinds that Test is called for.
	On []python.Kind
}

// A Chain is how a call leads to a goal.
type Chain struct {
	Steps []Step // the calls on the way, the innermost last; that one reaches the goal itself
	What  string // what Test said
	Rule  *Rule  // what Test said
}

// A Step is a place in a function that the chain leads through.
type Step struct {
	Func *program.Func
	Node python.Node
	file *python.File
}

// reachKey is a question that is asked once: whether a function leads to a goal.
type reachKey struct {
	goal *Goal
	fn   *shape.Func
}

// reach is what is known about a question.
type reach struct {
	body  *body
	done  bool
	chain *Chain // nil when the goal cannot be reached
	busy  bool
}

// body is what a function does, as far as a goal is concerned.
type body struct {
	hit   *Step // where it reaches the goal itself
	what  string
	rule  *Rule
	calls []site
}

// site is a place where functions are called; which of them is not known when there are several.
type site struct {
	node    python.Node
	targets []*program.Func
}

const (
	maxReach   = 2000 // functions that are looked into for one question; what is farther is unknown
	maxTargets = 8    // of one call
)

// Reach is the shortest way from a node, which is evaluated there, to a goal through functions whose source is known; nil
// when there is none for certain. Of several functions that a call may reach all have to lead to the goal. What the
// node does itself does not count.
func (p *Pass) Reach(n python.Node, goal *Goal) *Chain {
	p.goals[goal] = true
	var best *Chain
	for _, s := range p.sites(n) {
		if c := p.all(s.targets, goal, p.Settings); c != nil && (best == nil || len(c.Steps) < len(best.Steps)) {
			best = c
		}
	}
	return best
}

// all is the way of the first of some functions to a goal if all lead there.
func (v *View) all(targets []*program.Func, goal *Goal, settings *Settings) *Chain {
	var first *Chain
	for _, f := range targets {
		c := v.reach(f, goal, settings)
		if c == nil {
			return nil
		}
		if first == nil {
			first = c
		}
	}
	return first
}

// reach is the shortest way from a call of a function to a goal. The functions are looked into in the order of their
// distance, so that the answer does not depend on what was asked before.
func (v *View) reach(f *program.Func, goal *Goal, settings *Settings) *Chain {
	start := v.question(f, goal)
	if start.done || start.busy {
		return start.chain
	}
	start.busy = true
	defer func() { start.busy = false }()
	type visit struct {
		fn   *program.Func
		from int // index of the visit that called it
		at   python.Node
	}
	queue := []visit{{fn: f, from: -1}}
	seen := map[*shape.Func]bool{f.Decl: true}
	whole := true
	for i := 0; i < len(queue); i++ {
		x := queue[i]
		q := v.question(x.fn, goal)
		if q.done && q.chain == nil {
			continue
		}
		if q.body == nil {
			q.body = v.body(x.fn, goal, settings)
		}
		end := func(what string, rule *Rule, steps ...Step) *Chain { // innermost first
			for k := i; queue[k].from >= 0; k = queue[k].from {
				caller := queue[queue[k].from].fn
				steps = append(steps, Step{caller, queue[k].at, v.fileOf(caller)})
			}
			slices.Reverse(steps)
			return &Chain{steps, what, rule}
		}
		if q.body.hit != nil {
			start.chain, start.done = end(q.body.what, q.body.rule, *q.body.hit), true
			return start.chain
		}
		for _, s := range q.body.calls {
			if len(s.targets) > 1 {
				// Which of them is called is not known: one that does not lead there is a way out.
				if c := v.all(s.targets, goal, settings); c != nil {
					steps := slices.Clone(c.Steps)
					slices.Reverse(steps)
					steps = append(steps, Step{x.fn, s.node, v.fileOf(x.fn)})
					start.chain, start.done = end(c.What, c.Rule, steps...), true
					return start.chain
				}
				whole = false
				continue
			}
			t := s.targets[0]
			if seen[t.Decl] {
				continue
			}
			seen[t.Decl] = true
			if len(queue) >= maxReach {
				whole = false
				continue
			}
			queue = append(queue, visit{t, i, s.node})
		}
	}
	start.done = true
	if whole {
		for _, x := range queue {
			v.question(x.fn, goal).done = true
		}
	}
	return nil
}

func (v *View) question(f *program.Func, goal *Goal) *reach {
	key := reachKey{goal, f.Decl}
	q := v.reaches[key]
	if q == nil {
		q = &reach{}
		v.reaches[key] = q
	}
	return q
}

// fileOf is the file that declares a function; nil for one of the tables.
func (v *View) fileOf(f *program.Func) *python.File {
	file, _ := f.Module.Shape.Origin.(*python.File)
	return file
}

// body finds out what a function does.
func (v *View) body(f *program.Func, goal *Goal, settings *Settings) *body {
	b := &body{}
	decl, file := python.Declaration(f.Decl), v.fileOf(f)
	if !decl.Valid() || file == nil {
		return b
	}
	p := &Pass{env: v.env(file), Block: decl.Block(), Settings: settings, found: new([]raw)}
	var off []comment
	asked := false
	for n := range decl.Child(python.FieldBody).Walk {
		if n.Function() != decl || !n.Live() {
			continue
		}
		if n.Is(goal.On...) {
			if what, rule, ok := goal.Test(p, n); ok {
				if !asked {
					off, asked = comments(p.Block), true
				}
				if !silenced(off, p.Block, n, rule) && best(rule, settings.Ignore) < 0 {
					b.hit, b.what, b.rule = &Step{f, n, file}, what, rule
					return b
				}
				continue
			}
		}
		for _, s := range p.sites(n) {
			b.calls = append(b.calls, s)
		}
	}
	return b
}

// silenced says whether a comment suppresses what a rule would say of a node.
func silenced(off []comment, b *python.Block, n python.Node, rule *Rule) bool {
	return suppressed(off, &raw{rule: &selected{Rule: rule}, block: b, span: n.Span()})
}

// sites are the calls of functions with a known source that a node makes by itself when it is evaluated.
func (p *Pass) sites(n python.Node) []site {
	var targets []*program.Func
	switch n.Kind() {
	case python.Call:
		targets = p.calledBy(n)
	case python.Attribute:
		if n.Field() == python.FieldFunction && n.Parent().Kind() == python.Call || n.Field() == python.FieldLeft || n.Field() == python.FieldObject && n.Parent().Kind() == python.Call {
			return nil
		}
		if f := p.Program.Property(p.Type(n.Child(python.FieldObject)), n.Child(python.FieldAttribute).Text()); f != nil && p.follows(f) {
			targets = []*program.Func{f}
		}
	case python.WithStmt:
		if n.IsAsync() {
			return nil
		}
		var found []site
		for e := range WithExpressions(n) {
			found = append(found, p.entered(e)...)
		}
		return found
	case python.ForStmt, python.ForInClause:
		if !n.IsAsync() {
			return p.implicit(n.Child(python.FieldRight), "__iter__", "__next__")
		}
	}
	if len(targets) == 0 {
		return nil
	}
	return []site{{n, targets}}
}

// entered are the calls that a with statement makes of its context manager.
func (p *Pass) entered(e python.Node) []site {
	if e.Kind() == python.Call {
		if callees, all := p.Callees(e); all && len(callees) == 1 && callees[0].Func != nil && callees[0].Class == nil {
			f := callees[0].Func
			if _, manager, _ := p.Program.Decorated(f); manager && python.Declaration(f.Decl).Valid() {
				return []site{{e, []*program.Func{f}}}
			}
		}
	}
	return p.implicit(e, "__enter__", "__exit__")
}

// implicit are the calls of methods that Python makes by itself.
func (p *Pass) implicit(e python.Node, methods ...string) []site {
	t := p.Type(e)
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Instance {
		return nil
	}
	var found []site
	for _, name := range methods {
		m, _ := p.Program.Member(t.Atoms()[0], name)
		for _, a := range m.Atoms() {
			if a.Kind == program.Function && p.follows(a.Func) {
				found = append(found, site{e, []*program.Func{a.Func}})
			}
		}
	}
	return found
}

// calledBy are the functions that a call runs there and then; nil when that is not known of each.
func (p *Pass) calledBy(call python.Node) []*program.Func {
	t := p.Type(call.Child(python.FieldFunction))
	if t.Open() || len(t.Atoms()) > maxTargets {
		return nil
	}
	var targets []*program.Func
	for _, a := range t.Atoms() {
		var f *program.Func
		switch a.Kind {
		case program.NoneObject:
			continue
		case program.Function:
			f = a.Func
		case program.ClassObject:
			f = p.method(a, "__init__")
			if f == nil {
				f = p.method(a, "__post_init__")
			}
		case program.Instance:
			f = p.method(a, "__call__")
		}
		if f == nil || !p.follows(f) && !(f.Decl.Generator && !f.Decl.Async && p.plain(f) && consumed(call)) {
			return nil
		}
		targets = append(targets, f)
	}
	return targets
}

// method is the function that a class has under a name; nil when there is none.
func (p *Pass) method(a program.Atom, name string) *program.Func {
	a.Kind = program.Instance
	m, _ := p.Program.Member(a, name)
	if m.Open() || len(m.Atoms()) != 1 || m.Atoms()[0].Kind != program.Function {
		return nil
	}
	return m.Atoms()[0].Func
}

// follows says whether calling a function runs a body that is known there and then.
func (p *Pass) follows(f *program.Func) bool {
	return !f.Decl.Async && !f.Decl.Generator && p.plain(f)
}

// plain says whether the source of a function is known, and its decorators leave a call as it is.
func (p *Pass) plain(f *program.Func) bool {
	if f.Decl.Stub || !python.Declaration(f.Decl).Valid() {
		return false
	}
	plain, _, unclear := p.Program.Decorated(f)
	if plain || unclear == nil {
		return plain
	}
	for _, d := range unclear {
		if !forwards(d) {
			return false
		}
	}
	return true
}

// forwards says whether a decorator puts a function in place of the decorated one that calls it there and then.
func forwards(decorator *program.Func) bool {
	decl := decorator.Decl
	if decl.Async || decl.Generator || decl.Result == nil || len(decl.Params) == 0 {
		return false
	}
	result := decl.Result()
	if result.Op != shape.Function || result.Func.Async || result.Func.Generator {
		return false
	}
	inner := python.Declaration(result.Func)
	for n := range inner.Child(python.FieldBody).Walk {
		if n.Kind() == python.Call && n.Function() == inner {
			if v := n.Child(python.FieldFunction).Value(); v.Op == shape.Param && v.Str == decl.Params[0].Name {
				return true
			}
		}
	}
	return false
}

// consumed says whether what a call of a generator function gives is iterated there and then.
func consumed(call python.Node) bool {
	parent := call.Parent()
	switch parent.Kind() {
	case python.ForStmt, python.ForInClause:
		return call.Field() == python.FieldRight && !parent.IsAsync()
	case python.Yield, python.ListSplat:
		return true
	case python.ArgumentList:
		switch parent.Parent().Child(python.FieldFunction).Text() {
		case "list", "tuple", "set", "frozenset", "sorted", "sum", "any", "all", "max", "min", "dict", "next":
			return true
		}
		return strings.HasSuffix(parent.Parent().Child(python.FieldFunction).Text(), ".join")
	}
	return false
}

// WithExpressions calls yield for each context manager of a with statement.
func WithExpressions(with python.Node) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		var visit func(n python.Node) bool
		visit = func(n python.Node) bool {
			for c := range n.Named {
				switch c.Kind() {
				case python.WithClause, python.WithItem, python.Paren, python.TupleExpr:
					if !visit(c) {
						return false
					}
				case python.AsPattern:
					if !yield(c.FirstNamed()) {
						return false
					}
				case python.BlockStmt:
				default:
					if !yield(c) {
						return false
					}
				}
			}
			return true
		}
		visit(with)
	}
}
