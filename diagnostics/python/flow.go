package python

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// flow is the control flow of one function: basic blocks of events in the order of evaluation. Edges are taken
// by every way that control can go: branches, loops, exceptions raised in a try body, and the copies of a finally
// body for each way of leaving the try.
type flow struct {
	scope    *Scope
	blocks   []basic
	bindings []*Binding          // all bindings of the function's own names, with their refinements
	killers  map[string]bitset   // the bindings of each name
	reaching map[int32][]int32   // the bindings that may reach a use, by the index of the node that reads
	before   map[*Binding]bitset // the bindings of the same name that reach a refinement or an augmented assignment
	overflow bool                // too large: everything reaches everything
	ids      map[*Binding]int
	stmts    []placedStmt
	falls    bool              // control can reach the end of the body
	dead     map[int32]bool    // statements that control does not reach
	named    map[string][]Node // the identifiers in the body, by name, when asked for
	looks    bool              // what is in the body looks at all names
}

// placedStmt is a statement and a block in which it begins; -1 where control does not come.
type placedStmt struct{ node, block int32 }

// event is a read of a name (bind == nil), or a binding. In a graph of steps it is a step.
type event struct {
	node Node
	bind *Binding
	id   int32
	step StepKind
}

type basic struct {
	events []event
	succ   []int32
	raises int32 // where an exception within goes; -1 out of the function
	seen   bool
	in     bitset

	// Of a graph of steps:
	clauses []clause // what an exception that is on its way may be caught by here, in order
	passes  bool     // an exception that is on its way goes on from here
}

// clause is an except clause, or the item of a with statement that swallows exceptions, and where control goes then.
type clause struct {
	node Node
	to   int32
}

type bitset []uint64

func (b bitset) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bitset) set(i int)      { b[i/64] |= 1 << (i % 64) }

// or adds o and says whether that changed anything.
func (b bitset) or(o bitset) bool {
	changed := false
	for i, w := range o {
		if b[i]|w != b[i] {
			b[i] |= w
			changed = true
		}
	}
	return changed
}

func (b bitset) andNot(o bitset) {
	for i, w := range o {
		b[i] &^= w
	}
}

// each calls f for each element.
func (b bitset) each(f func(i int)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			f(i*64 + bits.TrailingZeros64(w))
		}
	}
}

// frame is what a break, continue, return or exception passes on its way out.
type frame struct {
	loop      bool
	brk, cont int32
	finally   Node // the body of a finally clause
	entered   Node // the item of a with statement
	raises    int32
}

type flowBuilder struct {
	*flow
	cur    int32 // the current block; -1 where control does not come
	raises int32
	frames []frame
	exit   int32
	budget int
	steps  bool // steps, not bindings, are wanted
}

// flowOf is the control flow of a function scope, made on first use. The caller holds the lock of the block.
func (s *Scope) flowOf() *flow {
	if s.graph != nil {
		return s.graph
	}
	g := &flow{scope: s, killers: map[string]bitset{}, reaching: map[int32][]int32{}, before: map[*Binding]bitset{}, ids: map[*Binding]int{}}
	s.graph = g
	b := &flowBuilder{flow: g, raises: -1, budget: 20000}
	b.exit = b.block()
	b.cur = b.block()
	for _, l := range s.names {
		for _, bind := range l.Bindings {
			if bind.Kind == BindParam || bind.Kind == BindType {
				b.bind(bind)
			}
		}
	}
	body := s.Node.Child(FieldBody)
	if body.Kind() == BlockStmt {
		b.stmts(body)
	} else {
		b.expr(body)
	}
	b.edge(b.cur, b.exit)
	end := b.cur
	g.solve()
	g.falls = end >= 0 && g.blocks[end].seen
	return g
}

func (b *flowBuilder) block() int32 {
	b.blocks = append(b.blocks, basic{raises: b.raises})
	return int32(len(b.blocks) - 1)
}

func (b *flowBuilder) edge(from, to int32) {
	if from >= 0 && to >= 0 {
		b.blocks[from].succ = append(b.blocks[from].succ, to)
	}
}

// branch starts a block that control reaches from `from`.
func (b *flowBuilder) branch(from int32) int32 {
	if from < 0 {
		return -1
	}
	n := b.block()
	b.edge(from, n)
	return n
}

// join continues where the given ways meet.
func (b *flowBuilder) join(ways ...int32) {
	b.cur = -1
	for _, w := range ways {
		if w >= 0 {
			if b.cur < 0 {
				b.cur = b.block()
			}
			b.edge(w, b.cur)
		}
	}
}

func (b *flowBuilder) emit(e event) {
	if b.budget--; b.budget < 0 {
		b.overflow = true
		return
	}
	if b.cur >= 0 {
		blk := &b.blocks[b.cur]
		blk.events = append(blk.events, e)
	}
}

// step notes a step.
func (b *flowBuilder) step(kind StepKind, n Node) {
	if b.steps {
		b.emit(event{node: n, step: kind})
	}
}

func (b *flowBuilder) bind(bind *Binding) {
	if b.steps {
		return
	}
	id, ok := b.ids[bind]
	if !ok {
		id = len(b.bindings)
		b.bindings = append(b.bindings, bind)
		b.ids[bind] = id
	}
	b.emit(event{bind: bind, id: int32(id)})
	if b.raises >= 0 && b.cur >= 0 { // an exception may come before or behind the binding
		b.cur = b.branch(b.cur)
	}
}

// bound finds the binding of the function's scope at an identifier.
func (b *flowBuilder) bound(id Node) *Binding {
	x := id.b.scopeInfo().bound[id.i]
	if x == nil || x.Scope != b.scope {
		return nil
	}
	if l := b.scope.names[x.Name]; l == nil || l.outer {
		return nil
	}
	return x
}

func (b *flowBuilder) stmts(n Node) {
	for c := range n.Named {
		b.stmt(c)
	}
}

func (b *flowBuilder) stmt(n Node) {
	if b.budget--; b.budget < 0 {
		b.overflow = true
	}
	if b.overflow { // copies of finally bodies can be many
		return
	}
	b.flow.stmts = append(b.flow.stmts, placedStmt{n.i, b.cur})
	switch n.Kind() {
	case BlockStmt, Module:
		b.stmts(n)
	case IfStmt:
		var ends []int32
		yes, no := b.test(n.Child(FieldCondition))
		b.cur = yes
		b.stmt(n.Child(FieldConsequence))
		ends = append(ends, b.cur)
		b.cur = no
		for c := range n.Named {
			switch c.Kind() {
			case ElifClause:
				yes, no := b.test(c.Child(FieldCondition))
				b.cur = yes
				b.stmt(c.Child(FieldConsequence))
				ends = append(ends, b.cur)
				b.cur = no
			case ElseClause:
				b.stmt(c.Child(FieldBody))
			}
		}
		b.join(append(ends, b.cur)...)
	case WhileStmt:
		head := b.branch(b.cur)
		b.cur = head
		yes, no := b.test(n.Child(FieldCondition))
		after := b.block()
		b.frames = append(b.frames, frame{loop: true, brk: after, cont: head})
		b.cur = yes
		b.stmt(n.Child(FieldBody))
		b.edge(b.cur, head)
		b.frames = b.frames[:len(b.frames)-1]
		b.cur = no
		b.elseBody(n)
		b.edge(b.cur, after)
		b.cur = after
	case ForStmt:
		b.expr(n.Child(FieldRight))
		head := b.branch(b.cur)
		after := b.block()
		b.cur = head
		b.step(StepNext, n)
		b.cur = b.branch(head)
		b.target(n.Child(FieldLeft))
		b.frames = append(b.frames, frame{loop: true, brk: after, cont: head})
		b.stmt(n.Child(FieldBody))
		b.edge(b.cur, head)
		b.frames = b.frames[:len(b.frames)-1]
		b.cur = b.branch(head)
		b.elseBody(n)
		b.edge(b.cur, after)
		b.cur = after
	case TryStmt:
		b.try(n)
	case WithStmt:
		b.with(n)
	case MatchStmt:
		subject := n.Child(FieldSubject)
		b.expr(subject)
		var ends []int32
		wild := false
		for c := range n.Child(FieldBody).Named {
			if c.Kind() != CaseClause {
				continue
			}
			from := b.cur
			b.cur = b.branch(from)
			for p := range c.Walk {
				if p.Kind() == Identifier {
					if x := b.bound(p); x != nil && x.Kind == BindMatch {
						b.bind(x)
						b.step(StepBind, p)
					}
				}
			}
			guard := c.Child(FieldGuard)
			pattern := c.FirstNamed()
			class, only := classOf(pattern)
			if class.Valid() && !b.steps {
				b.note(subject, refinement{testInstance, class})
			}
			b.expr(guard)
			b.stmt(c.Child(FieldConsequence))
			ends = append(ends, b.cur)
			b.cur = b.branch(from)
			if only && !guard.Valid() && !b.steps {
				b.note(subject, refinement{testNotInstance, class})
			}
			if !guard.Valid() && pattern.Text() == "_" {
				wild = true
			}
		}
		if wild {
			b.cur = -1
		}
		b.join(append(ends, b.cur)...)
	case ReturnStmt:
		b.exprs(n)
		b.step(StepReturn, n)
		b.leave(0)
		b.edge(b.cur, b.exit)
		b.cur = -1
	case RaiseStmt:
		b.exprs(n)
		if b.steps {
			b.step(StepRaise, n)
		} else {
			b.edge(b.cur, b.raises)
		}
		b.cur = -1
	case BreakStmt, ContinueStmt:
		b.step(StepJump, n)
		for i := len(b.frames) - 1; i >= 0; i-- {
			if f := b.frames[i]; f.loop {
				b.leave(i + 1)
				if n.Kind() == BreakStmt {
					b.edge(b.cur, f.brk)
				} else {
					b.edge(b.cur, f.cont)
				}
				break
			}
		}
		b.cur = -1
	case FunctionDef, ClassDef, DecoratedDef:
		b.definition(n)
	case AssertStmt:
		b.exprs(n)
		if cond := n.FirstNamed(); cond.Valid() {
			b.refine(cond, true)
		}
	case DeleteStmt:
		if b.steps {
			b.deleted(n)
			return
		}
		for c := range n.Walk {
			if c.Kind() == Identifier {
				if x := b.bound(c); x != nil {
					b.bind(x)
				} else {
					b.expr(c)
				}
			}
		}
	case ImportStmt, ImportFrom, FutureImport, TypeAliasStmt:
		for c := range n.Walk {
			if c.Is(Identifier, DottedName) {
				if x := b.bound(c); x != nil {
					b.bind(x)
				}
			}
		}
	case GlobalStmt, NonlocalStmt:
	default:
		b.exprs(n)
	}
}

func (b *flowBuilder) elseBody(n Node) {
	for c := range n.Named {
		if c.Kind() == ElseClause {
			b.stmt(c.Child(FieldBody))
		}
	}
}

// leave runs the finally bodies that a jump passes on its way to frame number down.
func (b *flowBuilder) leave(down int) {
	frames, raises := b.frames, b.raises
	for i := len(frames) - 1; i >= down && b.cur >= 0; i-- {
		f := frames[i]
		if f.loop {
			continue
		}
		b.frames, b.raises = frames[:i], f.raises
		b.cur = b.branch(b.cur)
		if f.finally.Valid() {
			b.stmt(f.finally)
		} else {
			b.step(StepExit, f.entered)
		}
	}
	b.frames, b.raises = frames, raises
	if b.overflow {
		b.cur = -1
	}
}

func (b *flowBuilder) try(n Node) {
	var finally Node
	var handlers []Node
	for c := range n.Named {
		switch c.Kind() {
		case FinallyClause:
			for s := range c.Named {
				if s.Kind() == BlockStmt {
					finally = s
				}
			}
		case ExceptClause, ExceptGroupClause:
			handlers = append(handlers, c)
		}
	}
	outer := b.raises
	unwind := outer // where an exception goes that no handler takes
	if finally.Valid() {
		unwind = b.block()
		b.frames = append(b.frames, frame{finally: finally, raises: outer})
	}
	caught := unwind
	if len(handlers) > 0 {
		b.raises = unwind
		caught = b.block()
	}
	b.raises = caught
	b.cur = b.branch(b.cur)
	b.stmt(n.Child(FieldBody))
	b.raises = unwind
	b.cur = b.branch(b.cur)
	b.elseBody(n)
	ends := []int32{b.cur}
	next := caught
	for _, h := range handlers {
		b.cur = b.catch(next, h)
		b.step(StepCatch, h)
		for c := range h.Named {
			if c.Kind() == BlockStmt {
				b.stmt(c)
			} else {
				b.except(c)
			}
		}
		ends = append(ends, b.cur)
	}
	if len(handlers) > 0 {
		b.pass(next, unwind)
	}
	b.raises = outer
	if finally.Valid() {
		b.frames = b.frames[:len(b.frames)-1]
		b.join(ends...)
		if b.cur >= 0 {
			b.stmt(finally)
		}
		normal := b.cur
		b.cur = unwind
		b.stmt(finally)
		b.pass(b.cur, outer)
		b.cur = normal
		return
	}
	b.join(ends...)
}

// catch starts a block for a clause that an exception may come to from `from`.
func (b *flowBuilder) catch(from int32, node Node) int32 {
	if !b.steps {
		return b.branch(from)
	}
	to := b.block()
	b.blocks[from].clauses = append(b.blocks[from].clauses, clause{node, to})
	return to
}

// pass lets an exception go on from `from` to `to`, which is where exceptions of that block go.
func (b *flowBuilder) pass(from, to int32) {
	if !b.steps {
		b.edge(from, to)
	} else if from >= 0 {
		b.blocks[from].passes = true
	}
}

// except is the clause between "except" and its body.
func (b *flowBuilder) except(n Node) {
	if n.Kind() == AsPattern {
		b.expr(n.FirstNamed())
		b.target(n.Child(FieldAlias))
		return
	}
	b.expr(n)
}

func (b *flowBuilder) with(n Node) {
	if b.steps {
		var items []Node
		for c := range n.Named {
			if c.Kind() == WithClause {
				items = managers(c, items)
			}
		}
		b.within(n, items)
		return
	}
	swallows := false
	for c := range n.Walk {
		if c.Kind() == BlockStmt {
			break
		}
		if c.Kind() == Identifier && (c.Text() == "suppress" || c.Text() == "raises") {
			swallows = true
		}
	}
	for c := range n.Named {
		if c.Kind() == WithClause {
			b.withItems(c)
		}
	}
	if !swallows {
		b.stmt(n.Child(FieldBody))
		return
	}
	outer := b.raises
	caught := b.block()
	b.raises = caught
	b.cur = b.branch(b.cur)
	b.stmt(n.Child(FieldBody))
	b.raises = outer
	b.join(b.cur, caught)
}

// managers are the items of a with clause: expressions, or AsPattern.
func managers(n Node, items []Node) []Node {
	for c := range n.Named {
		switch c.Kind() {
		case WithItem, TupleExpr, Paren:
			items = managers(c, items)
		default:
			items = append(items, c)
		}
	}
	return items
}

// within are the steps of the items of a with statement and of its body.
func (b *flowBuilder) within(n Node, items []Node) {
	if len(items) == 0 {
		b.stmt(n.Child(FieldBody))
		return
	}
	item := items[0]
	if item.Kind() == AsPattern {
		b.expr(item.FirstNamed())
		b.step(StepEnter, item)
		b.target(item.Child(FieldAlias))
	} else {
		b.expr(item)
		b.step(StepEnter, item)
	}
	outer := b.raises
	unwind := b.block()
	b.frames = append(b.frames, frame{entered: item, raises: outer})
	b.raises = unwind
	b.cur = b.branch(b.cur)
	b.within(n, items[1:])
	b.raises = outer
	b.frames = b.frames[:len(b.frames)-1]
	b.cur = b.branch(b.cur)
	b.step(StepExit, item)
	normal := b.cur
	b.cur = unwind
	b.step(StepExit, item)
	after := b.catch(unwind, item)
	b.pass(unwind, outer)
	b.join(normal, after)
}

// deleted are the steps of a del statement.
func (b *flowBuilder) deleted(n Node) {
	for c := range n.Named {
		switch c.Kind() {
		case ExpressionList, TupleExpr, Paren:
			b.deleted(c)
		case Identifier:
			b.step(StepDelete, c)
		default:
			b.operands(c)
			b.step(StepDelete, c)
		}
	}
}

// operands are the steps of what an attribute or subscript is taken of.
func (b *flowBuilder) operands(n Node) {
	switch n.Kind() {
	case Attribute:
		b.expr(n.Child(FieldObject))
	default:
		b.exprs(n)
	}
}

func (b *flowBuilder) withItems(n Node) {
	for c := range n.Named {
		switch c.Kind() {
		case WithItem, TupleExpr, Paren:
			b.withItems(c)
		case AsPattern:
			b.expr(c.FirstNamed())
			b.target(c.Child(FieldAlias))
		default:
			b.expr(c)
		}
	}
}

// definition is a nested function or class: its decorators and defaults are evaluated, its name is bound. The body
// of a class runs at once.
func (b *flowBuilder) definition(n Node) {
	switch n.Kind() {
	case DecoratedDef:
		for c := range n.Named {
			if c.Kind() == Decorator {
				b.exprs(c)
			}
		}
		b.definition(n.Child(FieldDefinition))
	case FunctionDef:
		b.defaults(n.Child(FieldParameters))
		if x := b.bound(n.Child(FieldName)); x != nil {
			b.bind(x)
		}
		b.step(StepBind, n.Child(FieldName))
	case ClassDef:
		b.expr(n.Child(FieldSuperclasses))
		for c := range n.Child(FieldBody).Named {
			b.stmt(c)
		}
		if x := b.bound(n.Child(FieldName)); x != nil {
			b.bind(x)
		}
		b.step(StepBind, n.Child(FieldName))
	}
}

func (b *flowBuilder) defaults(params Node) {
	for p := range params.Named {
		b.expr(p.Child(FieldType))
		b.expr(p.Child(FieldValue))
	}
}

// target evaluates and binds an assignment target.
func (b *flowBuilder) target(n Node) {
	switch n.Kind() {
	case Identifier:
		if b.steps {
			b.step(StepBind, n)
		} else if x := b.bound(n); x != nil {
			b.bind(x)
		}
	case PatternList, TuplePattern, ListPattern, TupleExpr, ListExpr, ExpressionList, AsPatternTarget, Paren, ListSplatPattern, ListSplat:
		for c := range n.Named {
			b.target(c)
		}
	default:
		if b.steps {
			b.operands(n)
			b.step(StepBind, n)
			return
		}
		b.expr(n)
	}
}

func (b *flowBuilder) exprs(n Node) {
	for c := range n.Named {
		b.expr(c)
	}
}

func (b *flowBuilder) expr(n Node) {
	switch n.Kind() {
	case Invalid, Token, Comment, IntLit, FloatLit, True, False, None:
	case Identifier:
		if b.steps {
			b.step(StepRead, n)
		} else if b.scope.names[n.Text()] != nil {
			b.emit(event{node: n})
		}
	case Assignment:
		right := n.Child(FieldRight)
		b.expr(right)
		b.target(n.Child(FieldLeft))
	case AugmentedAssignment:
		left := n.Child(FieldLeft)
		b.expr(left)
		b.expr(n.Child(FieldRight))
		if left.Kind() == Identifier {
			b.target(left)
		} else {
			b.step(StepBind, left)
		}
	case NamedExpression:
		b.expr(n.Child(FieldValue))
		b.target(n.Child(FieldName))
	case BooleanOperator:
		yes, no := b.test(n.Child(FieldLeft))
		skip := no
		b.cur = yes
		if n.Child(FieldOperator).Text() == "or" {
			skip, b.cur = yes, no
		}
		b.expr(n.Child(FieldRight))
		b.join(skip, b.cur)
	case ConditionalExpression:
		var parts []Node
		for c := range n.Named {
			parts = append(parts, c)
		}
		if len(parts) != 3 {
			b.exprs(n)
			return
		}
		yes, no := b.test(parts[1])
		b.cur = yes
		b.expr(parts[0])
		yes = b.cur
		b.cur = no
		b.expr(parts[2])
		b.join(yes, b.cur)
	case Attribute:
		b.expr(n.Child(FieldObject))
		b.step(StepRead, n)
	case Subscript:
		b.exprs(n)
		b.step(StepRead, n)
	case Call, Await, Yield:
		b.exprs(n)
		b.step(StepEval, n)
	case KeywordArgument:
		b.expr(n.Child(FieldValue))
	case Lambda:
		b.defaults(n.Child(FieldParameters))
	case FunctionDef, ClassDef, DecoratedDef:
		b.definition(n)
	case ListComp, SetComp, DictComp, GeneratorExpr:
		for c := range n.Named {
			if c.Kind() == ForInClause {
				b.expr(c.Child(FieldRight))
				break
			}
		}
		before := b.cur
		b.cur = b.branch(before)
		first := true
		for c := range n.Named {
			if c.Kind() == ForInClause {
				if !first {
					b.expr(c.Child(FieldRight))
				}
				first = false
				b.step(StepNext, c)
				if !b.steps {
					b.expr(c.Child(FieldLeft))
				}
			} else if c.Kind() == IfClause {
				b.exprs(c)
				if cond := c.FirstNamed(); cond.Valid() {
					b.refine(cond, true)
				}
			}
		}
		for c := range n.Named {
			if !c.Is(ForInClause, IfClause) {
				b.expr(c)
			}
		}
		b.join(before, b.cur)
	default:
		b.exprs(n)
	}
}

// test evaluates a condition and gives the blocks where it is true and where it is false; -1 where it never is.
func (b *flowBuilder) test(cond Node) (yes, no int32) {
	cond = cond.Unwrap()
	switch cond.Kind() {
	case NotOperator:
		yes, no = b.test(cond.Child(FieldArgument))
		return no, yes
	case BooleanOperator:
		y1, n1 := b.test(cond.Child(FieldLeft))
		if cond.Child(FieldOperator).Text() == "and" {
			b.cur = y1
			y2, n2 := b.test(cond.Child(FieldRight))
			b.join(n1, n2)
			return y2, b.cur
		}
		b.cur = n1
		y2, n2 := b.test(cond.Child(FieldRight))
		b.join(y1, y2)
		return b.cur, n2
	}
	b.expr(cond)
	from := b.cur
	yes, no = -1, -1
	if !neverTrue(cond) {
		b.cur = b.branch(from)
		b.refine(cond, true)
		yes = b.cur
	}
	if !AlwaysTrue(cond) {
		b.cur = b.branch(from)
		b.refine(cond, false)
		no = b.cur
	}
	return yes, no
}

// refine notes what a condition tells about names when it is true or false.
func (b *flowBuilder) refine(cond Node, truth bool) {
	cond = cond.Unwrap()
	if b.steps {
		b.known(cond, truth)
		return
	}
	switch cond.Kind() {
	case NotOperator:
		b.refine(cond.Child(FieldArgument), !truth)
	case BooleanOperator:
		if (cond.Child(FieldOperator).Text() == "and") == truth {
			b.refine(cond.Child(FieldLeft), truth)
			b.refine(cond.Child(FieldRight), truth)
		}
	case Identifier:
		if truth {
			b.note(cond, refinement{kind: testNotNone})
		}
	case NamedExpression:
		if truth {
			b.note(cond.Child(FieldName), refinement{kind: testNotNone})
		}
	case ComparisonOperator:
		left := cond.FirstNamed()
		op := cond.Child(FieldOperators)
		right := Node{}
		if left.Valid() {
			for c := left.Next(); c.Valid(); c = c.Next() {
				if !c.Is(Token, Comment) {
					right = c
				}
			}
		}
		if left.Kind() == NamedExpression {
			left = left.Child(FieldName)
		}
		left = left.Unwrap()
		if left.Kind() == NamedExpression {
			left = left.Child(FieldName)
		}
		if right.Kind() == None && ((op.Text() == "is not" || op.Text() == "!=") == truth) {
			b.note(left, refinement{kind: testNotNone})
		}
	case Call:
		fn := cond.Child(FieldFunction)
		if fn.Kind() == Attribute {
			fn = fn.Child(FieldAttribute)
		}
		args := cond.Child(FieldArguments)
		arg := args.FirstNamed()
		kind := testOf(fn.Text())
		if arg.Kind() == NamedExpression {
			arg = arg.Child(FieldName)
		}
		if kind == testInstance && fn.Text() == "isinstance" {
			of := Node{}
			for c := range args.Named {
				of = c
			}
			if truth {
				b.note(arg, refinement{testInstance, of})
			} else {
				b.note(arg, refinement{testNotInstance, of})
			}
		} else if kind != testNone && !ordinaryAttribute(fn, args) {
			b.note(arg, refinement{kind: testOpaque})
		}
	}
}

// known are the steps that tell what a condition is.
func (b *flowBuilder) known(cond Node, truth bool) {
	switch {
	case cond.Kind() == NotOperator:
		b.known(cond.Child(FieldArgument).Unwrap(), !truth)
	case cond.Kind() == BooleanOperator:
		if (cond.Child(FieldOperator).Text() == "and") == truth {
			b.known(cond.Child(FieldLeft).Unwrap(), truth)
			b.known(cond.Child(FieldRight).Unwrap(), truth)
		}
	case truth:
		b.step(StepTrue, cond)
	default:
		b.step(StepFalse, cond)
	}
}

// ordinaryAttribute says whether a test is hasattr for an attribute that has nothing to do with protocols such as
// __await__: whatever the answer, the object is still of its class.
func ordinaryAttribute(fn, args Node) bool {
	if fn.Text() != "hasattr" {
		return false
	}
	last := Node{}
	for c := range args.Named {
		last = c
	}
	return last.Kind() == String && !strings.Contains(last.Text(), "__")
}

// note binds a name anew, as what it was and what a test tells. Only names that some test tells about matter.
func (b *flowBuilder) note(id Node, r refinement) {
	if id.Kind() != Identifier || b.cur < 0 {
		return
	}
	l := b.scope.names[id.Text()]
	if l == nil || l.outer || len(l.Bindings) == 0 || r.kind != testNotNone && !l.refined || r.kind == testNotNone && len(l.Bindings) < 2 && !l.refined {
		return
	}
	b.bind(&Binding{Kind: bindRefine, Name: l.Name, Node: id, Scope: b.scope, test: r})
}

// solve finds the bindings that reach each read.
func (g *flow) solve() {
	words := (len(g.bindings) + 63) / 64
	for i, x := range g.bindings {
		k := g.killers[x.Name]
		if k == nil {
			k = make(bitset, words)
			g.killers[x.Name] = k
		}
		k.set(i)
	}
	if g.overflow {
		return
	}
	for i := range g.blocks {
		g.blocks[i].in = make(bitset, words)
	}
	// The entry is block 1.
	g.blocks[1].seen = true
	work := []int32{1}
	out, within := make(bitset, words), make(bitset, words)
	for len(work) > 0 {
		i := work[len(work)-1]
		work = work[:len(work)-1]
		blk := &g.blocks[i]
		copy(out, blk.in)
		copy(within, blk.in)
		for _, e := range blk.events {
			if e.bind != nil {
				out.andNot(g.killers[e.bind.Name])
				out.set(int(e.id))
				within.set(int(e.id))
			}
		}
		flowTo := func(to int32, state bitset) {
			if to < 0 {
				return
			}
			t := &g.blocks[to]
			if t.in.or(state) || !t.seen {
				t.seen = true
				work = append(work, to)
			}
		}
		for _, s := range blk.succ {
			flowTo(s, out)
		}
		flowTo(blk.raises, within)
	}
	g.dead = map[int32]bool{}
	for _, s := range g.stmts {
		if s.block < 0 || !g.blocks[s.block].seen {
			g.dead[s.node] = true
		}
	}
	for _, s := range g.stmts {
		if s.block >= 0 && g.blocks[s.block].seen {
			delete(g.dead, s.node)
		}
	}
	defer func() {
		for _, ids := range g.reaching { // in the order of the text, whatever the order of the blocks
			slices.SortFunc(ids, func(a, b int32) int { return cmp.Compare(g.bindings[a].Node.i, g.bindings[b].Node.i) })
		}
	}()
	state := make(bitset, words)
	for i := range g.blocks {
		blk := &g.blocks[i]
		if !blk.seen {
			continue
		}
		copy(state, blk.in)
		for _, e := range blk.events {
			if e.bind == nil {
				k := g.killers[e.node.Text()]
				ids := g.reaching[e.node.i]
				state.each(func(id int) {
					if k != nil && k.has(id) && !containsID(ids, int32(id)) {
						ids = append(ids, int32(id))
					}
				})
				if ids == nil {
					ids = []int32{}
				}
				g.reaching[e.node.i] = ids
				continue
			}
			if e.bind.Kind == bindRefine || e.bind.Kind == BindAugment {
				prev := g.before[e.bind]
				if prev == nil {
					prev = make(bitset, words)
					g.before[e.bind] = prev
				}
				k := g.killers[e.bind.Name]
				for w := range prev {
					prev[w] |= state[w] & k[w]
				}
			}
			state.andNot(g.killers[e.bind.Name])
			state.set(int(e.id))
		}
	}
}

func containsID(ids []int32, id int32) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

// AlwaysTrue says whether a condition is a constant that is true.
func AlwaysTrue(cond Node) bool {
	cond = cond.Unwrap()
	return cond.Kind() == True || cond.Kind() == IntLit && cond.Text() != "0"
}

// neverTrue says whether a condition is never true when the program runs.
func neverTrue(cond Node) bool {
	cond = cond.Unwrap()
	switch cond.Kind() {
	case False:
		return true
	case IntLit:
		return cond.Text() == "0"
	case Identifier:
		return cond.Text() == "TYPE_CHECKING"
	case Attribute:
		return cond.Child(FieldAttribute).Text() == "TYPE_CHECKING"
	case BooleanOperator:
		left, right := neverTrue(cond.Child(FieldLeft)), neverTrue(cond.Child(FieldRight))
		return left && right || (left || right) && cond.Child(FieldOperator).Text() == "and"
	}
	return false
}
