package main

import (
	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// page is what a format renders: the findings of one file.
type page struct {
	path     string // as the user would write it
	file     *python.File
	findings []diagnostics.Finding
	unsafe   bool // unsafe fixes may be applied
	paint    paint
	texts    map[string]*python.Text // of the files of related places; nil for one that cannot be read
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

// related is the path of a related place, and its start and end. They are the start of the file when it cannot be read.
func (p *page) related(r *diagnostics.Related) (path string, start, end place) {
	path, text := p.path, p.file.Text()
	if r.Path != "" && r.Path != p.file.Path {
		path, text = r.Path, p.text(r.Path)
	}
	if text == nil {
		return path, place{1, 1}, place{1, 1}
	}
	return path, at(text, r.Span.Start), at(text, r.Span.End)
}

func (p *page) text(path string) *python.Text {
	text, ok := p.texts[path]
	if ok {
		return text
	}
	if source, err := workspace.Read(path); err == nil {
		text = python.NewText(source.Text)
	}
	if p.texts == nil {
		p.texts = make(map[string]*python.Text)
	}
	p.texts[path] = text
	return text
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
