package python

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// File is one file of Python, parsed: its blocks in the order of the text. It is immutable and safe for concurrent use.
type File struct {
	Path   string // as given; "" when unknown
	text   *Text
	once   sync.Once
	pieces []placed            // see blocks
	attic  map[blockKey]*Block // blocks that recent edits took away, in case they come back
	names  index
}

// placed is a block in the text of a file.
type placed struct {
	*Block
	start  int32
	owner  int32 // index of the head of the class, for members; else -1
	indent int32 // of the class body, for members
}

// Block is a stretch of a file that is understood by itself: a top-level statement, the head of a top-level class, or
// a statement in the body of one. It is immutable, does not know where it stands, and is shared between the
// versions of a file. Its offsets are bytes from its start.
type Block struct {
	blockKey
	masks  []mask
	ragged bool   // see piece
	async  bool   // see piece
	binds  string // see piece; a part of src
	global bool   // a function in it may bind names of the module
	hands  bool   // it may hand functions to the event loop or to threads, see callbacks
	words  uint8  // which of Mentioned occur in it, as a set of bits

	vocabulary vocabulary
	parseOnce  sync.Once
	parsed     atomic.Pointer[tree]
	origin     *origin // until it is parsed
	scopeOnce  sync.Once
	scopes     *scopes
	lower      lowering
	shown      exported
	swapOnce   sync.Once
	swaps      map[string]bool // see Replaced
}

// blockKey is all that a block depends on.
type blockKey struct {
	src   string
	class string // the name of the class, for heads and members
	kind  blockKind
}

// Text is the source text of the block.
func (b *Block) Text() string { return b.src }

// Class is the name of the top-level class of which the block is the head or a member; "" otherwise.
func (b *Block) Class() string { return b.class }

// Root is the root of the block's syntax tree: a module or the body of a class.
func (b *Block) Root() Node { return Node{b, b.tree().root} }

// Len is the number of nodes of the block's syntax tree.
func (b *Block) Len() int { return len(b.tree().nodes) }

// Node is the node with an index.
func (b *Block) Node(i int) Node { return Node{b, int32(i)} }

func (b *Block) tree() *tree {
	if t := b.parsed.Load(); t != nil {
		return t
	}
	return b.parseNow()
}

func (b *Block) parseNow() *tree {
	b.parseOnce.Do(func() {
		b.parsed.Store(b.parse())
		b.origin = nil
	})
	return b.parsed.Load()
}

// NewFile is the file of a text. It is split into blocks, and they are parsed, when first asked for.
func NewFile(path string, text *Text) *File { return &File{Path: path, text: text} }

// blocks are the blocks of the file, in order.
func (f *File) blocks() []placed {
	f.once.Do(func() {
		if f.pieces == nil {
			s := splitter{scanner: scanner{src: f.text.src}}
			s.run(0, func(int) bool { return false })
			f.place(&s, len(f.text.src), nil)
		}
	})
	return f.pieces
}

// run takes logical lines from offset at on, until done says that the piece that has just started (the number is its
// index in pieces) is not wanted any more. It returns whether done did.
func (s *splitter) run(at int, done func(i int) bool) bool {
	for {
		masks := len(s.masks)
		l, ok := s.next(at)
		if !ok {
			return false
		}
		began := s.add(l, masks)
		if s.dangles(&l) {
			s.pieces[len(s.pieces)-1].ragged = true
		}
		if l.async {
			s.pieces[len(s.pieces)-1].async = true
		}
		if began && done(len(s.pieces)-1) {
			return true
		}
		at = l.end
	}
}

// place appends the blocks of the pieces, of which the last ends at end, and returns those of them that are new.
func (f *File) place(s *splitter, end int, old map[blockKey]*Block) (fresh []*Block) {
	for i := len(f.pieces) - s.base; i < len(s.pieces); i++ {
		p := s.pieces[i]
		stop, masks := end, s.masks[p.masks:]
		if i+1 < len(s.pieces) {
			stop, masks = s.pieces[i+1].start, s.masks[p.masks:s.pieces[i+1].masks]
		}
		key := blockKey{f.text.src[p.start:stop], p.name, p.kind}
		b := old[key]
		if b == nil {
			if old != nil {
				// A copy, so that a block does not keep the whole text of an old version alive.
				key.src = strings.Clone(key.src)
				key.class = strings.Clone(key.class)
			}
			b = &Block{blockKey: key, ragged: p.ragged, async: p.async, global: strings.Contains(key.src, "global")}
			b.hands = handsOver.in(key.src)
			if p.binds != "" {
				b.binds = key.src[strings.Index(key.src, p.binds):][:len(p.binds)]
			}
			for i, w := range Mentioned {
				if strings.Contains(key.src, w) {
					b.words |= 1 << i
				}
			}
			for _, m := range masks {
				if m.at < stop {
					b.masks = append(b.masks, mask{m.at - p.start, m.c})
				}
			}
			fresh = append(fresh, b)
		}
		f.pieces = append(f.pieces, placed{b, int32(p.start), int32(p.owner), int32(p.indent)})
	}
	return fresh
}

// succeed has a new block begin with the tree of the only one whose place it can have taken.
func succeed(came *Block, now, gone []placed) {
	var went *Block
	for _, p := range gone {
		if slices.ContainsFunc(now, func(n placed) bool { return n.Block == p.Block }) {
			continue
		}
		if went != nil {
			return
		}
		went = p.Block
	}
	if went == nil || came.kind != went.kind {
		return
	}
	if t := went.parsed.Load(); t != nil {
		came.origin = &origin{went.src, t}
	}
}

const atticSize = 64 // blocks; enough for what a half-typed quote or bracket takes away and gives back

// Update splits another text of the same file and keeps every block whose text did not change.
func (f *File) Update(text *Text) *File {
	was, is := f.text.src, text.src
	same := commonPrefix(was, is)
	tail := commonSuffix(was[same:], is[same:])
	delta := len(is) - len(was)

	// Start with the block before the one that holds the first change, for what stands at the start of a block
	// may now continue the block before it.
	first, _ := slices.BinarySearchFunc(f.blocks(), same, func(p placed, at int) int { return int(p.start) - at })
	first = max(first-2, 0)
	g := &File{Path: f.Path, text: text, pieces: append(make([]placed, 0, len(f.blocks())+8), f.blocks()[:first]...)}
	s := splitter{scanner: scanner{src: is}}
	at := 0
	if first > 0 {
		at = int(f.blocks()[first].start)
		b := f.blocks()[first-1]
		s.base = first - 1
		s.pieces = append(s.pieces, piece{start: int(b.start), kind: b.kind, owner: int(b.owner), name: b.class, indent: int(b.indent)})
	}
	rest := len(f.blocks()) // the first old block that follows the new ones
	met := s.run(at, func(i int) bool {
		p := s.pieces[i]
		if p.start < len(is)-tail {
			return false
		}
		j, ok := slices.BinarySearchFunc(f.blocks(), p.start-delta, func(p placed, at int) int { return int(p.start) - at })
		if !ok || j < first {
			return false
		}
		o := f.blocks()[j]
		if (o.kind == member) != (p.kind == member) || p.kind == member && (o.class != p.name || int(o.indent) != p.indent) {
			return false
		}
		rest = j
		return true
	})
	end := len(is)
	var owner int32
	if met {
		last := s.pieces[len(s.pieces)-1]
		end, owner = last.start, int32(last.owner)
		s.pieces = s.pieces[:len(s.pieces)-1]
	}

	gone := f.blocks()[first:rest]
	old := make(map[blockKey]*Block, len(gone)+len(f.attic))
	for k, b := range f.attic {
		old[k] = b
	}
	for _, p := range gone {
		old[p.blockKey] = p.Block
	}
	if fresh := g.place(&s, end, old); len(fresh) == 1 && len(gone) <= atticSize {
		succeed(fresh[0], g.pieces[first:], gone)
	}

	shift := int32(len(g.pieces) - rest)
	for _, p := range f.blocks()[rest:] {
		p.start += int32(delta)
		switch {
		case p.owner >= int32(rest):
			p.owner += shift
		case p.owner >= 0:
			p.owner = owner
		}
		g.pieces = append(g.pieces, p)
	}
	g.attic = f.attic
	if len(gone) > 1 { // a single block is what is being typed in
		g.attic = make(map[blockKey]*Block, len(gone))
		for _, p := range gone[max(0, len(gone)-atticSize):] {
			g.attic[p.blockKey] = p.Block
		}
	}
	return g
}

// Text is the text of the file.
func (f *File) Text() *Text { return f.text }

// Blocks calls yield for each block and the byte offset at which it starts, in order.
func (f *File) Blocks(yield func(*Block, int) bool) {
	for _, p := range f.blocks() {
		if !yield(p.Block, int(p.start)) {
			return
		}
	}
}

// Asynchronous says whether the file has anything to do with asynchronous code: whether one of its keywords, its
// libraries or the methods of an event loop is named outside strings and comments.
func (f *File) Asynchronous() bool {
	if !asyncGlance.in(f.text.src) {
		return false
	}
	for _, p := range f.blocks() {
		if p.async {
			return true
		}
	}
	return false
}

// Len is the number of blocks.
func (f *File) Len() int { return len(f.blocks()) }

// Block is block number i.
func (f *File) Block(i int) *Block { return f.blocks()[i].Block }

// Broken says whether there is a syntax error in the file. It parses all of it.
func (f *File) Broken() bool {
	_, broken := f.SyntaxError()
	return broken
}

// SyntaxError is the byte offset at or near which the first syntax error is; ok is false when there is none. It parses
// all of the file.
func (f *File) SyntaxError() (offset int, ok bool) {
	for _, p := range f.blocks() {
		if t := p.tree(); t.broken() {
			return int(p.start + t.errorAt()), true
		}
	}
	return 0, false
}

// At is the block that holds the byte offset, and where it starts; nil for an empty file.
func (f *File) At(offset int) (*Block, int) {
	i, ok := slices.BinarySearchFunc(f.blocks(), offset, func(p placed, at int) int { return int(p.start) - at })
	if !ok {
		i--
	}
	if i < 0 {
		if len(f.blocks()) == 0 {
			return nil, 0
		}
		i = 0
	}
	return f.blocks()[i].Block, int(f.blocks()[i].start)
}

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	i := 0
	for i+64 <= n && a[i:i+64] == b[i:i+64] {
		i += 64
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

func commonSuffix(a, b string) int {
	n := min(len(a), len(b))
	i := 0
	for i+64 <= n && a[len(a)-i-64:len(a)-i] == b[len(b)-i-64:len(b)-i] {
		i += 64
	}
	for i < n && a[len(a)-i-1] == b[len(b)-i-1] {
		i++
	}
	return i
}
