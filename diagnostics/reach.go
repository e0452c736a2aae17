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
	// Test says what a node does, if it is what is looked for.
	Test func(p *Pass, n python.Node) (deed Deed, ok bool)
	// On are the node kinds that Test is called for.
	On []python.Kind
	// Code is that of the rule that reports chains to it: a comment that means it silences the place where they end.
	Code string
	// Within is how far the goal may be, see distance; 0 is any distance.
	Within int
}

// A Deed is something that is looked for.
type Deed struct {
	What  string // what does it, as a message names it
	Rule  *Rule  // under which it is reported where it stands
	Minor int    // how little it matters, 0 for what matters most: a way to what matters more may be that much longer
}

// A Chain is how a call leads to a goal.
type Chain struct {
	Steps []Step // the calls on the way, the innermost last; that one reaches the goal itself
	Deed
	// Odds is how unlikely it is that the call gets there, in bits: one in two to the power of that, were all branches as
	// likely. See [Pass.odds].
	Odds int
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
	on   *program.Class
	args *given
	by   *Settings // of who asks
}

// reach is what is known about a question.
type reach struct {
	of   target
	key  reachKey
	busy bool
	done bool
	far  int // see distance, when done

	// In a view that is kept:
	visited []*program.Func // the functions that the answer depends on, but for those that the links depend on
	links   []*reach
	askers  map[*python.Block]bool // whose findings depend on the answer
}

// body is what a function does, as far as a goal is concerned.
type body struct {
	*doing
	hits []hit // where it reaches the goal by itself; the first that is always reached and matters most is the last
}

// doing is what a function does, whatever the goal.
type doing struct {
	pass    *Pass // over the block of the function
	decl    python.Node
	rarely  int // the odds against a call running the body, see seldom
	walked  bool
	calls   []site // see sitesOf
	called  map[calledKey][]site
	matters map[string]int // see [Pass.matters]: through how many calls it does not matter as far as known, -1 when it does
	epoch   int            // of called and matters, see View.moves
}

// calledKey is how a function is called.
type calledKey struct {
	on   *program.Class
	args *given
}

// hit is a place where a function reaches a goal by itself.
type hit struct {
	Step
	Deed
	odds int // when nothing is known of the arguments
}

// site is a place where functions are called; which of them is not known when there are several.
type site struct {
	node    python.Node
	targets []target
	self    selfCall
	entered bool // what is called makes a context manager that is entered
	passed  bool // the node is an argument, which the function that gets it calls
	odds    int  // against getting there; -1 when it is never reached
}

// cost is the length of the way from within a function through a site into what is called there.
func (s site) cost() int { return 1 + s.odds }

// target is a function that is called. A method runs on an object of the class on, if that is another one than declares
// it; else on is nil.
type target struct {
	*program.Func
	on    *program.Class
	bound bool   // the first parameter is taken
	args  *given // what is known of the arguments
}

// bound is a function as the target of a call.
func bound(a program.Atom) target {
	t := target{Func: a.Func, bound: a.Self != nil}
	if a.Self != nil && a.Func.Class != nil && a.Self.Class != a.Func.Class {
		t.on = a.Self.Class
	}
	return t
}

// selfCall says what a site calls if that depends on the class of self.
type selfCall struct {
	how  shape.Op // of the receiver: Self, Cls or Super; 0 when it does not depend on that
	name string   // of the member; "" for cls()
}

// callOn is what an expression takes from self, cls or super().
func callOn(n python.Node) selfCall {
	if !n.Is(python.Attribute, python.Identifier) {
		return selfCall{}
	}
	switch v := n.Value(); {
	case v.Op == shape.Cls:
		return selfCall{how: shape.Cls}
	case v.Op == shape.Attr && (v.X.Op == shape.Self || v.X.Op == shape.Cls || v.X.Op == shape.Super):
		return selfCall{v.X.Op, v.Str}
	}
	return selfCall{}
}

// on is the site where self is of another class than the one that declares the method around it.
func (s site) on(p *Pass, method target) site {
	if s.self.how == 0 || method.on == nil {
		return s
	}
	self := program.Atom{Kind: program.Instance, Class: method.on}
	if s.self.how == shape.Cls {
		self.Kind = program.ClassObject
	}
	s.targets = nil
	var found program.Type
	switch {
	case s.self.name == "":
		s.targets = p.constructors(self)
		return s
	case s.node.Kind() == python.Attribute && !s.passed:
		if f := p.Program.PropertyOf(self, s.self.name); s.self.how == shape.Self && f != nil && p.follows(f) {
			s.targets = []target{bound(program.Atom{Func: f, Self: &self})}
		}
		return s
	case s.self.how == shape.Super:
		found, _ = p.Program.Super(self, method.Class, s.self.name)
	default:
		found = p.Program.Attribute(self, s.self.name)
	}
	switch {
	case found.Open():
	case s.entered:
		s.targets = p.managers(found)
	default:
		s.targets = p.targets(s.node, found)
	}
	return s
}

const (
	maxReach   = 50_000 // functions that are looked into for one question; what is farther is unknown
	maxTargets = 8      // of one call

	// A way of more than nearby calls counts only while the functions on it make no more than maxChoices calls together: the
	// more ways there are, the less likely it is that this one is ever taken.
	nearby     = 3
	maxChoices = 150
)

// Reach is the shortest way from a node, which is evaluated there, to a goal through functions whose source is known; nil
// when there is none for certain. Of several functions that a call may reach all have to lead to the goal. What the
// node does itself does not count.
func (p *Pass) Reach(n python.Node, goal *Goal) *Chain {
	p.goals[goal] = true
	if n.Deferred() {
		return nil
	}
	var best *Chain
	for _, s := range p.sites(n) {
		targets := p.supplied(s, nil)
		for _, t := range targets {
			p.question(t, goal, p.Settings).ask(p)
		}
		if c := p.all(targets, goal, p.Settings); c != nil && (best == nil || len(c.Steps) < len(best.Steps)) {
			best = c
		}
	}
	return best
}

// Handed is a function of another file that a call hands to the event loop, as the call names it, and the shortest way from
// there to a goal; nil when there is none. Functions of the file itself are on the loop where they stand.
func (p *Pass) Handed(call python.Node, goal *Goal) (arg python.Node, chain *Chain) {
	c, ok := p.Callee(call)
	if !ok || c.Facts.Callback == "" {
		return arg, nil
	}
	arg = p.ArgumentOf(call, c, c.Facts.Callback)
	if !arg.Valid() || p.Type(arg).Open() {
		return arg, nil
	}
	targets := p.targets(arg, p.Type(arg))
	for _, t := range targets {
		if p.own(t.Func) {
			return arg, nil
		}
	}
	p.goals[goal] = true
	return arg, p.all(targets, goal, p.Settings)
}

// all is the way of the first of some functions to a goal if all lead there.
func (v *View) all(targets []target, goal *Goal, settings *Settings) *Chain {
	if v.farthest(targets, goal, settings) < 0 {
		return nil
	}
	return v.chain(targets[0], goal, settings)
}

// farthest is the distance of the farthest of some functions from a goal; -1 when one of them does not lead there, or
// there are none.
func (v *View) farthest(targets []target, goal *Goal, settings *Settings) int {
	far := -1
	for _, f := range targets {
		d := v.distance(f, goal, settings)
		if d < 0 {
			return -1
		}
		far = max(far, d)
	}
	return far
}

// chain is the shortest way from a call of a function that leads to a goal; of several, the one by the first call. It does
// not depend on what was asked before.
func (v *View) chain(f target, goal *Goal, settings *Settings) *Chain {
	c := &Chain{}
	choices := 0
	start := v.question(f, goal, settings)
	for far := v.distance(f, goal, settings); far >= 0; {
		body := v.body(f.Func, goal, settings)
		choices += len(body.sites())
		c.Odds += body.rarely
		far -= body.rarely
		if h, cost := body.reached(f); h != nil && cost == far {
			c.Steps = append(c.Steps, h.Step)
			c.Deed = h.Deed
			c.Odds += cost - h.Minor
			if len(c.Steps) > nearby && choices > maxChoices {
				return nil
			}
			return c
		}
		next := -1
		for _, s := range body.callsOf(f) {
			start.link(v, s.targets)
			if d := v.farthest(s.targets, goal, settings); d >= 0 && s.cost()+d == far {
				c.Steps = append(c.Steps, Step{f.Func, s.node, v.fileOf(f.Func)})
				c.Odds += s.odds
				f = s.targets[0]
				next = v.distance(f, goal, settings)
				break
			}
		}
		far = next
	}
	return nil
}

// reached is where a function that is called like this reaches the goal by itself, and how far that is; nil when it does
// not.
func (b *body) reached(f target) (at *hit, cost int) {
	for i := range b.hits {
		h := &b.hits[i]
		odds := h.odds
		if f.args != nil {
			odds = b.pass.odds(f.args, h.Node)
		}
		if odds >= 0 && (at == nil || odds+h.Minor < cost) {
			at, cost = h, odds+h.Minor
		}
	}
	return at, cost
}

// callsOf are the calls that a function makes when it is called like this.
func (b *body) callsOf(f target) []site {
	if b.pass == nil {
		return nil
	}
	b.renew()
	key := calledKey{f.on, f.args}
	if known, ok := b.called[key]; ok {
		return known
	}
	var sites []site
	for _, s := range b.sites() {
		if s.self.how != 0 && f.on != nil {
			s = s.on(b.pass, f)
		}
		if len(s.targets) == 0 {
			continue
		}
		if f.args != nil {
			s.odds = b.pass.odds(f.args, s.node)
		}
		if s.odds < 0 {
			continue
		}
		s.targets = b.pass.supplied(s, f.args)
		sites = append(sites, s)
	}
	if b.called == nil {
		b.called = map[calledKey][]site{}
	}
	b.called[key] = sites
	return sites
}

// renew forgets what may have changed with the functions that are called: they may look at other arguments now.
func (d *doing) renew() {
	if d.epoch != d.pass.moves {
		d.called, d.matters, d.epoch = nil, nil, d.pass.moves
		d.pass.heldFor = nil
	}
}

// distance is how far it is at least from within a function to a goal: one for each call on the way, and the odds against
// it; -1 when it does not lead there.
func (v *View) distance(f target, goal *Goal, settings *Settings) int {
	start := v.question(f, goal, settings)
	switch {
	case start.done:
		return start.far
	case start.busy: // the answer hangs on itself
		v.circles = true
		return -1
	}
	if v.asking == 0 {
		v.circles = false
	}
	v.asking++
	start.busy = true
	defer func() { start.busy = false; v.asking-- }()
	type visit struct {
		fn   target
		from int // index of the visit that called it
		cost int // of the way there
	}
	visits := []visit{{fn: f, from: -1}}
	levels := [][]int{{0}} // the visits by their cost
	seen := map[reachKey]int{start.key: 0}
	whole := true
	best, end := -1, -1 // the distance, and the visit that the shortest way leads through last
	found := func(far, at int) {
		if (best < 0 || far < best) && (goal.Within == 0 || far <= goal.Within) {
			best, end = far, at
		}
	}
	for cost := 0; cost < len(levels) && (best < 0 || cost < best); cost++ {
		for n := 0; n < len(levels[cost]); n++ {
			i := levels[cost][n]
			x := visits[i]
			if seen[keyOf(x.fn, goal, settings)] < cost { // it was reached by a shorter way meanwhile
				continue
			}
			q := v.question(x.fn, goal, settings)
			if q.done {
				start.link(v, []target{x.fn})
				if q.far >= 0 {
					found(cost+q.far, i)
				}
				continue
			}
			if v.kept {
				start.visited = append(start.visited, x.fn.Func)
			}
			body := v.body(x.fn.Func, goal, settings)
			in := cost + body.rarely
			if h, far := body.reached(x.fn); h != nil {
				found(in+far, i)
			}
			for _, s := range body.callsOf(x.fn) {
				there := in + s.cost()
				if best >= 0 && there >= best {
					continue
				}
				if goal.Within > 0 && there > goal.Within { // what is farther does not count, but may be near to others
					whole = false
					continue
				}
				if len(s.targets) > 1 {
					// Which of them is called is not known: one that does not lead there is a way out.
					start.link(v, s.targets)
					if far := v.farthest(s.targets, goal, settings); far >= 0 {
						found(there+far, i)
					} else {
						whole = false
					}
					continue
				}
				key := keyOf(s.targets[0], goal, settings)
				if known, ok := seen[key]; ok && known <= there {
					continue
				}
				if len(visits) >= maxReach {
					whole = false
					continue
				}
				seen[key] = there
				for len(levels) <= there {
					levels = append(levels, nil)
				}
				levels[there] = append(levels[there], len(visits))
				visits = append(visits, visit{s.targets[0], i, there})
			}
		}
	}
	if best < 0 && v.circles && v.asking > 1 {
		return -1 // who asked first may find out more
	}
	answer := func(q *reach, far int) {
		if !q.done {
			q.done, q.far, q.visited, q.links = true, far, start.visited, start.links
		}
	}
	answer(start, best)
	switch {
	case best >= 0: // what is on the way is as far as what is left of it
		for k := end; k >= 0; k = visits[k].from {
			answer(v.question(visits[k].fn, goal, settings), best-visits[k].cost)
		}
	case whole:
		for _, x := range visits {
			answer(v.question(x.fn, goal, settings), -1)
		}
	}
	return best
}

func keyOf(f target, goal *Goal, settings *Settings) reachKey {
	return reachKey{goal, f.Decl, f.on, f.args, settings}
}

func (v *View) question(f target, goal *Goal, settings *Settings) *reach {
	file := v.fileOf(f.Func)
	if file == nil {
		return &reach{done: true}
	}
	known, key := v.env(file).reaches, keyOf(f, goal, settings)
	if key.on != nil || key.args != nil {
		known = v.env(file).asOthers
	}
	q := known[key]
	if q == nil {
		q = &reach{of: f, key: key}
		known[key] = q
	}
	return q
}

// link notes that the answer depends on those to the same question about other functions.
func (q *reach) link(v *View, targets []target) {
	if v.kept {
		for _, t := range targets {
			if l := v.question(t, q.key.goal, q.key.by); l != q && !slices.Contains(q.links, l) {
				q.links = append(q.links, l)
			}
		}
	}
}

// ask notes that the findings of a block depend on the answer.
func (q *reach) ask(p *Pass) {
	if !p.kept || p.questions == nil || q.askers[p.Block] {
		return
	}
	if q.askers == nil {
		q.askers = map[*python.Block]bool{}
	}
	q.askers[p.Block] = true
	*p.questions = append(*p.questions, q)
}

// depends says whether the answer depends on one of the functions. seen holds what is known of other questions.
func (q *reach) depends(on map[*shape.Func]bool, seen map[*reach]bool) bool {
	if known, ok := seen[q]; ok {
		return known
	}
	seen[q] = false
	found := slices.ContainsFunc(q.visited, func(f *program.Func) bool { return on[f.Decl] })
	for _, l := range q.links {
		found = found || l.depends(on, seen)
	}
	seen[q] = found
	return found
}

// names adds the names of the functions of a module that the answer depends on.
func (q *reach) names(of *program.Module, to map[string]bool, seen map[*reach]bool) {
	if seen[q] {
		return
	}
	seen[q] = true
	for _, f := range q.visited {
		if f.Module == of {
			to[f.Decl.Name] = true
		}
	}
	for _, l := range q.links {
		l.names(of, to, seen)
	}
}

// fileOf is the file that declares a function; nil for one of the tables.
func (v *View) fileOf(f *program.Func) *python.File {
	file, _ := f.Module.Shape.Origin.(*python.File)
	return file
}

// doing is what a function does. It is looked for when it is asked for.
func (v *View) doing(f *program.Func, settings *Settings) *doing {
	decl, file := v.declaration(f), v.fileOf(f)
	if !decl.Valid() || file == nil {
		return &doing{walked: true}
	}
	e := v.env(file)
	key := doingKey{f.Decl, settings}
	d := e.doings[key]
	if d == nil {
		d = &doing{decl: decl, pass: &Pass{env: e, file: e.file, Block: decl.Block(), Settings: settings, found: new([]raw)}}
		d.rarely = d.pass.seldom(f, decl)
		e.doings[key] = d
	}
	return d
}

// declaration is the definition of a function as it is now.
func (v *View) declaration(f *program.Func) python.Node {
	if file := v.fileOf(f); file != nil {
		if n, ok := v.env(file).moved[f.Decl]; ok {
			return n
		}
	}
	return python.Declaration(f.Decl)
}

type doingKey struct {
	fn *shape.Func
	by *Settings
}

// nodes calls yield for the nodes of some kinds that are evaluated when the function is called.
func (d *doing) nodes(kinds []python.Kind) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		for n := range d.decl.Child(python.FieldBody).Walk {
			if n.Is(kinds...) && n.Function() == d.decl && n.Live() && !n.Deferred() && !yield(n) {
				return
			}
		}
	}
}

// calling are the kinds of nodes that call functions.
var calling = []python.Kind{python.Call, python.Attribute, python.WithStmt, python.ForStmt, python.ForInClause, python.Subscript, python.ComparisonOperator}

// sites are the calls that the function makes.
func (d *doing) sites() []site {
	if !d.walked {
		d.walked = true
		for n := range d.nodes(calling) {
			for _, s := range d.pass.sites(n) {
				if s.odds = d.pass.odds(nil, s.node); s.odds >= 0 {
					d.calls = append(d.calls, s)
				}
			}
		}
	}
	return d.calls
}

type bodyKey struct {
	doingKey
	goal *Goal
}

// body finds out where a function reaches a goal by itself.
func (v *View) body(f *program.Func, goal *Goal, settings *Settings) *body {
	b := &body{doing: v.doing(f, settings)}
	if b.pass == nil {
		return b
	}
	p, key := b.pass, bodyKey{doingKey{f.Decl, settings}, goal}
	if known := p.bodies[key]; known != nil {
		return known
	}
	p.bodies[key] = b
	var off []comment
	asked := false
	conditional := len(p.tested(b.decl)) > 0
	for n := range b.nodes(goal.On) {
		deed, ok := goal.at(p, n)
		if !ok {
			continue
		}
		// What a call is made of comes first: the open in open(path).read().
		for inner := range n.Child(python.FieldFunction).Walk {
			if d, ok := goal.at(p, inner); ok {
				n, deed = inner, d
			}
		}
		if !asked {
			off, asked = comments(p.Block), true
		}
		if silenced(off, p.Block, n, deed.Rule) || silenced(off, p.Block, n, &Rule{Code: goal.Code}) || best(deed.Rule, settings.Ignore) >= 0 {
			continue
		}
		if odds := p.odds(nil, n); odds >= 0 {
			b.hits = append(b.hits, hit{Step{f, n, p.file}, deed, odds})
			if !conditional && odds == 0 && deed.Minor == 0 {
				break
			}
		}
	}
	return b
}

// at says what a node does, if it is what is looked for.
func (g *Goal) at(p *Pass, n python.Node) (deed Deed, ok bool) {
	if !n.Is(g.On...) {
		return Deed{}, false
	}
	return g.Test(p, n)
}

// Silenced says whether the user does not want to know what a rule would say of a node: a comment or the settings say so.
func (p *Pass) Silenced(n python.Node, rule *Rule) bool {
	return best(rule, p.Settings.Ignore) >= 0 || silenced(comments(p.Block), p.Block, n, rule)
}

// silenced says whether a comment suppresses what a rule would say of a node.
func silenced(off []comment, b *python.Block, n python.Node, rule *Rule) bool {
	return suppressed(off, &raw{rule: &selected{Rule: rule}, block: b, span: n.Span()})
}

// sites are the calls of functions with a known source that a node makes by itself when it is evaluated.
func (p *Pass) sites(n python.Node) []site {
	switch n.Kind() {
	case python.Call:
		fn := n.Child(python.FieldFunction)
		if t := p.Type(fn); !t.Open() && len(t.Atoms()) == 1 && t.Atoms()[0].Kind == program.ClassObject {
			var found []site
			for _, f := range p.constructors(t.Atoms()[0]) { // each of them is called
				found = append(found, site{node: n, targets: []target{f}})
			}
			if self := callOn(fn); self.how != 0 {
				found = []site{{node: n, targets: p.constructors(t.Atoms()[0]), self: self}}
			}
			return append(append(found, p.consumes(n)...), p.sorting(n)...)
		}
		found := some(site{node: n, targets: p.calledBy(n), self: callOn(fn)})
		return append(append(append(found, p.wrapping(fn)...), p.passing(n, found)...), p.consumes(n)...)
	case python.Attribute:
		if n.Field() == python.FieldFunction && n.Parent().Kind() == python.Call || n.Field() == python.FieldObject && n.Parent().Kind() == python.Call || stored(n) {
			return nil
		}
		s := site{node: n, self: callOn(n)}
		t := p.Type(n.Child(python.FieldObject)).NotNone()
		if f := p.Program.Property(t, n.Child(python.FieldAttribute).Text()); f != nil && p.follows(f) {
			s.targets = []target{bound(program.Atom{Func: f, Self: &t.Atoms()[0]})}
		}
		return some(s)
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
			return p.iterated(n.Child(python.FieldRight))
		}
	case python.Subscript:
		name := "__getitem__"
		switch {
		case n.Parent().Kind() == python.DeleteStmt:
			name = "__delitem__"
		case stored(n):
			name = "__setitem__"
		}
		return p.implicit(n, p.Type(n.Child(python.FieldValue)), name)
	case python.ComparisonOperator:
		if op := strings.Fields(n.Child(python.FieldOperators).Text()); len(op) > 0 && op[len(op)-1] == "in" {
			var container python.Node
			for c := range n.Named {
				container = c
			}
			return p.implicit(n, p.Type(container), "__contains__")
		}
	}
	return nil
}

// asks are the methods by which builtin functions ask objects.
var asks = map[string]string{
	"len": "__len__", "bool": "__bool__", "str": "__str__", "repr": "__repr__", "int": "__int__", "float": "__float__", "hash": "__hash__",
	"iter": "__iter__", "next": "__next__",
}

// consumes are the calls that a builtin function makes of its argument: by its methods, or by iterating over it.
func (p *Pass) consumes(call python.Node) []site {
	fn := call.Child(python.FieldFunction)
	if fn.Kind() != python.Identifier || asks[fn.Text()] == "" && !python.Collects[fn.Text()] {
		return nil
	}
	arg := p.Argument(call, 0, "")
	if c, ok := p.Callee(call); !ok || !arg.Valid() || strings.TrimSuffix(c.Name, ".__init__") != fn.Text() {
		return nil
	}
	if name := asks[fn.Text()]; name != "" {
		return p.implicit(arg, p.Type(arg), name)
	}
	if arg.Is(python.Call, python.GeneratorExpr) && p.Type(arg).Every(func(a program.Atom) bool { return a.Kind == program.Instance && !a.Class.Project() }) {
		return nil // a generator, whose function is called there
	}
	return p.iterated(arg)
}

// wrapping is the function that a decorator has put in place of the one that is called.
func (p *Pass) wrapping(fn python.Node) []site {
	t := p.Type(fn)
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Function || len(t.Atoms()[0].Func.Decl.Decorators) == 0 || t.Atoms()[0].Func.Decl.Async {
		return nil
	}
	var found []site
	_, _, unclear := p.Program.Decorated(t.Atoms()[0].Func)
	for _, d := range unclear {
		if !forwards(d) {
			return nil
		}
		if w := p.Program.Eval(d.Module, d.Decl.Result()); !w.Open() && len(w.Atoms()) == 1 && w.Atoms()[0].Kind == program.Function && p.follows(w.Atoms()[0].Func) {
			found = append(found, site{node: fn, targets: []target{{Func: w.Atoms()[0].Func}}})
		}
	}
	return found
}

// passing are the functions among the arguments of a call that the function which gets them calls there and then.
func (p *Pass) passing(call python.Node, called []site) []site {
	args := call.Child(python.FieldArguments)
	if len(called) != 1 || len(called[0].targets) != 1 || args.Kind() != python.ArgumentList {
		return p.sorting(call)
	}
	t := called[0].targets[0]
	runs := p.declaration(t.Func).Runs()
	if len(runs) == 0 {
		return nil
	}
	var found []site
	for q, at := range t.formal {
		if slices.Contains(runs, q.Name) && q.Kind != shape.VarArgs && q.Kind != shape.VarKw {
			found = append(found, p.passed(p.Argument(call, at, q.Name))...)
		}
	}
	return found
}

// sorting is the function that a call gives to one of the standard library that calls it there and then.
func (p *Pass) sorting(call python.Node) []site {
	switch LastName(call.Child(python.FieldFunction)) {
	case "sorted", "sort", "max", "min", "reduce", "nlargest", "nsmallest", "sub", "subn", "map", "filter":
	default:
		return nil
	}
	c, ok := p.Callee(call)
	if !ok || c.Facts.Calls == "" || c.Class != nil && !call.Consumed() {
		return nil
	}
	return p.passed(p.ArgumentOf(call, c, c.Facts.Calls))
}

// passed is the call of an argument.
func (p *Pass) passed(arg python.Node) []site {
	if !arg.Is(python.Identifier, python.Attribute, python.Lambda, python.Call) || p.Type(arg).Open() {
		return nil
	}
	return some(site{node: arg, targets: p.targets(arg, p.Type(arg)), self: callOn(arg), passed: true})
}

// some is a site if it calls something, or may do so where self is of another class.
func some(s site) []site {
	if len(s.targets) == 0 && s.self.how == 0 {
		return nil
	}
	return []site{s}
}

// stored says whether an attribute is bound or deleted where it stands, rather than read.
func stored(n python.Node) bool {
	up := n.Parent()
	for up.Is(python.PatternList, python.TuplePattern, python.ListPattern, python.ListSplatPattern, python.ExpressionList, python.TupleExpr, python.ListExpr, python.Paren) {
		n, up = up, up.Parent()
	}
	switch up.Kind() {
	case python.DeleteStmt, python.AsPatternTarget:
		return true
	case python.Assignment, python.ForStmt, python.ForInClause:
		return n.Field() == python.FieldLeft
	}
	return false
}

// entered are the calls that a with statement makes of its context manager.
func (p *Pass) entered(e python.Node) []site {
	if e.Kind() == python.Call {
		fn := e.Child(python.FieldFunction)
		if t := p.Type(fn); !t.Open() {
			s := site{node: e, targets: p.managers(t), self: callOn(fn), entered: true}
			if len(s.targets) > 0 {
				return []site{s}
			}
		}
	}
	return append(p.implicit(e, p.Type(e), "__enter__"), p.implicit(e, p.Type(e), "__exit__")...)
}

// managers are the generator functions that calls of something of a type make context managers of.
func (p *Pass) managers(t program.Type) []target {
	var found []target
	for _, a := range t.Atoms() {
		if a.Kind != program.Function || !p.declaration(a.Func).Valid() {
			return nil
		}
		if _, manager, _ := p.Program.Decorated(a.Func); !manager {
			return nil
		}
		found = append(found, bound(a))
	}
	return found
}

// iterated are the calls that a loop makes of what it iterates over.
func (p *Pass) iterated(e python.Node) []site {
	t := p.Type(e)
	found := p.implicit(e, t, "__iter__")
	return append(found, p.implicit(e, p.Program.Method(t, "__iter__"), "__next__")...)
}

// implicit is the call of a method that Python makes by itself. A generator that it gives is run.
func (p *Pass) implicit(e python.Node, t program.Type, name string) []site {
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Instance {
		return nil
	}
	var found []site
	m, _ := p.Program.Member(t.Atoms()[0], name)
	for _, a := range m.Atoms() {
		if a.Kind == program.Function && (p.follows(a.Func) || name == "__iter__" && a.Func.Decl.Generator && !a.Func.Decl.Async && p.plain(a.Func)) {
			found = append(found, site{node: e, targets: []target{bound(a)}})
		}
	}
	return found
}

// calledBy are the functions that a call runs there and then; nil when that is not known of each.
func (p *Pass) calledBy(call python.Node) []target {
	t := p.Type(call.Child(python.FieldFunction))
	if t.Open() {
		return nil
	}
	return p.targets(call, t)
}

// targets are the functions that a call of something of a type runs.
func (p *Pass) targets(call python.Node, t program.Type) []target {
	if len(t.Atoms()) > maxTargets {
		return nil
	}
	var found []target
	for _, a := range t.Atoms() {
		switch a.Kind {
		case program.NoneObject:
			continue
		case program.ClassObject:
			made := p.constructors(a)
			if len(made) == 0 {
				return nil
			}
			found = append(found, made[len(made)-1])
			continue
		case program.Instance:
			m, ok := p.method(a, "__call__")
			if !ok {
				return nil
			}
			a = m
		}
		f := a.Func
		if f != nil && p.Program.Overload(f) {
			continue // the one that is called is another
		}
		if f == nil || !p.follows(f) && !(f.Decl.Generator && !f.Decl.Async && p.plain(f) && call.Consumed()) {
			return nil
		}
		found = append(found, bound(a))
	}
	return found
}

// constructors are the methods that making an object of a class calls, as far as their source is known.
func (p *Pass) constructors(class program.Atom) []target {
	var found []target
	for _, name := range []string{"__new__", "__init__", "__post_init__"} {
		m, ok := p.method(class, name)
		if ok && p.follows(m.Func) && (name != "__post_init__" || len(found) == 0) {
			found = append(found, bound(m))
		}
	}
	return found
}

// method is the function that a class has under a name; ok is false when there is none.
func (p *Pass) method(a program.Atom, name string) (f program.Atom, ok bool) {
	a.Kind = program.Instance
	m, _ := p.Program.Member(a, name)
	if m.Open() || len(m.Atoms()) != 1 || m.Atoms()[0].Kind != program.Function {
		return program.Atom{}, false
	}
	return m.Atoms()[0], true
}

// follows says whether calling a function runs a body that is known there and then.
func (p *Pass) follows(f *program.Func) bool {
	return !f.Decl.Async && !f.Decl.Generator && p.plain(f)
}

// plain says whether the source of a function is known, and its decorators leave a call as it is.
func (p *Pass) plain(f *program.Func) bool {
	if f.Decl.Stub || !p.declaration(f).Valid() {
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
	all := program.Replacements(decorator.Decl)
	plain := 0
	for _, r := range all {
		if r.Value.Op != shape.Function || r.Value.Func.Generator {
			return false
		}
		if r.Value.Func.Async { // for coroutine functions
			if len(all) == 1 || !strings.Contains(python.Declaration(decorator.Decl).Text(), "iscoroutinefunction(") {
				return false
			}
			continue
		}
		if !calls(r.Value.Func, r.Param) {
			return false
		}
		plain++
	}
	return plain > 0
}

// calls says whether the body of a function that is nested in another one calls a parameter of that.
func calls(f *shape.Func, parameter string) bool {
	inner := python.Declaration(f)
	for n := range inner.Child(python.FieldBody).Walk {
		if n.Kind() == python.Call && n.Function() == inner && n.Child(python.FieldFunction).Value().Parameter() == parameter {
			return true
		}
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
