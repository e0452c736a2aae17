package server

import (
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// positions converts offsets of a text to positions. It remembers where it was, so that offsets in rising order
// cost one pass over a line, however long the line is.
type positions struct {
	text  *python.Text
	enc   python.Encoding
	cells []workspace.Cell // of a notebook: a position is one in the cell

	line   int // of the last answer
	offset int
	column int
}

// at is the position of an offset, which is clamped to the text. An offset inside a code point counts as its start.
func (p *positions) at(offset int) protocol.Position {
	offset = min(max(offset, 0), p.text.Len())
	line := max(p.text.LineAt(offset), 0)
	if line != p.line || offset < p.offset {
		p.line, p.offset, p.column = line, p.text.Line(line).Start, 0
	}
	src := p.text.String()
	for p.offset < offset {
		size, units := 1, 1
		if src[p.offset] >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(src[p.offset:])
			units = width(r, size, p.enc)
		}
		if p.offset+size > offset {
			break
		}
		p.offset += size
		p.column += units
	}
	return protocol.Position{Line: uint32(p.line - p.first(p.line)), Character: uint32(p.column)}
}

// first is the line on which the cell begins that a line is in.
func (p *positions) first(line int) int {
	if c := workspace.CellAt(p.cells, line); c != nil {
		return min(c.Line, line)
	}
	return 0
}

// uri is that of the cell that an offset is in, or u.
func (p *positions) uri(offset int, u uri.URI) uri.URI {
	if c := workspace.CellAt(p.cells, p.text.LineAt(min(max(offset, 0), p.text.Len()))); c != nil {
		return uri.URI(c.Name)
	}
	return u
}

// span is the range of a span.
func (p *positions) span(s python.Span) protocol.Range {
	start := p.at(s.Start)
	back := *p
	end := p.at(s.End)
	// The next span may begin inside this one.
	p.line, p.offset, p.column = back.line, back.offset, back.column
	return protocol.Range{Start: start, End: end}
}

func width(r rune, size int, enc python.Encoding) int {
	switch {
	case enc == python.UTF8:
		return size
	case enc == python.UTF16 && r > 0xFFFF:
		return 2
	}
	return 1
}

// position reads a position of the protocol.
func position(p protocol.Position) python.Position {
	return python.Position{Line: int(p.Line), Column: int(p.Character)}
}

// span reads a range of the protocol, which is clamped to the text.
func span(text *python.Text, r protocol.Range, enc python.Encoding) python.Span {
	start, end := text.Offset(position(r.Start), enc), text.Offset(position(r.End), enc)
	return python.Span{Start: min(start, end), End: max(start, end)}
}
