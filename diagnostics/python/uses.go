package python

import (
	"slices"
	"strings"
)

// Discarded calls yield for each expression of an expression statement whose value is evaluated and thrown away: the
// expression itself, the branches of a conditional, the right side of "and" and "or", the items of a display.
func Discarded(stmt Node) func(yield func(Node) bool) {
	return func(yield func(Node) bool) {
		for c := range stmt.Named {
			if !discarded(c, yield) {
				return
			}
		}
	}
}

func discarded(n Node, yield func(Node) bool) bool {
	switch n.Kind() {
	case Paren, TupleExpr, ExpressionList, ListExpr, SetExpr:
		for c := range n.Named {
			if !discarded(c, yield) {
				return false
			}
		}
		return true
	case ConditionalExpression:
		i := 0
		for c := range n.Named {
			if i != 1 && !discarded(c, yield) {
				return false
			}
			i++
		}
		return true
	case BooleanOperator:
		return discarded(n.Child(FieldRight), yield)
	case ListComp, SetComp:
		return discarded(n.Child(FieldBody), yield)
	case Assignment, AugmentedAssignment, NamedExpression, ListSplat, ParenthesizedListSplat:
		return true
	}
	return yield(n)
}

// Binding is the binding that an identifier makes; nil when it only reads the name, or binds it elsewhere (global).
func (n Node) Binding() *Binding {
	if n.Kind() != Identifier {
		return nil
	}
	x := n.b.scopeInfo().bound[n.i]
	if x == nil {
		return nil
	}
	if l := n.Scope().Lookup(n.Text()); l == nil || l.Scope != x.Scope {
		return nil
	}
	return x
}

// Reads are the nodes that read what a binding of a local name of a function gives the name. sure is false when there may
// be others: the name is read by a nested function or through locals(), belongs to a class or module, or the
// function is too large to follow.
func (x *Binding) Reads() (reads []Node, sure bool) {
	l := x.Scope.Lookup(x.Name)
	if l == nil || l.Scope != x.Scope || x.Scope.Kind != FunctionScope || l.Captured {
		return nil, false
	}
	fn := x.Scope.Node
	b := fn.b
	b.lower.lock()
	defer b.lower.mu.Unlock()
	g := x.Scope.flowOf()
	if g.overflow {
		return nil, false
	}
	// What a test tells about a name binds it anew; reads behind the test read the same value.
	reach := map[int32]bool{}
	if id, ok := g.ids[x]; ok {
		reach[int32(id)] = true
	}
	for changed := true; changed; {
		changed = false
		for id, y := range g.bindings {
			if y.Kind != bindRefine || y.Name != x.Name || reach[int32(id)] {
				continue
			}
			prev := g.before[y]
			if prev == nil {
				continue
			}
			prev.each(func(i int) {
				if reach[int32(i)] && !reach[int32(id)] {
					reach[int32(id)] = true
					changed = true
				}
			})
		}
	}
	g.list(fn)
	if g.looks {
		return nil, false
	}
	for _, n := range g.named[x.Name] {
		if slices.ContainsFunc(g.reaching[n.i], func(id int32) bool { return reach[id] }) {
			reads = append(reads, n)
		}
	}
	return reads, true
}

// list lists the identifiers in the body of the function.
func (g *flow) list(fn Node) {
	if g.named != nil {
		return
	}
	g.named = map[string][]Node{}
	for n := range fn.Child(FieldBody).Walk {
		if n.Kind() != Identifier {
			continue
		}
		name := n.Text()
		g.named[name] = append(g.named[name], n)
		switch name {
		case "locals", "vars", "eval", "exec", "breakpoint":
			g.looks = g.looks || n.Field() == FieldFunction
		}
	}
}

// Again says whether control can come from one read of a local name to another read of it, or to the same one again,
// with nothing bound to the name between. raising says whether an exception that the first read's expression raises
// counts as a way.
func (n Node) Again(other Node, raising bool) bool {
	l := n.Scope().Lookup(n.Text())
	if l == nil || l.Scope.Kind != FunctionScope {
		return false
	}
	b := n.b
	b.lower.lock()
	defer b.lower.mu.Unlock()
	g := l.Scope.flowOf()
	if g.overflow {
		return false
	}
	seen := make([]bool, len(g.blocks))
	var work []int32
	push := func(to int32) {
		if to >= 0 && !seen[to] {
			seen[to] = true
			work = append(work, to)
		}
	}
	// scan follows the events of a block and says whether the other read came.
	scan := func(blk *basic, from int, raises bool) bool {
		if raises {
			push(blk.raises)
		}
		for _, e := range blk.events[from:] {
			switch {
			case e.bind == nil && e.node == other:
				return true
			case e.bind != nil && e.bind.Name == l.Name && e.bind.Kind != bindRefine:
				return false
			}
		}
		for _, s := range blk.succ {
			push(s)
		}
		return false
	}
	for i := range g.blocks {
		blk := &g.blocks[i]
		if !blk.seen {
			continue
		}
		for k, e := range blk.events {
			if e.bind == nil && e.node == n && scan(blk, k+1, raising) {
				return true
			}
		}
	}
	for len(work) > 0 {
		i := work[len(work)-1]
		work = work[:len(work)-1]
		if blk := &g.blocks[i]; scan(blk, 0, true) {
			return true
		}
	}
	return false
}

// Deferred says whether a node is evaluated where a generator expression is iterated, and that is not there and then.
func (n Node) Deferred() bool {
	child := n
	for up := n.Parent(); up.Valid() && !up.Is(FunctionDef, Lambda, ClassDef); child, up = up, up.Parent() {
		if up.Kind() != GeneratorExpr || up.Consumed() {
			continue
		}
		first := Node{}
		for c := range up.Named {
			if c.Kind() == ForInClause {
				first = c
				break
			}
		}
		if child != first || !n.Inside(first.Child(FieldRight)) {
			return true
		}
	}
	return false
}

// Consumed says whether what a call of a generator function gives is iterated there and then.
func (n Node) Consumed() bool {
	parent := n.Parent()
	if n.Kind() == GeneratorExpr && parent.Kind() == Call { // the only argument, without parentheses of its own
		parent = n
	}
	switch parent.Kind() {
	case ForStmt, ForInClause:
		return n.Field() == FieldRight && !parent.IsAsync()
	case Yield, ListSplat:
		return true
	case Assignment:
		return n.Field() == FieldRight && parent.Child(FieldLeft).Is(PatternList, TuplePattern, ListPattern)
	case ArgumentList, GeneratorExpr:
		name := parent.Parent().Child(FieldFunction).Text()
		return Collects[name] || name == "next" || strings.HasSuffix(name, ".join")
	}
	return false
}

// Collects are the builtins that iterate over their argument to its end.
var Collects = map[string]bool{
	"list": true, "tuple": true, "set": true, "frozenset": true, "sorted": true, "sum": true, "any": true, "all": true, "max": true, "min": true, "dict": true,
}

// Parameter is the parameter of the function around it that an identifier is the name of.
func (n Node) Parameter() (name string, ok bool) {
	if n.Kind() != Identifier || n.Field() == FieldAttribute || n.Field() == FieldName && n.Parent().Kind() == KeywordArgument {
		return "", false
	}
	l := n.Scope().Lookup(n.Text())
	if l == nil || len(l.Bindings) == 0 || l.Bindings[0].Kind != BindParam || l.Scope.Node != n.Function() {
		return "", false
	}
	return l.Name, true
}

// Runs are the parameters that a function, given by its definition, calls there and then and does not await.
func (n Node) Runs() []string {
	var names []string
	for c := range n.Child(FieldBody).Walk {
		if c.Kind() != Call || !c.Child(FieldFunction).Is(Identifier) || c.Function() != n || c.Parent().Kind() == Await || c.Deferred() {
			continue
		}
		if name, ok := c.Child(FieldFunction).Parameter(); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Replaced are the attributes that the block assigns, as they are spelled, and the names that its calls of setattr and of patch.object
// are given: methods in whose place something else stands, as in tests. It is safe for concurrent use.
func (b *Block) Replaced() map[string]bool {
	b.swapOnce.Do(func() {
		add := func(name string) {
			if b.swaps == nil {
				b.swaps = map[string]bool{}
			}
			b.swaps[name] = true
		}
		for n := range b.Root().Walk {
			switch n.Kind() {
			case Assignment:
				if left := n.Child(FieldLeft); left.Kind() == Attribute {
					add(left.Text())
				}
			case Call:
				fn := n.Child(FieldFunction)
				if fn.Kind() == Attribute {
					fn = fn.Child(FieldAttribute)
				}
				if name := fn.Text(); name != "setattr" && name != "object" {
					continue
				}
				for a := range n.Child(FieldArguments).Named {
					if a.Kind() == String {
						add(strings.Trim(a.Text(), `"'`))
					}
				}
			}
		}
	})
	return b.swaps
}
