package server

import (
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// guessing are the edits of one document for an editor that lets the user change what is a guess in them; guesses says that there
// is such a thing. Editors indent the lines of a snippet, and of what they insert with it, like the line in which it begins, so that edits
// of several lines are made to begin where a line begins. Where others are in the way, there are no guesses.
func guessing(text *python.Text, edits []diagnostics.Edit) (made []diagnostics.Edit, guesses bool) {
	if !slices.ContainsFunc(edits, func(e diagnostics.Edit) bool { return e.Snippet != "" }) {
		return edits, false
	}
	for i, e := range edits {
		start := text.Line(text.LineAt(e.Span.Start)).Start
		if strings.ContainsAny(e.New, "\r\n") && start < e.Span.Start {
			if i > 0 && edits[i-1].Span.End > start {
				return edits, false
			}
			before := text.String()[start:e.Span.Start]
			if e.New = before + e.New; e.Snippet != "" {
				e.Snippet = diagnostics.SnippetText(before) + e.Snippet
			}
			e.Span.Start = start
		}
		made = append(made, e)
	}
	return made, true
}
