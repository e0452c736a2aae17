package server

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

var (
	// noqa finds the codes of a comment that suppresses findings: "# noqa: ASYNC251, blocking-sleep" or
	// "# aiolens: ignore[ASYNC251]".
	noqa = workspace.Regexp(`(?i)#.*?(?:\bnoqa\s*:|\b(?:ruff|aiolens)\s*:\s*(?:file-)?ignore\s*\[)([\w, \t-]+)`)
	word = workspace.Regexp(`[\w-]+`)
)

// hoverNoqa shows the page of a rule that a comment suppresses.
func (s *server) hoverNoqa(done *analysis, offset int) *card {
	text := done.snapshot.Text
	line := text.Line(text.LineAt(offset))
	src := text.String()[line.Start:line.End]
	if !strings.Contains(src, "#") {
		return nil
	}
	for _, comment := range noqa().FindAllStringSubmatchIndex(src, -1) {
		for _, at := range word().FindAllStringIndex(src[comment[2]:comment[3]], -1) {
			span := python.Span{Start: at[0], End: at[1]}.Shift(line.Start + comment[2])
			if !span.Contains(offset) {
				continue
			}
			if rule := s.rule(text.String()[span.Start:span.End]); rule != nil {
				return &card{markdown(rule), span}
			}
		}
	}
	return nil
}

// rule is the first rule with this code or name, its own or another tool's; nil when there is none.
func (s *server) rule(name string) *diagnostics.Rule {
	for _, r := range s.opts.Rules {
		if strings.EqualFold(r.Code, name) || strings.EqualFold(r.Name, name) {
			return r
		}
	}
	for _, r := range s.opts.Rules {
		for _, alias := range r.Aliases {
			if strings.EqualFold(alias, name) {
				return r
			}
		}
	}
	return nil
}
