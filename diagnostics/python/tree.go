package python

// #include "glr.h"
import "C"

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unsafe"

	sitter "github.com/smacker/go-tree-sitter"
	grammar "github.com/smacker/go-tree-sitter/python"
)

// node is one node of a flat tree, in preorder: its children follow it, up to last. Offsets are bytes of the block.
type node struct {
	kind   Kind
	field  Field
	flags  uint8
	start  int32
	end    int32
	last   int32
	parent int32
}

const (
	flagMissing = 1 << iota
	flagError
)

// tree is a syntax tree, copied out of tree-sitter. Its root is nodes[root].
type tree struct {
	nodes  []node
	root   int32
	bad    bool     // there is a syntax error that mending does not hide
	at     int32    // where the first of those is
	mended []mended // the lines that were taken out, in order
	sound  bool     // without them there is no syntax error, and the grammar reads the text as it is
	tested bool     // every other line was seen to stand by itself
	lines  []line   // the logical lines of the text; nil when they are not known
}

// broken says whether there is a syntax error, even if mending hides it.
func (t *tree) broken() bool { return t.bad || len(t.mended) > 0 }

// errorAt is where the first syntax error of a broken tree is.
func (t *tree) errorAt() int32 {
	if len(t.mended) > 0 {
		return t.mended[0].start
	}
	return t.at
}

// language and its tables are the same for all parsers. They are made when there is something to parse: an editor waits for the program
// to start.
var language = grammar.GetLanguage()

// kindsAndFields are the kinds of the grammar's symbols and the fields of its fields, by number.
var kindsAndFields = sync.OnceValues(func() (*C.uint16_t, *C.uint8_t) {
	byName := map[string]Kind{}
	for k := Error + 2; k < kinds; k++ {
		byName[kindNames[k]] = k
	}
	skip := map[string]bool{"(": true, ")": true, "[": true, "]": true, "{": true, "}": true, ",": true, ".": true, ":": true,
		"string_start": true, "string_content": true, "string_end": true, "line_continuation": true}
	symbols := make([]C.uint16_t, language.SymbolCount())
	seen := map[Kind]bool{}
	for i := range symbols {
		name, typ := language.SymbolName(sitter.Symbol(i)), language.SymbolType(sitter.Symbol(i))
		k, ok := byName[name]
		switch {
		case skip[name] || typ == sitter.SymbolTypeAuxiliary:
			k = Invalid
		case typ == sitter.SymbolTypeAnonymous:
			k = Token
		case !ok:
			k = Token
		}
		symbols[i] = C.uint16_t(k)
		seen[k] = true
	}
	for k := Error + 1; k < kinds; k++ {
		if !seen[k] {
			panic(fmt.Sprintf("the grammar has no node %q", kindNames[k]))
		}
	}
	ids := make([]C.uint8_t, 256)
	for i := range ids {
		name := language.FieldName(i)
		for f := NoField + 1; f < fields && name != ""; f++ {
			if fieldNames[f] == name {
				ids[i] = C.uint8_t(f)
			}
		}
	}
	return &symbols[0], &ids[0]
})

// tables are what glr.c needs of the grammar: 1.5 MB.
var tables = sync.OnceValue(func() *C.aiolens_grammar {
	return C.aiolens_grammar_new(hidden(unsafe.Pointer(language)))
})

// hidden is the pointer to C that is the first field of what the binding shows instead of it.
func hidden(shown unsafe.Pointer) unsafe.Pointer { return *(*unsafe.Pointer)(shown) }

// A parser holds what one parse needs and the next can use again. It is not safe for concurrent use.
type parser struct {
	quick  *C.aiolens_parser // nil if it does not know this version of the grammar
	sitter *sitter.Parser    // for what the quick one gives up
	nodes  []node
	text   []byte
	part   []byte
	line   []byte
	chance bool            // the last parseQuick may have read a part of the text otherwise if it had stood elsewhere
	stood  map[string]bool // logical lines that were tested, by their text
}

// parsers are those that are not in use, to save making one for each block. There are no more than were in use at once,
// and what they hold is C's, so they stay.
var parsers pool

type pool struct {
	mu   sync.Mutex
	free []*parser
}

func (l *pool) take() *parser {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.free); n > 0 {
		p := l.free[n-1]
		l.free = l.free[:n-1]
		return p
	}
	p := &parser{sitter: sitter.NewParser()}
	p.sitter.SetLanguage(language)
	if t := tables(); t != nil {
		p.quick = C.aiolens_parser_new(t)
	}
	return p
}

func (l *pool) give(p *parser) {
	p.trim()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.free = append(l.free, p)
}

// parseQuick parses a text without syntax errors. For any other it is not ok, nor for one that is not UTF-8. The nodes stay until the
// next call.
func (p *parser) parseQuick(text []byte) (nodes []node, ok bool) {
	if p.quick == nil {
		return nil, false
	}
	kinds, fields := kindsAndFields()
	r := C.aiolens_parse(p.quick, (*C.char)(unsafe.Pointer(unsafe.SliceData(text))), C.size_t(len(text)), kinds, fields)
	p.chance = bool(r.chance)
	return unsafe.Slice((*node)(unsafe.Pointer(r.nodes)), max(r.count, 0)), r.count >= 0
}

// reads says whether parseQuick would be ok. The nodes of the last parse stay.
func (p *parser) reads(text []byte) bool {
	return p.quick != nil && bool(C.aiolens_reads(p.quick, (*C.char)(unsafe.Pointer(unsafe.SliceData(text))), C.size_t(len(text))))
}

// parseAny parses any text, by tree-sitter. The nodes stay until the next call.
func (p *parser) parseAny(text []byte) (nodes []node, ok bool) {
	// A context that can be cancelled would start a goroutine that may hit the next parse.
	st, err := p.sitter.ParseCtx(context.Background(), nil, text)
	if err != nil {
		return nil, false
	}
	defer st.Close()
	raw := hidden(unsafe.Pointer(st.BaseTree))
	kinds, fields := kindsAndFields()
	for {
		n := C.aiolens_flatten(raw, kinds, fields,
			(*C.aiolens_node)(unsafe.Pointer(unsafe.SliceData(p.nodes))), C.int32_t(len(p.nodes)))
		if n >= 0 {
			return p.nodes[:n], true
		}
		p.nodes = make([]node, max(1<<12, 2*len(p.nodes)))
	}
}

// trim gives back the memory that a giant took: some 30 times its text.
func (p *parser) trim() {
	if len(p.text) > 1<<16 {
		p.nodes, p.text = nil, nil
		if p.quick != nil {
			C.aiolens_parser_trim(p.quick)
		}
	}
}

// What is parsed before and behind a block, so that a member is the body of a class by itself, and the head of a class has a body.
var (
	prefixes = map[blockKind]string{member: "class _:\n"}
	suffixes = map[blockKind]string{classHead: "\n pass\n"}
)

// parse parses one block. It never fails: what is no Python is in Error nodes.
func (b *Block) parse() *tree {
	p := parsers.take()
	defer parsers.give(p)
	if t := p.patch(b); t != nil {
		return t
	}
	return p.whole(b)
}

// textOf is what the grammar is to read of a block.
func (p *parser) textOf(b *Block) []byte {
	shift := len(prefixes[b.kind])
	p.text = append(append(p.text[:0], prefixes[b.kind]...), b.src...)
	for _, m := range b.masks {
		p.text[shift+m.at] = m.c
	}
	for i := strings.IndexByte(b.src, '\r'); i >= 0 && i < len(b.src); i++ {
		// The grammar does not know that a lone "\r" ends a line.
		if b.src[i] == '\r' && (i+1 == len(b.src) || b.src[i+1] != '\n') {
			p.text[shift+i] = '\n'
		}
	}
	if strings.HasPrefix(b.src, "\ufeff") {
		copy(p.text[shift:], "\n\n\n")
	}
	uncrowd(p.text[shift:])
	p.text = append(p.text, suffixes[b.kind]...)
	return p.text
}

// plain says whether the grammar reads a block as it is: text is what it is to read.
func plain(b *Block, text []byte) bool {
	return b.kind != classHead && string(text[len(prefixes[b.kind]):]) == b.src
}

// whole parses all of a block.
func (p *parser) whole(b *Block) *tree {
	text := p.textOf(b)
	shift, end := len(prefixes[b.kind]), len(text)-len(suffixes[b.kind])
	t, plain := &tree{}, plain(b, text)
	nodes, quick := p.parseQuick(text)
	if !quick || b.ragged {
		t.bad = true
		s := scanner{src: string(text[shift:end])}
		if lines := s.lines(); len(lines) <= mendLimit {
			t.tested = true
			if t.mended = p.mend(&s, lines, text[shift:end]); len(t.mended) > 0 {
				nodes, quick = p.parseQuick(text)
			}
			if !quick {
				var ok bool
				if t.mended, ok = detach(&s, lines, text[shift:end], t.mended); ok {
					nodes, quick = p.parseQuick(text)
				}
			}
			t.bad = len(t.mended) == 0
		}
	}
	if t.sound = quick && plain; !quick {
		var ok bool
		if nodes, ok = p.parseAny(text); !ok {
			return &tree{nodes: []node{{kind: Module, flags: flagError, last: 1, parent: -1, end: int32(len(b.src))}}, bad: true}
		}
		if t.bad {
			t.bad = nodes[0].flags&flagError != 0 || b.ragged
			for _, nd := range nodes {
				if nd.kind == Error || nd.flags&flagMissing != 0 {
					t.at = int32(min(max(int(nd.start)-shift, 0), len(b.src)))
					break
				}
			}
		}
	}
	t.nodes = slices.Clone(nodes)
	unstar(t.nodes)
	switch b.kind {
	case member:
		for i := range t.nodes {
			t.nodes[i].start = max(t.nodes[i].start-int32(shift), 0)
			t.nodes[i].end = max(t.nodes[i].end-int32(shift), 0)
		}
		t.root = memberRoot(t.nodes)
	case classHead:
		for i := range t.nodes {
			t.nodes[i].start = min(t.nodes[i].start, int32(len(b.src)))
			t.nodes[i].end = min(t.nodes[i].end, int32(len(b.src)))
		}
	}
	return t
}

// unstar gives stars what they unpack. In a display, and behind the first argument of a call, the grammar reads "*f(x)" as a call
// of "*f", and "*a.b" as an attribute of "*a".
func unstar(nodes []node) {
	for i := range nodes {
		if nodes[i].kind != ListSplat || nodes[i].field == NoField {
			continue
		}
		splat, top := int32(i), int32(i)
		for up := top - 1; up >= 0 && nodes[top].parent == up && innermost(nodes[top].field, nodes[up].kind); up-- {
			top = up
		}
		operand := splat + 2 // behind the star
		if top == splat || operand >= nodes[splat].last || nodes[operand].kind == Comment {
			continue
		}
		start := nodes[operand].start
		star, outer := nodes[splat+1], nodes[splat]
		for k := operand; k < nodes[top].last; k++ {
			if nodes[k].parent >= top && nodes[k].parent < splat {
				nodes[k].parent += 2
			}
		}
		nodes[operand].field, nodes[operand].parent = outer.field, splat+1
		outer.field, outer.start, outer.end, outer.last, outer.parent = nodes[top].field, nodes[top].start, nodes[top].end, nodes[top].last, nodes[top].parent
		copy(nodes[top+2:], nodes[top:splat])
		nodes[top], nodes[top+1] = outer, star
		nodes[top+1].parent, nodes[top+1].last = top, top+2
		for k := top + 2; k < operand; k++ {
			nodes[k].start, nodes[k].parent = start, k-1
		}
		nodes[top+2].field, nodes[top+2].parent = NoField, top
	}
}

// innermost says whether a field is where the expression begins that a call, an attribute or a subscript is made of.
func innermost(f Field, of Kind) bool {
	switch of {
	case Call:
		return f == FieldFunction
	case Attribute:
		return f == FieldObject
	case Subscript:
		return f == FieldValue
	}
	return false
}

// memberRoot finds the body of the class around a member: module, class_definition, block. Comments behind the body,
// which may stand at any column, become part of it. Anything else is half typed, and the whole is the root.
func memberRoot(nodes []node) int32 {
	if len(nodes) < 2 || nodes[1].kind != ClassDef {
		return 0
	}
	for i := int32(2); i < nodes[1].last; i = nodes[i].last {
		if nodes[i].kind == BlockStmt && nodes[i].field == FieldBody {
			behind := nodes[nodes[i].last:]
			for k := range behind {
				if behind[k].kind != Comment {
					return 0
				}
			}
			for k := range behind {
				behind[k].parent = i
			}
			nodes[i].last = int32(len(nodes))
			nodes[1].last = int32(len(nodes))
			return i
		}
	}
	return 0
}
