package python

import (
	"slices"
	"strings"
	"sync"

	"aiolens/diagnostics/shape"
)

// index finds the blocks that may bind a name. It is made from what the scanner saw; nothing is parsed for it.
type index struct {
	once sync.Once
	defs map[string][]int32 // the functions and classes at the top, by name
	rest []int32            // other statements at the top, and blocks that may bind names of the module from within
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
					x.rest = append(x.rest, int32(i))
				}
			default:
				x.rest = append(x.rest, int32(i))
			}
		}
	})
	return x
}

// binders are the numbers of the blocks that may bind a name of the module, in order.
func (f *File) binders(name string) []int32 {
	x := f.index()
	found := slices.Clone(x.defs[name])
	for _, i := range x.rest {
		if f.pieces[i].reads(name) {
			found = append(found, i)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Shape is what other files see of the file. name is its dotted module name, "" when unknown. What a name is bound to
// is worked out when it is first asked for, and only the blocks that may bind it are parsed.
func (f *File) Shape(name string) *shape.Module {
	m := &shape.Module{Name: name, Package: strings.HasSuffix(f.Path, "__init__.py") || strings.HasSuffix(f.Path, "__init__.pyi"), Origin: f}
	m.Symbols.Find = f.symbol
	m.All = sync.OnceValue(f.all)
	for _, i := range f.index().rest {
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
	c.Members = shape.Names{Find: func(name string) *shape.Symbol {
		return f.member(head, name, false, func(b *Block) bool { return b.binds == name || b.binds == "" && b.reads(name) })
	}}
	c.Fields = shape.Names{Find: func(name string) *shape.Symbol {
		return f.member(head, name, true, func(b *Block) bool { return b.mayStore(name) })
	}}
	return &c
}

// member is what a name is bound to in the body of a class, or on self in its methods; nil when it is not.
func (f *File) member(head int32, name string, onSelf bool, may func(*Block) bool) *shape.Symbol {
	found := map[string]*shape.Symbol{}
	for _, p := range f.pieces[head+1:] {
		if p.owner != head {
			break
		}
		if !may(p.Block) {
			continue
		}
		for _, e := range p.exports().list {
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
		for i := 0; i < len(b.src); {
			if !isWord(b.src[i]) {
				i++
				continue
			}
			w := word(b.src, i)
			b.vocabulary.read[w] = true
			i += len(w)
		}
	})
	return b.vocabulary.read[name]
}

// mayStore says whether the block may bind an attribute of the name.
func (b *Block) mayStore(name string) bool {
	b.vocabulary.storeOnce.Do(func() {
		for i := 0; ; {
			k := strings.IndexByte(b.src[i:], '.')
			if k < 0 {
				return
			}
			i += k + 1
			for i < len(b.src) && (b.src[i] == ' ' || b.src[i] == '\t') {
				i++
			}
			w := word(b.src, i)
			i += len(w)
			if w != "" && stored(b.src, i) && !slices.Contains(b.vocabulary.store, w) {
				b.vocabulary.store = append(b.vocabulary.store, w)
			}
		}
	})
	return slices.Contains(b.vocabulary.store, name)
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
	for _, i := range f.index().rest {
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
