package main

import (
	"fmt"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// page is what a format renders: the findings of one file.
type page struct {
	path     string // as the user would write it
	file     *python.File
	cells    []workspace.Cell // of a notebook
	findings []diagnostics.Finding
	unsafe   bool // unsafe fixes may be applied
	paint    paint
}

// place is a position for people: row and column from 1, the column in code points. In a notebook the row is that of the cell.
type place struct {
	Row    int `json:"row"`
	Column int `json:"column"`
	cell   *workspace.Cell
}

// String is "row:column", behind the number of the cell if there is one.
func (p place) String() string {
	if p.cell != nil {
		return fmt.Sprintf("cell %d:%d:%d", p.cell.Number, p.Row, p.Column)
	}
	return fmt.Sprintf("%d:%d", p.Row, p.Column)
}

// at is the place of a byte offset of the file.
func (p *page) at(offset int) place {
	where := at(p.file.Text(), offset)
	if where.cell = workspace.CellAt(p.cells, where.Row-1); where.cell != nil {
		where.Row = max(1, where.Row-where.cell.Line)
	}
	return where
}

// at is the place of a byte offset of a text.
func at(text *python.Text, offset int) place {
	p := text.Position(offset, python.UTF32)
	return place{Row: p.Line + 1, Column: p.Column + 1}
}

// related is the path of a related place, and its start and end.
func (p *page) related(r *diagnostics.Related) (path string, start, end place) {
	if r.File == nil {
		return p.path, p.at(r.Span.Start), p.at(r.Span.End)
	}
	text := r.File.Text()
	return r.File.Path, at(text, r.Span.Start), at(text, r.Span.End)
}

// paint colours text for a terminal, or leaves it as it is.
type paint bool

func (p paint) sgr(codes, text string) string {
	if !p {
		return text
	}
	return "\x1b[" + codes + "m" + text + "\x1b[0m"
}

func (p paint) bold(text string) string { return p.sgr("1", text) }
func (p paint) blue(text string) string { return p.sgr("1;34", text) }
func (p paint) cyan(text string) string { return p.sgr("36", text) }

// severity colours text by how bad a finding is.
func (p paint) severity(s diagnostics.Severity, text string) string {
	switch s {
	case diagnostics.Error:
		return p.sgr("1;31", text)
	case diagnostics.Warning:
		return p.sgr("1;33", text)
	}
	return p.blue(text)
}
