// Package resources finds what stays open: sessions, connections and servers that nobody closes, and context managers,
// generators and streams whose cleanup is skipped. It does not know what runs on the event loop and when; tasks and locks
// are the business of other packages.
package resources

import (
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// method is the object and the name of the method that a call is of; no node when it is of something else.
func method(call python.Node) (object python.Node, name string) {
	fn := call.Child(python.FieldFunction)
	if call.Kind() != python.Call || fn.Kind() != python.Attribute {
		return python.Node{}, ""
	}
	return fn.Child(python.FieldObject), fn.Child(python.FieldAttribute).Text()
}

// statement is the statement that a node is part of, in the body of a compound statement, function or class.
func statement(n python.Node) python.Node {
	for ; n.Valid(); n = n.Parent() {
		if n.Parent().Kind() == python.BlockStmt {
			return n
		}
	}
	return python.Node{}
}

// next is the statement behind another one in the same body.
func next(stmt python.Node) python.Node {
	for n := stmt.Next(); n.Valid(); n = n.Next() {
		if !n.Is(python.Token, python.Comment) {
			return n
		}
	}
	return python.Node{}
}

// lines is a body whose lines a fix moves.
type lines struct {
	text    string        // of the block
	indent  string        // of the statements of the body
	unit    string        // one more level
	strings []python.Span // whose lines must stay as they are
}

// linesOf is ok when the statements from first to last, of one body, have their lines for themselves.
func linesOf(first, last python.Node) (l lines, ok bool) {
	l.text = first.Block().Text()
	l.indent = l.text[l.start(first.Span().Start):first.Span().Start]
	outer := first.Parent().Parent().Span().Start
	for outer = l.start(outer); outer < len(l.text) && (l.text[outer] == ' ' || l.text[outer] == '\t'); outer++ {
	}
	around := l.text[l.start(outer):outer]
	if l.unit, ok = strings.CutPrefix(l.indent, around); !ok || l.unit == "" || strings.Trim(l.indent, " \t") != "" {
		return l, false
	}
	end := -1
	for s := first; s.Valid(); s = next(s) {
		if start := l.start(s.Span().Start); start <= end || s.Broken() || strings.Trim(l.text[start:s.Span().Start], " \t") != "" {
			return l, false
		}
		end = s.Span().End
		for n := range s.Walk {
			if n.Is(python.String, python.ConcatenatedString) && strings.Contains(n.Text(), "\n") {
				l.strings = append(l.strings, n.Span())
			}
		}
		if s == last {
			rest, _, _ := strings.Cut(l.text[end:], "\n")
			rest = strings.TrimSpace(rest)
			return l, rest == "" || rest[0] == '#'
		}
	}
	return l, false
}

// start is where the line that holds an offset begins.
func (l *lines) start(offset int) int { return strings.LastIndexByte(l.text[:offset], '\n') + 1 }

// behind is where the line that holds an offset ends.
func (l *lines) behind(offset int) int {
	i := strings.IndexAny(l.text[offset:], "\r\n")
	if i < 0 {
		return len(l.text)
	}
	return offset + i
}

// comments is where the comments begin that stand right above a statement, as lines of their own; else where the line of the
// statement begins.
func (l *lines) comments(stmt python.Node) int {
	at := l.start(stmt.Span().Start)
	for at > 0 {
		above := l.start(at - 1)
		if !strings.HasPrefix(strings.TrimSpace(l.text[above:at]), "#") {
			break
		}
		at = above
	}
	return at
}

// deeper moves the lines between two offsets, which begin lines, one level in; before is put in front of the first.
func (l *lines) deeper(from, to int, before string) []diagnostics.Edit {
	var edits []diagnostics.Edit
	for at := from; at < to; {
		end := l.behind(at)
		switch {
		case at == from:
			edits = append(edits, diagnostics.Edit{Span: python.Span{Start: at, End: at}, New: before + l.unit})
		case strings.TrimSpace(l.text[at:end]) != "" && !l.inString(at):
			edits = append(edits, diagnostics.Edit{Span: python.Span{Start: at, End: at}, New: l.unit})
		}
		i := strings.IndexByte(l.text[end:], '\n')
		if i < 0 {
			break
		}
		at = end + i + 1
	}
	return edits
}

func (l *lines) inString(at int) bool {
	for _, s := range l.strings {
		if s.Start < at && at <= s.End {
			return true
		}
	}
	return false
}

// whole is one edit in place of several. Fixes that move the same lines must not be mixed; so they clash.
func (l *lines) whole(edits []diagnostics.Edit) []diagnostics.Edit {
	slices.SortStableFunc(edits, func(a, b diagnostics.Edit) int { return a.Span.Start - b.Span.Start })
	from, to := edits[0].Span.Start, edits[0].Span.End
	var text strings.Builder
	at := from
	for _, e := range edits {
		text.WriteString(l.text[at:e.Span.Start] + e.New)
		at = e.Span.End
		to = max(to, at)
	}
	return []diagnostics.Edit{{Span: python.Span{Start: from, End: to}, New: text.String()}}
}
