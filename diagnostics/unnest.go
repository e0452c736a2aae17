package diagnostics

import (
	"strings"

	"aiolens/diagnostics/python"
)

// Unnest are the edits that leave of a compound statement with one body, such as a with, only that body, moved to where
// the statement begins. ok is false where that cannot be done line by line.
func Unnest(stmt python.Node) (edits []Edit, ok bool) {
	text := stmt.Block().Text()
	body := stmt.Child(python.FieldBody)
	first := body.FirstNamed()
	if !first.Valid() || stmt.Broken() || strings.Contains(strings.ReplaceAll(text, "\r\n", "\n"), "\r") {
		return nil, false
	}
	at, start := stmt.Span().Start, first.Span().Start
	indent := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	inner := text[strings.LastIndexByte(text[:start], '\n')+1 : start]
	if strings.TrimSpace(indent) != "" {
		return nil, false
	}
	if strings.TrimSpace(inner) != "" { // on the line of the header
		return []Edit{{Span: python.Span{Start: at, End: start}}}, true
	}
	extra, ok := strings.CutPrefix(inner, indent)
	if !ok || extra == "" {
		return nil, false
	}
	// Behind the last part of the header there is a colon, and a comment perhaps.
	end := at
	for c := range stmt.Named {
		if c != body && c.Span().End <= start {
			end = c.Span().End
		}
	}
	for ; text[end] != ':'; end++ {
		if end+1 >= start {
			return nil, false
		}
		if text[end] == '#' {
			end += strings.IndexByte(text[end:], '\n')
		}
	}
	end++
	for text[end] == ' ' || text[end] == '\t' {
		end++
	}
	if text[end] != '#' { // nothing more in this line: go on to the next that is not empty
		for text[end] == '\n' || text[end] == '\r' || text[end] == ' ' || text[end] == '\t' {
			end++
		}
	}
	edits = append(edits, Edit{Span: python.Span{Start: at, End: end}})
	quoted := stringSpans(body)
	for i := end; i < body.Span().End; i++ {
		if text[i] != '\n' || !strings.HasPrefix(text[i+1:], inner) {
			continue
		}
		line := i + 1
		for len(quoted) > 0 && quoted[0].End <= line {
			quoted = quoted[1:]
		}
		if len(quoted) > 0 && quoted[0].Start < line {
			continue // within a string over several lines
		}
		edits = append(edits, Edit{Span: python.Span{Start: line + len(indent), End: line + len(inner)}})
	}
	return edits, true
}

// stringSpans are the spans of the outermost strings in a node.
func stringSpans(n python.Node) []python.Span {
	var spans []python.Span
	end := 0
	for c := range n.Walk {
		if c.Kind() == python.String && c.Span().Start >= end {
			spans = append(spans, c.Span())
			end = c.Span().End
		}
	}
	return spans
}
