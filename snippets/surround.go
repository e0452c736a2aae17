package snippets

import (
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// A Wrapping is what puts statements into something.
type Wrapping struct {
	Title string // imperative
	Edits []diagnostics.Edit
}

// Surround is what the statements of a span can be put into: whole statements of a coroutine, in whole lines. There is nothing for others.
func (c Context) Surround(span python.Span) []Wrapping {
	text := c.File.Text()
	src := text.String()
	selected := strings.TrimSpace(src[span.Start:span.End])
	if selected == "" {
		return nil
	}
	span.Start += strings.Index(src[span.Start:span.End], selected)
	span.End = span.Start + len(selected)
	b, at := c.File.At(span.Start)
	if b == nil {
		return nil
	}
	first, last := statements(b, python.Span{Start: span.Start - at, End: span.End - at})
	fn := first.Function()
	if !first.Valid() || !fn.IsAsync() {
		return nil
	}
	awaits, yields := false, false
	for n := first; n.Valid(); n = n.Next() {
		for m := range n.Walk {
			if m.Broken() {
				return nil
			}
			if m.Function() == fn {
				awaits = awaits || m.Kind() == python.Await || m.Is(python.ForStmt, python.WithStmt) && m.IsAsync()
				yields = yields || m.Kind() == python.Yield
			}
		}
		if n == last {
			break
		}
	}
	start, end := text.Line(text.LineAt(span.Start)), text.Line(text.LineAt(span.End))
	indent := src[start.Start:span.Start]
	if strings.TrimLeft(indent, " \t") != "" || !onlyComment(src[span.End:end.End]) || yields {
		return nil
	}
	place := Place{Where: Coroutine, Word: python.Span{Start: start.Start, End: start.Start}, Indent: indent, before: src[min(at, start.Start):start.Start]}
	place.Unit = unitOf(src)
	if head := fn.Span().Start + at; head < start.Start {
		line := text.Line(text.LineAt(head))
		outer := src[line.Start : line.Start+len(src[line.Start:line.End])-len(strings.TrimLeft(src[line.Start:line.End], " \t"))]
		if rest, ok := strings.CutPrefix(indent, outer); ok && rest != "" && first.Parent().Parent() == fn {
			place.Unit = rest
		}
	}
	s := c.scope(place)
	newline := diagnostics.Newline(text)
	var found []Wrapping
	for _, p := range All() {
		if p.Surround == "" {
			continue
		}
		names := map[string]string{}
		for _, t := range p.Names {
			if names[t.Default] = s.nameOf(t.Type, place); names[t.Default] == "" {
				names = nil
				break
			}
		}
		var v *Variant
		var edit diagnostics.Edit
		switch {
		case names == nil:
			continue // what it would use does not exist
		case p.Name == "to-thread":
			if v = p.variant(s.library, c.Target, s.imports, false); v == nil || awaits || first != last {
				continue
			}
			call, ok := offloaded(first, v)
			if !ok {
				continue
			}
			edit = call
			edit.Span = edit.Span.Shift(at)
		case !awaits:
			continue
		default:
			if v = p.variant(s.library, c.Target, s.imports, true); v == nil {
				continue
			}
			lines, body := python.Span{Start: start.Start, End: end.End}, v.Body.renamed(names)
			selected := func(deeper string) string { return shifted(b, at, lines, deeper, src) }
			edit = diagnostics.Edit{
				Span: lines,
				New:  wrapped(body.Plain(), place, newline, selected),
				Snippet: wrapped(string(body), place, newline, func(deeper string) string {
					return diagnostics.SnippetText(selected(deeper))
				}),
			}
		}
		w := Wrapping{Title: p.Surround, Edits: []diagnostics.Edit{edit}}
		for _, statement := range v.Imports {
			if !s.has(statement) {
				w.Edits = append(w.Edits, diagnostics.Import(c.File, statement))
			}
		}
		slices.SortStableFunc(w.Edits, func(a, b diagnostics.Edit) int { return a.Span.Start - b.Span.Start })
		found = append(found, w)
	}
	return found
}

// statements are the first and the last of the statements, side by side, that a span covers exactly; no nodes when it covers something else.
func statements(b *python.Block, span python.Span) (first, last python.Node) {
	for n := b.At(span.Start); n.Valid(); n = n.Parent() {
		if n.Span().Start != span.Start {
			break
		}
		if n.Parent().Kind() != python.BlockStmt {
			continue
		}
		for last := n; last.Valid() && last.Span().End <= span.End; last = last.Next() {
			if last.Span().End == span.End {
				return n, last
			}
		}
	}
	return python.Node{}, python.Node{}
}

func onlyComment(s string) bool {
	s = strings.TrimLeft(s, " \t")
	return s == "" || s[0] == '#'
}

// wrapped is a body with the selected lines in it.
func wrapped(body string, place Place, newline string, selected func(deeper string) string) string {
	var lines []string
	for line := range strings.SplitSeq(body, "\n") {
		if head, ok := strings.CutSuffix(line, "$TM_SELECTED_TEXT"); ok {
			head = strings.TrimSuffix(head, `\`)
			lines = append(lines, selected(strings.Repeat(place.Unit, len(head)/4)))
			continue
		}
		lines = append(lines, place.Indent+indented(line, "", place.Unit, newline))
	}
	return strings.Join(lines, newline)
}

// shifted are lines with more indentation. Lines that begin in a string stay as they are.
func shifted(b *python.Block, at int, span python.Span, deeper, src string) string {
	var out strings.Builder
	for i := span.Start; i < span.End; {
		rest := src[i:span.End]
		n := len(rest) - len(behindLine(rest))
		if strings.TrimSpace(rest[:n]) != "" && !inString(b, i-at) {
			out.WriteString(deeper)
		}
		out.WriteString(rest[:n])
		i += n
	}
	return out.String()
}

func inString(b *python.Block, offset int) bool {
	if offset < 0 {
		return false
	}
	for n := b.At(offset); n.Valid(); n = n.Parent() {
		if n.Kind() == python.String && n.Span().Start < offset && offset < n.Span().End {
			return true
		}
	}
	return false
}

// offloaded is the edit that runs the only call of a statement in a thread, as the variant of the pattern does it: a statement that is
// a call, or that assigns its result.
func offloaded(stmt python.Node, v *Variant) (e diagnostics.Edit, ok bool) {
	call := stmt.FirstNamed()
	if call.Kind() == python.Assignment {
		call = call.Child(python.FieldRight)
	}
	args := call.Child(python.FieldArguments)
	if stmt.Kind() != python.ExprStmt || call.Kind() != python.Call || args.Kind() != python.ArgumentList {
		return e, false
	}
	how := v.Body.Plain()
	how = strings.TrimPrefix(how[strings.Index(how, "= ")+2:], "await ")
	keywords := strings.HasPrefix(how, "asyncio.to_thread(")
	for a := range args.Named {
		if a.Is(python.KeywordArgument, python.DictionarySplat) && !keywords {
			return e, false
		}
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(args.Text(), "("), ")")
	function := call.Child(python.FieldFunction).Text()
	if strings.TrimSpace(inner) != "" {
		function += ", "
	}
	how, _, _ = strings.Cut(how, "load")
	return diagnostics.Replace(call, "await "+how+function+inner+")"), true
}
