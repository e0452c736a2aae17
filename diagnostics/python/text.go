// Package python understands one file of Python at a time: its text and positions, a syntax tree that survives
// half-typed code, blocks that survive edits elsewhere, scopes, the flow of one function, and the symbolic
// values of expressions.
//
// It is the only package that knows tree-sitter. It does not know other files, rules, the language server
// protocol or the disk. Nothing in it returns an error for bad Python.
package python

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"
)

// Span is a half-open range of byte offsets, Start <= End.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains says whether the byte offset is in the span or at its end.
func (s Span) Contains(offset int) bool { return s.Start <= offset && offset <= s.End }

// Shift moves the span by n bytes.
func (s Span) Shift(n int) Span { return Span{s.Start + n, s.End + n} }

// Encoding is a unit in which columns are counted.
type Encoding uint8

const (
	UTF16 Encoding = iota // code units of UTF-16, the default of the language server protocol
	UTF8                  // bytes
	UTF32                 // code points
)

// Position is a zero-based line and a zero-based column in units of an [Encoding].
type Position struct{ Line, Column int }

// Text is an immutable source text, in UTF-8 (invalid bytes are kept and count as one code point each), with an
// index of its lines. A line ends with "\n", "\r\n" or a lone "\r", as for Python and the protocol.
type Text struct {
	src   string
	once  sync.Once
	index []int32 // see lines
}

// NewText makes a text of s.
func NewText(s string) *Text {
	return &Text{src: s}
}

// lines is the byte offset of the start of each line; the first is 0. It is made when first asked for.
func (t *Text) lines() []int32 {
	t.once.Do(func() {
		if t.index == nil {
			t.index = appendLines(make([]int32, 1, len(t.src)/32+1), t.src, 0, len(t.src))
		}
	})
	return t.index
}

// appendLines appends the starts of the lines that begin in s(from, to], that is after a line end in s[from:to].
func appendLines(lines []int32, s string, from, to int) []int32 {
	for i := from; i < to; i++ {
		switch c := s[i]; {
		case c > '\r':
		case c == '\n', c == '\r' && (i+1 >= len(s) || s[i+1] != '\n'):
			lines = append(lines, int32(i+1))
		}
	}
	return lines
}

// String is the text.
func (t *Text) String() string { return t.src }

// Len is the length in bytes.
func (t *Text) Len() int { return len(t.src) }

// Lines is the number of lines; a text that ends with a line end has an empty last line.
func (t *Text) Lines() int { return len(t.lines()) }

// Splice replaces the bytes of span, which is clamped to the text, by s.
func (t *Text) Splice(span Span, s string) *Text {
	span.Start = min(max(span.Start, 0), len(t.src))
	span.End = min(max(span.End, span.Start), len(t.src))
	src := t.src[:span.Start] + s + t.src[span.End:]
	delta := len(s) - span.Len()
	// Lines that start up to span.Start stay, but for one whose line end "\r" may now be followed by "\n".
	first := sort.Search(len(t.lines()), func(i int) bool { return int(t.lines()[i]) >= span.Start })
	first = max(first, 1)
	// Lines that start behind span.End+1 move: the byte at span.End may be the "\n" of a pair.
	rest := sort.Search(len(t.lines()), func(i int) bool { return int(t.lines()[i]) > span.End+1 })
	rest = max(rest, first)
	lines := make([]int32, first, len(t.lines())+bytes.Count([]byte(s), []byte{'\n'})+8)
	copy(lines, t.lines()[:first])
	lines = appendLines(lines, src, max(int(t.lines()[first-1]), span.Start-1), min(span.Start+len(s)+1, len(src)))
	for _, l := range t.lines()[rest:] {
		lines = append(lines, l+int32(delta))
	}
	return &Text{src: src, index: lines}
}

// LineAt is the zero-based line of a byte offset, which is clamped to the text.
func (t *Text) LineAt(offset int) int {
	return sort.Search(len(t.lines()), func(i int) bool { return int(t.lines()[i]) > offset }) - 1
}

// Line is the span of a zero-based line without its line end; an empty span at the end for lines past the last.
func (t *Text) Line(line int) Span {
	if line < 0 {
		return Span{}
	}
	if line >= len(t.lines()) {
		return Span{len(t.src), len(t.src)}
	}
	start, end := int(t.lines()[line]), len(t.src)
	if line+1 < len(t.lines()) {
		end = int(t.lines()[line+1])
	}
	if end > start && t.src[end-1] == '\n' && line+1 < len(t.lines()) {
		end--
	}
	if end > start && t.src[end-1] == '\r' && line+1 < len(t.lines()) {
		end--
	}
	return Span{start, end}
}

// Position converts a byte offset, which is clamped to the text. An offset inside a code point counts as its start.
func (t *Text) Position(offset int, enc Encoding) Position {
	offset = min(max(offset, 0), len(t.src))
	line := max(t.LineAt(offset), 0)
	column := 0
	for i := int(t.lines()[line]); i < offset; {
		r, size := rune(t.src[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(t.src[i:])
		}
		if i+size > offset {
			break
		}
		column += units(r, size, enc)
		i += size
	}
	return Position{line, column}
}

// units is the width of a code point of size bytes.
func units(r rune, size int, enc Encoding) int {
	switch {
	case enc == UTF8:
		return size
	case enc == UTF16 && r > 0xFFFF:
		return 2
	}
	return 1
}

// Offset converts a position to a byte offset. A column past the end of its line is the end of the line without
// its line end, and a line past the last is the end of the text, as the protocol wants it. A column inside a code
// point is the start of the code point.
func (t *Text) Offset(p Position, enc Encoding) int {
	if p.Line >= len(t.lines()) {
		return len(t.src)
	}
	span := t.Line(p.Line)
	i, n := span.Start, 0
	for i < span.End && n < p.Column {
		r, size := utf8.DecodeRuneInString(t.src[i:])
		w := units(r, size, enc)
		if n+w > p.Column {
			break
		}
		n, i = n+w, i+size
	}
	return i
}
