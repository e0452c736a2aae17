package main

import (
	"bytes"
	"fmt"

	"aiolens/diagnostics"
)

// concise writes one line per finding.
func concise(b *bytes.Buffer, p *page) {
	for i := range p.findings {
		header(b, p, &p.findings[i])
	}
}

// header writes "path:row:column: CODE [*] message", the star where a fix may be applied.
func header(b *bytes.Buffer, p *page, f *diagnostics.Finding) {
	start := p.at(f.Span.Start)
	fixable := ""
	if preferred(f, p.unsafe) != nil {
		fixable = "[" + p.paint.cyan("*") + "] "
	}
	colon := p.paint.cyan(":")
	cell := ""
	if start.cell != nil {
		cell = fmt.Sprintf("cell %d", start.cell.Number) + colon
	}
	fmt.Fprintf(b, "%s%s%s%d%s%d%s %s %s%s\n", p.paint.bold(p.path), colon, cell, start.Row, colon, start.Column, colon,
		p.paint.severity(f.Severity, f.Rule.Code), fixable, f.Message)
}
