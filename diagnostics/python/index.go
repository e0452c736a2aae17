package python

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"aiolens/diagnostics/shape"
)

// index finds the blocks that may bind a name. It is made from what the scanner saw; nothing is parsed for it.
type index struct {
	once sync.Once
	defs map[string][]int32 // the functions and classes at the top, by name
	rest mentions           // other statements at the top, and blocks that may bind names of the module from within
}

// members finds the members of a class that may bind a name.
type members struct {
	blocks    []int32
	defs      map[string][]int32
	rest      mentions
	storeOnce sync.Once
	stores    map[string][]int32 // those that may bind an attribute, by its name
}

// mentions finds the blocks, of a few, that contain a name as a word. Few names are asked for as a rule, so each block is searched at
// first; when that has come to be much, all their words are looked at once.
type mentions struct {
	blocks []int32
	mu     sync.Mutex
	work   int // how many blocks were searched
	words  map[string][]int32
}

// muchWork is how many blocks are searched before their words are put into an index.
const muchWork = 1 << 14

// of are the blocks that contain a name, in order.
func (m *mentions) of(f *File, name string) []int32 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.words != nil {
		return m.words[name]
	}
	var found []int32
	for _, i := range m.blocks {
		if f.pieces[i].reads(name) {
			found = append(found, i)
		}
	}
	if m.work += len(m.blocks); m.work > muchWork {
		m.words = map[string][]int32{}
		for _, i := range m.blocks {
			for w := range words(f.pieces[i].src) {
				if of := m.words[w]; len(of) == 0 || of[len(of)-1] != i {
					m.words[w] = append(of, i)
				}
			}
		}
	}
	return found
}

func (f *File) index() *index {
	x := &f.names
	x.once.Do(func() {
		x.defs = make(map[string][]int32, len(f.blocks()))
		for i, p := range f.blocks() {
			switch {
			case p.kind == member && !p.global:
			case p.binds != "" && p.kind != member:
				x.defs[p.binds] = append(x.defs[p.binds], int32(i))
				if p.global {
					x.rest.blocks = append(x.rest.blocks, int32(i))
				}
			default:
				x.rest.blocks = append(x.rest.blocks, int32(i))
			}
		}
	})
	return x
}

// membersOf are the members of the class whose head is a block.
func (f *File) membersOf(head int32) *members {
	m := &members{defs: map[string][]int32{}}
	for i := head + 1; int(i) < len(f.pieces) && f.pieces[i].owner == head; i++ {
		if binds := f.pieces[i].binds; binds != "" {
			m.defs[binds] = append(m.defs[binds], i)
		} else {
			m.rest.blocks = append(m.rest.blocks, i)
		}
		m.blocks = append(m.blocks, i)
	}
	return m
}

// binders are the numbers of the blocks that may bind a name of the module, in order.
func (f *File) binders(name string) []int32 {
	x := f.index()
	return merge(x.defs[name], x.rest.of(f, name))
}

// merge are the numbers of both, in order, each once.
func merge(a, b []int32) []int32 {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// binders are the numbers of the members that may bind a name in the body of the class.
func (m *members) binders(f *File, name string) []int32 {
	return merge(m.defs[name], m.rest.of(f, name))
}

// storers are the numbers of the members that may bind an attribute of the name.
func (m *members) storers(f *File, name string) []int32 {
	m.storeOnce.Do(func() {
		m.stores = map[string][]int32{}
		for _, i := range m.blocks {
			for _, w := range f.pieces[i].stores() {
				m.stores[w] = append(m.stores[w], i)
			}
		}
	})
	return m.stores[name]
}

// Shape is what other files see of the file. name is its dotted module name, "" when unknown. What a name is bound to
// is worked out when it is first asked for, and only the blocks that may bind it are parsed.
func (f *File) Shape(name string) *shape.Module {
	m := &shape.Module{Name: name, Package: strings.HasSuffix(f.Path, "__init__.py") || strings.HasSuffix(f.Path, "__init__.pyi"), Origin: f}
	m.Symbols.Find = f.symbol
	m.All = sync.OnceValue(f.all)
	for _, i := range f.index().rest.blocks {
		if p := f.pieces[i]; p.kind == statement && strings.Contains(p.src, "import") && strings.Contains(p.src, "*") {
			m.Stars = append(m.Stars, p.exports().stars...)
		}
	}
	return m
}

// all is what the module lists in __all__; nil when it has none. Understood is what the typing documentation asks type
// checkers to understand: typing.python.org/en/latest/spec/distributing.html, "Library interface".
func (f *File) all() *shape.Exports {
	const name = "__all__"
	var x *shape.Exports
	for _, i := range f.binders(name) {
		if f.pieces[i].kind != statement {
			continue
		}
		for n := range f.pieces[i].Root().Walk {
			if n.Kind() != Identifier || n.Text() != name || n.Function().Valid() {
				continue
			}
			var list Node
			switch up := n.Parent(); {
			case n.Field() == FieldLeft && up.Kind() == Assignment:
				if list = up.Child(FieldRight); !list.Valid() {
					continue // only declared
				}
			case n.Field() == FieldLeft && up.Kind() == AugmentedAssignment:
				list = up.Child(FieldRight)
			case up.Kind() == Attribute && up.Parent().Kind() == Call:
				if method := up.Child(FieldAttribute).Text(); method == "append" || method == "extend" {
					list = up.Parent().Child(FieldArguments)
				}
			default:
				continue
			}
			if x == nil {
				x = &shape.Exports{}
			}
			list.names(x)
		}
	}
	return x
}

// names adds the strings of a list, or of several put together.
func (n Node) names(x *shape.Exports) {
	switch n = n.Unwrap(); n.Kind() {
	case String:
		text := n.Text()
		x.Names = append(x.Names, strings.Trim(text[stringPrefix(text):], `"'`))
	case ListExpr, TupleExpr, ExpressionList, SetExpr, ArgumentList:
		for c := range n.Named {
			if c.Kind() != Comment {
				c.names(x)
			}
		}
	case BinaryOperator:
		n.Child(FieldLeft).names(x)
		n.Child(FieldRight).names(x)
	default:
		x.More = true
	}
}

// symbol is what a name of the module is bound to; nil when it is not.
func (f *File) symbol(name string) *shape.Symbol {
	found := map[string]*shape.Symbol{}
	for _, i := range f.binders(name) {
		x := f.pieces[i].exports()
		if x.head != nil && x.head.Name == name {
			addTo(found, name, export{value: &shape.Value{Op: shape.ClassDef, Class: f.class(i, x.head)}}, false)
		}
		for _, e := range x.list {
			if e.class == "" && e.name == name {
				addTo(found, name, e, false)
			}
		}
	}
	return found[name]
}

// class is the class whose head is a block.
func (f *File) class(head int32, decl *shape.Class) *shape.Class {
	c := *decl
	members := sync.OnceValue(func() *members { return f.membersOf(head) })
	c.Members = shape.Names{Find: func(name string) *shape.Symbol { return f.member(members().binders(f, name), name, false) }}
	c.Fields = shape.Names{Find: func(name string) *shape.Symbol { return f.member(members().storers(f, name), name, true) }}
	return &c
}

// member is what a name is bound to in the body of a class, or on self in its methods, by the members that may bind it; nil when
// it is not.
func (f *File) member(may []int32, name string, onSelf bool) *shape.Symbol {
	found := map[string]*shape.Symbol{}
	for _, i := range may {
		for _, e := range f.pieces[i].exports().list {
			if e.class != "" && e.name == name && e.onSelf == onSelf {
				addTo(found, name, e, !onSelf)
			}
		}
	}
	return found[name]
}

// contains says whether a text contains a name as a word.
func contains(src, name string) bool {
	for at := 0; name != ""; {
		i := strings.Index(src[at:], name)
		if i < 0 {
			return false
		}
		i += at
		at = i + len(name)
		if (i == 0 || !isWord(src[i-1])) && (at == len(src) || !isWord(src[at])) {
			return true
		}
	}
	return false
}

// vocabulary is what a block is searched for again and again.
type vocabulary struct {
	readOnce  sync.Once
	read      map[string]bool // its words
	storeOnce sync.Once
	store     []string // the attributes that it may bind
}

// shortText is how many bytes are searched sooner than looked up.
const shortText = 128

// reads says whether the text of the block contains a name as a word.
func (b *Block) reads(name string) bool {
	if len(b.src) <= shortText {
		return contains(b.src, name)
	}
	b.vocabulary.readOnce.Do(func() {
		b.vocabulary.read = map[string]bool{}
		for w := range words(b.src) {
			b.vocabulary.read[w] = true
		}
	})
	return b.vocabulary.read[name]
}

// words calls yield for each word of a text.
func words(src string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(src); {
			w := word(src, i)
			if w != "" && !yield(w) {
				return
			}
			i += max(len(w), 1)
		}
	}
}

// stores are the attributes that the block may bind, each once.
func (b *Block) stores() []string {
	b.vocabulary.storeOnce.Do(func() {
		for i := 0; ; {
			k := strings.IndexByte(b.src[i:], '.')
			if k < 0 {
				slices.Sort(b.vocabulary.store)
				b.vocabulary.store = slices.Compact(b.vocabulary.store)
				return
			}
			i += k + 1
			for i < len(b.src) && (b.src[i] == ' ' || b.src[i] == '\t') {
				i++
			}
			w := word(b.src, i)
			i += len(w)
			if w != "" && stored(b.src, i) {
				b.vocabulary.store = append(b.vocabulary.store, w)
			}
		}
	})
	return b.vocabulary.store
}

// stored says whether an attribute that ends at i may be bound there: what follows is not what follows a value that is
// used.
func stored(src string, i int) bool {
	for i < len(src) && (src[i] == ' ' || src[i] == '\t') {
		i++
	}
	if i == len(src) {
		return true
	}
	switch src[i] {
	case '(', '.', '[', '\n', '\r', '#', '}':
		return false
	case '=':
		return i+1 == len(src) || src[i+1] != '='
	}
	return true
}

// Imports calls yield for each import at the top of the file and the name that it binds, in order.
func (f *File) Imports(yield func(name string, v *shape.Value) bool) {
	for _, i := range f.index().rest.blocks {
		if !strings.Contains(f.pieces[i].src, "import") {
			continue
		}
		for _, e := range f.pieces[i].exports().list {
			if e.class == "" && e.value != nil && e.value.Op == shape.Qual && !yield(e.name, e.value) {
				return
			}
		}
	}
}

// Callbacks are those of all blocks.
func (f *File) Callbacks() []*shape.Value {
	var all []*shape.Value
	for _, p := range f.blocks() {
		all = append(all, p.Callbacks()...)
	}
	return all
}

// Has says whether the file contains one of [Mentioned].
func (f *File) Has(word string) bool {
	i := slices.Index(Mentioned, word)
	return i >= 0 && slices.ContainsFunc(f.blocks(), func(p placed) bool { return p.words&(1<<i) != 0 })
}
