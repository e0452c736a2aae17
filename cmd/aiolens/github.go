package main

import (
	"bytes"
	"fmt"
	"strings"

	"aiolens/diagnostics"
)

// A workflow command of GitHub Actions is one line: "::warning file=...,line=...::message". What ends a line or a field is escaped.
// Source: toCommandValue and toCommandProperty of actions/toolkit.
var (
	githubText  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubField = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// github writes annotations, which GitHub Actions shows beside the lines of a change.
func github(b *bytes.Buffer, p *page) {
	for i := range p.findings {
		f := &p.findings[i]
		level := "error"
		switch f.Severity {
		case diagnostics.Warning:
			level = "warning"
		case diagnostics.Info:
			level = "notice"
		}
		start, end := p.at(f.Span.Start), p.at(f.Span.End)
		fmt.Fprintf(b, "::%s title=aiolens (%s),file=%s", level, f.Rule.Code, githubField.Replace(absolute(p.path)))
		if start.cell == nil { // GitHub counts the lines of a notebook as those of its JSON
			fmt.Fprintf(b, ",line=%d,endLine=%d", start.Row, end.Row)
			if start.Row == end.Row {
				fmt.Fprintf(b, ",col=%d,endColumn=%d", start.Column, end.Column)
			}
		}
		text := fmt.Sprintf("%s:%s: %s %s", p.path, start, f.Rule.Code, f.Message)
		for j := range f.Related {
			path, start, _ := p.related(&f.Related[j])
			text += fmt.Sprintf("\n%s:%s: %s", shown(path), start, f.Related[j].Message)
		}
		fmt.Fprintf(b, "::%s\n", githubText.Replace(text))
	}
}
