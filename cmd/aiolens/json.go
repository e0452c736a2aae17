package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"

	"aiolens/diagnostics"
)

// jsonFinding is a finding in the shape of ruff's JSON.
type jsonFinding struct {
	Code        string        `json:"code"`
	Name        string        `json:"name"`
	Severity    string        `json:"severity"`
	Message     string        `json:"message"`
	Filename    string        `json:"filename"` // absolute
	Location    place         `json:"location"`
	EndLocation place         `json:"end_location"`
	Fix         *jsonFix      `json:"fix"`
	Related     []jsonRelated `json:"related"`
	URL         *string       `json:"url"` // the pages of the rules are not on the web: `aiolens rule` shows them
	NoqaRow     int           `json:"noqa_row"`
	Cell        *int          `json:"cell"` // of a notebook, from 1; rows are those of the cell then
}

type jsonFix struct {
	Applicability string     `json:"applicability"` // "safe" or "unsafe"
	Message       string     `json:"message"`
	Edits         []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	Content     string `json:"content"`
	Location    place  `json:"location"`
	EndLocation place  `json:"end_location"`
}

type jsonRelated struct {
	Filename    string `json:"filename"`
	Location    place  `json:"location"`
	EndLocation place  `json:"end_location"`
	Message     string `json:"message"`
}

// objects writes the findings as JSON objects, separated by commas.
func objects(b *bytes.Buffer, p *page) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("  ", "  ")
	for i := range p.findings {
		f := &p.findings[i]
		o := jsonFinding{
			Code: f.Rule.Code, Name: f.Rule.Name, Severity: f.Severity.String(), Message: f.Message, Filename: absolute(p.path),
			Location: p.at(f.Span.Start), EndLocation: p.at(f.Span.End),
			Related: []jsonRelated{}, NoqaRow: diagnostics.NoqaLine(p.file, f) + 1,
		}
		if o.Location.cell != nil {
			o.Cell = &o.Location.cell.Number
			o.NoqaRow -= o.Location.cell.Line
		}
		if len(f.Fixes) > 0 {
			o.Fix = p.jsonFix(f)
		}
		for j := range f.Related {
			path, start, end := p.related(&f.Related[j])
			o.Related = append(o.Related, jsonRelated{absolute(path), start, end, f.Related[j].Message})
		}
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString("  ")
		_ = e.Encode(o) // a buffer takes all, and these types all have a form in JSON
		b.Truncate(b.Len() - 1)
	}
}

func (p *page) jsonFix(f *diagnostics.Finding) *jsonFix {
	fix := offered(f, p.unsafe)
	o := &jsonFix{Applicability: "unsafe", Message: fix.Title, Edits: []jsonEdit{}}
	if fix.Safe {
		o.Applicability = "safe"
	}
	for _, e := range fix.Edits {
		o.Edits = append(o.Edits, jsonEdit{e.New, p.at(e.Span.Start), p.at(e.Span.End)})
	}
	return o
}

// absolute is the absolute path of a file; standard input without a name stays "-".
func absolute(path string) string {
	if path == stdin {
		return path
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
