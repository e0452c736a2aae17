package python

// Live says whether the node is worth a finding: it is not in a region that could not be parsed, control can reach
// it, and it is not under TYPE_CHECKING.
func (n Node) Live() bool {
	if !n.Valid() {
		return false
	}
	child := n
	for p := n; p.Valid(); child, p = p, p.Parent() {
		switch p.Kind() {
		case Error:
			return false
		case IfStmt:
			if child.Field() == FieldConsequence && neverTrue(p.Child(FieldCondition)) {
				return false
			}
		}
		if p.Parent().Is(BlockStmt, Module) || !p.Parent().Valid() {
			// p is a statement. What is broken elsewhere in a compound statement does not matter.
			if p.Broken() && (child == p || child.Kind() != BlockStmt && child.Broken() || simple(p)) {
				return false
			}
		}
	}
	return !n.dead()
}

// neverRuns says whether the node is under TYPE_CHECKING or another condition that is never true when the program runs.
func neverRuns(n Node) bool {
	child := n
	for p := n.Parent(); p.Valid(); child, p = p, p.Parent() {
		if p.Kind() == IfStmt && child.Field() == FieldConsequence && neverTrue(p.Child(FieldCondition)) {
			return true
		}
	}
	return false
}

// simple says whether a statement has no body.
func simple(n Node) bool {
	for c := range n.Named {
		if c.Is(BlockStmt, ElseClause, ExceptClause, FinallyClause, WithClause, FunctionDef, ClassDef, CaseClause) {
			return false
		}
	}
	return true
}

// dead says whether control never reaches the statement that holds the node within its function.
func (n Node) dead() bool {
	for fn := n.Function(); fn.Kind() == FunctionDef; fn = fn.Function() {
		s := n.b.scopeInfo().byNode[fn.i]
		if s == nil {
			return false
		}
		n.b.lower.lock()
		g := s.flowOf()
		n.b.lower.mu.Unlock()
		for p := n; p.Valid() && p != fn; p = p.Parent() {
			if g.dead[p.i] {
				return true
			}
		}
		n = fn
	}
	return false
}
