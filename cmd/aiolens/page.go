package main

import (
	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// page is what a format renders: the findings of one file.
type page struct {
	path     string // as the user would write it
	file     *python.File
	findings []diagnostics.Finding
	unsafe   bool // unsafe fixes may be applied
	paint    paint
}

// place is a position for people: row and column from 1, the column in code points.
type place struct {
	Row    int `json:"row"`
	Column int `json:"column"`
}

// at is the place of a byte offset of a text.
func at(text *python.Text, offset int) place {
	p := text.Position(offset, python.UTF32)
	return place{p.Line + 1, p.Column + 1}
}

// related is the path of a related place, and its start and end.
func (p *page) related(r *diagnostics.Related) (path string, start, end place) {
	path, text := p.path, p.file.Text()
	if r.File != nil {
		path, text = r.File.Path, r.File.Text()
	}
	return path, at(text, r.Span.Start), at(text, r.Span.End)
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
