package python

// Flow is the control flow of one function in steps: what happens, in the order of evaluation, by every way that control
// can go through branches, loops, with and try statements. A finally body, and the exit of a context manager, occurs once for each way
// that leads out through it.
type Flow struct {
	g    *flow
	left int // how many states may still be visited
}

// Step is something that happens on a way through a function.
type Step struct {
	Kind StepKind
	Node Node
	Exc  Exc // what is on its way at StepExit, or is caught by StepCatch, or leaves the function at StepEnd
}

// StepKind is the kind of a step.
type StepKind uint8

// The steps.
const (
	noStep     StepKind = iota
	StepEval            // a call, an await or a yield gives its value
	StepRead            // a name, an attribute or a subscript is read
	StepBind            // a name, an attribute or a subscript is assigned
	StepDelete          // a name, an attribute or a subscript is deleted
	StepTrue            // a condition is known to be true, from here on
	StepFalse           // a condition is known to be false
	StepEnter           // a context manager has been entered; the node is the item: the expression, or AsPattern
	StepExit            // a context manager is left; the node is the item
	StepNext            // a for statement, or a clause of a comprehension, asks for the next item, and perhaps there is none
	StepCatch           // an except clause caught what was on its way
	StepReturn          // a return statement begins to leave, behind its value
	StepJump            // break or continue
	StepRaise           // a raise statement raises
	StepEnd             // the function ends; no node
)

// Exc is what is on its way to an except clause.
type Exc uint8

// Error and Cancelled are bits where a set is meant.
const (
	NoExc     Exc = 0
	Failure   Exc = 1 // an ordinary exception
	Cancelled Exc = 2 // asyncio.CancelledError, trio.Cancelled
)

// Manager is the expression of the with item of StepEnter and StepExit.
func (s Step) Manager() Node {
	if s.Node.Kind() == AsPattern {
		return s.Node.FirstNamed()
	}
	return s.Node
}

// Suspends says whether the coroutine may be suspended here, so that others run and cancellation can arrive.
func (s Step) Suspends() bool {
	switch s.Kind {
	case StepEval:
		return s.Node.Kind() == Await
	case StepEnter, StepExit:
		return s.Node.Up(WithStmt).IsAsync()
	case StepNext:
		return s.Node.IsAsync()
	}
	return false
}

// Raises is what may come out of the step, as a set: calls may fail, cancellation arrives where the coroutine is
// suspended, and anything may be thrown in at a yield.
func (s Step) Raises() Exc {
	switch s.Kind {
	case StepEval:
		switch s.Node.Kind() {
		case Await, Yield:
			return Failure | Cancelled
		}
		return Failure
	case StepEnter, StepExit:
		if s.Suspends() {
			return Failure | Cancelled
		}
		return Failure
	case StepNext:
		if s.Suspends() {
			return Failure | Cancelled
		}
	}
	return NoExc
}

// Flow is the control flow of a function definition or lambda; nil when it is too large to follow.
func (n Node) Flow() *Flow {
	if !n.Is(FunctionDef, Lambda) {
		return nil
	}
	s := n.b.scopeInfo().byNode[n.i]
	if s == nil {
		return nil
	}
	g := &flow{scope: s}
	b := &flowBuilder{flow: g, raises: -1, budget: 60000, steps: true}
	b.exit = b.block()
	b.cur = b.block()
	if body := n.Child(FieldBody); body.Kind() == BlockStmt {
		b.stmts(body)
	} else {
		b.expr(body)
	}
	b.edge(b.cur, b.exit)
	if g.overflow {
		return nil
	}
	return &Flow{g, maxFollowed}
}

// Walk is what [Follow] asks on its way. S is what the caller wants to know of a way.
type Walk[S comparable] struct {
	// Visit is called for each step with what is known of the way before it. It says what is known behind it, and whether
	// the way is worth following further.
	Visit func(Step, S) (S, bool)
	// Raises is what may come out of a step, as a set; nil means Step.Raises. What is known of the way is then what was
	// known before the step.
	Raises func(Step, S) Exc
	// Raised is what a raise statement with an expression raises; nil means Failure.
	Raised func(stmt Node) Exc
	// Catches says whether an except clause, or a context manager as the item of a with statement, catches what is on its way: certainly
	// (yes), certainly not (no), or perhaps (both).
	Catches func(clause Node, e Exc) (yes, no bool)
}

type wayState[S comparable] struct {
	block    int32
	exc      Exc // on its way
	handling Exc // what the innermost handler has caught
	known    S
}

// maxWays is how many states of blocks one Follow visits, and maxFollowed all that follow the same flow.
const (
	maxWays     = 20_000
	maxFollowed = 500_000
)

// Follow follows all ways through a function from its start. It is false when there are too many.
func Follow[S comparable](f *Flow, start S, w Walk[S]) bool {
	g, limit := f.g, min(maxWays, f.left)
	seen := map[wayState[S]]bool{}
	defer func() { f.left -= len(seen) }()
	var work []wayState[S]
	push := func(s wayState[S]) {
		if !seen[s] {
			seen[s] = true
			work = append(work, s)
		}
	}
	raise := func(to int32, e, handling Exc, known S) {
		if to < 0 {
			w.Visit(Step{Kind: StepEnd, Exc: e}, known)
			return
		}
		push(wayState[S]{to, e, handling, known})
	}
	push(wayState[S]{block: 1, known: start})
ways:
	for len(work) > 0 {
		if len(seen) > limit {
			return false
		}
		s := work[len(work)-1]
		work = work[:len(work)-1]
		if s.block == 0 {
			w.Visit(Step{Kind: StepEnd}, s.known)
			continue
		}
		blk := &g.blocks[s.block]
		for _, e := range blk.events {
			step := Step{Kind: e.step, Node: e.node}
			switch e.step {
			case StepReturn, StepJump:
				s.exc = NoExc
			case StepCatch:
				step.Exc = s.handling
			case StepExit:
				step.Exc = s.exc
			}
			may := NoExc
			if w.Raises != nil {
				may = w.Raises(step, s.known)
			} else {
				may = step.Raises()
			}
			for _, x := range [...]Exc{Failure, Cancelled} {
				if may&x != 0 {
					raise(blk.raises, x, s.handling, s.known)
				}
			}
			known, on := w.Visit(step, s.known)
			if !on {
				continue ways
			}
			s.known = known
			if e.step == StepRaise {
				x := Failure
				switch first := e.node.FirstNamed(); {
				case !first.Valid() || caughtName(first):
					if s.handling != NoExc {
						x = s.handling
					}
				case w.Raised != nil:
					x = w.Raised(e.node)
				}
				raise(blk.raises, x, s.handling, s.known)
				continue ways
			}
		}
		if s.exc != NoExc {
			open := true
			for _, c := range blk.clauses {
				yes, no := w.Catches(c.node, s.exc)
				if yes {
					push(wayState[S]{c.to, NoExc, s.exc, s.known})
				}
				if !no {
					open = false
					break
				}
			}
			if open && blk.passes {
				raise(blk.raises, s.exc, s.handling, s.known)
			}
			if blk.passes || len(blk.clauses) > 0 {
				continue
			}
		}
		for _, next := range blk.succ {
			push(wayState[S]{next, s.exc, s.handling, s.known})
		}
	}
	return true
}

// caughtName says whether an expression is the name that the except clause around it gives to what it caught.
func caughtName(n Node) bool {
	if n.Kind() != Identifier {
		return false
	}
	for h := n.Up(ExceptClause, FunctionDef, Lambda); h.Kind() == ExceptClause; h = h.Up(ExceptClause, FunctionDef, Lambda) {
		if p := h.FirstNamed(); p.Kind() == AsPattern {
			return p.Child(FieldAlias).Text() == n.Text()
		}
	}
	return false
}
