package main

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// margin is how many lines are shown before and after the line of a finding.
const margin = 2

// full writes each finding with the lines of source around it, related places and the title of its fix.
func full(b *bytes.Buffer, p *page) {
	for i := range p.findings {
		f := &p.findings[i]
		header(b, p, f)
		gutter := excerpt(b, p, f)
		for j := range f.Related {
			path, start, _ := p.related(&f.Related[j])
			note(b, p.paint, gutter, "note", fmt.Sprintf("%s:%s: %s", shown(path), start, f.Related[j].Message))
		}
		if len(f.Fixes) > 0 {
			note(b, p.paint, gutter, "help", offered(f, p.unsafe).Title)
		}
		b.WriteByte('\n')
	}
}

func note(b *bytes.Buffer, paint paint, gutter int, kind, text string) {
	fmt.Fprintf(b, "%*s %s %s: %s\n", gutter, "", paint.blue("="), paint.bold(kind), text)
}

// excerpt writes the lines around a finding, with carets below what is marked of its first line. It returns the width
// of the line numbers.
func excerpt(b *bytes.Buffer, p *page, f *diagnostics.Finding) int {
	text := p.file.Text()
	src := text.String()
	line := text.LineAt(f.Span.Start)
	begin := 0
	if cell := workspace.CellAt(p.cells, line); cell != nil {
		begin = cell.Line
	}
	first, last := max(line-margin, begin), min(max(line, text.LineAt(f.Span.End))+margin, line+2*margin, text.Lines()-1)
	blank := func(n int) bool {
		span := text.Line(n)
		return strings.TrimSpace(src[span.Start:span.End]) == ""
	}
	for first < line && blank(first) {
		first++
	}
	for last > line && blank(last) {
		last--
	}
	last = min(last, max(line, lastOf(p.cells, line)))
	width := len(strconv.Itoa(last + 1 - begin))
	bar := p.paint.blue("|")
	fmt.Fprintf(b, "%*s %s\n", width, "", bar)
	for n := first; n <= last; n++ {
		span := text.Line(n)
		marked := python.Span{Start: span.Start, End: span.Start}
		if n == line {
			marked = python.Span{Start: min(f.Span.Start, span.End), End: min(f.Span.End, span.End)}
		}
		before, under, after := cut(src, span, marked)
		writeLine(b, p.paint.blue(fmt.Sprintf("%*d", width, n+1-begin))+" "+bar, before+under+after)
		if n == line {
			carets := strings.Repeat("^", max(1, uniseg.StringWidth(under)))
			writeLine(b, strings.Repeat(" ", width)+" "+bar, strings.Repeat(" ", uniseg.StringWidth(before))+p.paint.severity(f.Severity, carets))
		}
	}
	fmt.Fprintf(b, "%*s %s\n", width, "", bar)
	return width
}

// lastOf is the last line of the cell that a line is in.
func lastOf(cells []workspace.Cell, line int) int {
	for _, c := range cells {
		if c.Line > line {
			return c.Line - 2 // above the line that begins it
		}
	}
	return math.MaxInt
}

func writeLine(b *bytes.Buffer, gutter, text string) {
	b.WriteString(gutter)
	if text != "" {
		b.WriteByte(' ')
		b.WriteString(text)
	}
	b.WriteByte('\n')
}

// longest is how many bytes of a line are shown on either side of what is marked, and of that itself.
const longest = 160

// cut is a line before, in and behind a marked span, fit to be shown: without what is too long, with tabs as four
// spaces and with no control characters, which a terminal would obey.
func cut(src string, line, marked python.Span) (before, under, after string) {
	before, under, after = src[line.Start:marked.Start], src[marked.Start:marked.End], src[marked.End:line.End]
	if n := len(before); n > longest {
		n -= longest / 2
		for !utf8.RuneStart(before[n]) {
			n++
		}
		before = "…" + before[n:]
	}
	return printable(before), printable(shorten(under)), printable(shorten(after))
}

func shorten(s string) string {
	if len(s) <= longest {
		return s
	}
	n := longest
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 {
			return utf8.RuneError // also what turns the direction of text
		}
		return r
	}, strings.ReplaceAll(s, "\t", "    "))
}
