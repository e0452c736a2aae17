package python

import (
	"slices"
	"sort"
)

// Node is a node of the syntax tree of a block. The zero value is no node: its kind is Invalid and it has no
// children. Nodes are values and can be compared. Offsets are bytes from the start of the block.
type Node struct {
	b *Block
	i int32
}

func (n Node) n() *node { return &n.b.tree().nodes[n.i] }

// Valid says whether there is a node.
func (n Node) Valid() bool { return n.b != nil }

// Kind is the kind of the node.
func (n Node) Kind() Kind {
	if n.b == nil {
		return Invalid
	}
	return n.n().kind
}

// Is says whether the node is of one of the kinds.
func (n Node) Is(kinds ...Kind) bool {
	k := n.Kind()
	for _, o := range kinds {
		if k == o {
			return true
		}
	}
	return false
}

// Field is the role of the node in its parent.
func (n Node) Field() Field {
	if n.b == nil {
		return NoField
	}
	return n.n().field
}

// Block is the block that the node is in.
func (n Node) Block() *Block { return n.b }

// Index is the number of the node within its block, in preorder.
func (n Node) Index() int { return int(n.i) }

// Span is where the node stands, in bytes from the start of its block.
func (n Node) Span() Span {
	if n.b == nil {
		return Span{}
	}
	nd := n.n()
	return Span{int(nd.start), int(nd.end)}
}

// Text is the source text of the node.
func (n Node) Text() string {
	if n.b == nil {
		return ""
	}
	nd := n.n()
	return n.b.src[nd.start:nd.end]
}

// Parent is the node around it; no node for the root of the block.
func (n Node) Parent() Node {
	if n.b == nil {
		return Node{}
	}
	t := n.b.tree()
	if n.i == t.root || t.nodes[n.i].parent < 0 {
		return Node{}
	}
	return Node{n.b, t.nodes[n.i].parent}
}

// First is the first child.
func (n Node) First() Node {
	if n.b == nil || n.n().last == n.i+1 {
		return Node{}
	}
	return Node{n.b, n.i + 1}
}

// Next is the next sibling.
func (n Node) Next() Node {
	if n.b == nil {
		return Node{}
	}
	t := n.b.tree()
	nd := &t.nodes[n.i]
	if n.i == t.root || nd.parent < 0 || nd.last >= t.nodes[nd.parent].last {
		return Node{}
	}
	return Node{n.b, nd.last}
}

// Children calls yield for each child, for use with range.
func (n Node) Children(yield func(Node) bool) {
	if n.b == nil {
		return
	}
	nodes := n.b.tree().nodes
	for i, last := n.i+1, nodes[n.i].last; i < last; i = nodes[i].last {
		if !yield(Node{n.b, i}) {
			return
		}
	}
}

// Named calls yield for each child that is neither a token nor a comment.
func (n Node) Named(yield func(Node) bool) {
	if n.b == nil {
		return
	}
	nodes := n.b.tree().nodes
	for i, last := n.i+1, nodes[n.i].last; i < last; i = nodes[i].last {
		if k := nodes[i].kind; k != Token && k != Comment && !yield(Node{n.b, i}) {
			return
		}
	}
}

// Walk calls yield for the node and all below it, in preorder.
func (n Node) Walk(yield func(Node) bool) {
	if n.b == nil {
		return
	}
	for i, last := n.i, n.n().last; i < last; i++ {
		if !yield(Node{n.b, i}) {
			return
		}
	}
}

// Child is the first child with the field.
func (n Node) Child(f Field) Node {
	if n.b == nil {
		return Node{}
	}
	nodes := n.b.tree().nodes
	for i, last := n.i+1, nodes[n.i].last; i < last; i = nodes[i].last {
		if nodes[i].field == f {
			return Node{n.b, i}
		}
	}
	return Node{}
}

// FirstNamed is the first child that is neither a token nor a comment.
func (n Node) FirstNamed() Node {
	for c := range n.Named {
		return c
	}
	return Node{}
}

// HasToken says whether a child is the keyword or operator token.
func (n Node) HasToken(token string) bool {
	for c := n.First(); c.Valid(); c = c.Next() {
		if c.n().kind == Token && c.Text() == token {
			return true
		}
	}
	return false
}

// Up is the nearest node of one of the kinds around the node; no node when there is none in the block.
func (n Node) Up(kinds ...Kind) Node {
	if n.b == nil {
		return Node{}
	}
	t := n.b.tree()
	for i := n.i; i != t.root && t.nodes[i].parent >= 0; {
		i = t.nodes[i].parent
		if slices.Contains(kinds, t.nodes[i].kind) {
			return Node{n.b, i}
		}
	}
	return Node{}
}

// Inside says whether the node is o or below it.
func (n Node) Inside(o Node) bool {
	return n.b == o.b && n.b != nil && o.i <= n.i && n.i < o.n().last
}

// Broken says whether there is a syntax error in the node.
func (n Node) Broken() bool { return n.b != nil && n.n().flags&flagError != 0 }

// Unwrap is the node without parentheses around it.
func (n Node) Unwrap() Node {
	for n.Kind() == Paren {
		inner := n.FirstNamed()
		if !inner.Valid() {
			break
		}
		n = inner
	}
	return n
}

// At is the innermost node of the block that contains the byte offset.
func (b *Block) At(offset int) Node {
	t := b.tree()
	within := t.nodes[t.root:t.nodes[t.root].last]
	// Nodes are in the order of their starts. The last that starts in time is the one, or below it.
	n := Node{b, t.root + int32(sort.Search(len(within), func(i int) bool { return int(within[i].start) > offset })) - 1}
	for n.i > t.root && int(t.nodes[n.i].end) <= offset {
		n.i = t.nodes[n.i].parent
	}
	return Node{b, max(n.i, t.root)}
}

// IsAsync says whether a function definition, a for, a with or a comprehension clause has the keyword async.
func (n Node) IsAsync() bool {
	c := n.First()
	return c.Kind() == Token && c.Text() == "async"
}

// What nests deeper than deepest is not for Python: it allows 100 levels of indentation and 200 of brackets, and gives up a sum or a
// chain of calls of some thousands. A tree of few nodes need not be measured.
const (
	deepest  = 4000
	fewNodes = 1 << 14
)

// Bottomless says whether the tree of the block is deeper than Python's parser and compiler allow. Rules look from a node up to its
// statement, which would take for ever there.
func (b *Block) Bottomless() bool {
	nodes := b.tree().nodes
	if len(nodes) < fewNodes {
		return false
	}
	var open []int32 // where the nodes end that hold this one
	for i := range nodes {
		for len(open) > 0 && open[len(open)-1] <= int32(i) {
			open = open[:len(open)-1]
		}
		if open = append(open, nodes[i].last); len(open) > deepest {
			return true
		}
	}
	return false
}
