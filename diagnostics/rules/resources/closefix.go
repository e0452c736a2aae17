package resources

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// fix offers to put what follows, as far as it may need the resource, into the body of a with statement, or of a try with a
// finally where the resource is no context manager. Statements that only close the resource go.
func (r *resource) fix(p *diagnostics.Pass, rep diagnostics.Reporter, h holder, u *uses) {
	stmt := statement(h.name)
	assign := stmt.FirstNamed()
	if stmt.Kind() != python.ExprStmt || h.name.Text() == "_" || assign.Kind() != python.Assignment || assign.Child(python.FieldType).Valid() || assign.Child(python.FieldRight).Unwrap() != r.value || len(u.local.Bindings) != 1 {
		return
	}
	never := u.never(h.name)
	var body []python.Node    // what goes into the with
	var closing []python.Node // what goes away
	mentioned := 0
	used := stmt // the last statement that does more than to close it
	for s := next(stmt); s.Valid(); s = next(s) {
		if u.within(s) && !u.closing(s) {
			used = s
		}
	}
	for s := next(stmt); s.Valid(); s = next(s) {
		if u.closing(s) && s.Span().Start > used.Span().Start {
			closing = append(closing, s)
			mentioned = len(body)
			continue
		}
		body = append(body, s)
		if never || u.within(s) {
			mentioned = len(body)
		}
	}
	body = body[:mentioned]
	if len(body) == 0 {
		return
	}
	block := stmt.Parent()
	for n := range u.owner.Child(python.FieldBody).Walk {
		if u.is(n) && n != h.name && (!n.Inside(block) || n.Span().Start < stmt.Span().Start || u.of(n) == handsOn) {
			return
		}
	}
	last := body[len(body)-1]
	end := last
	for _, c := range closing {
		if c.Span().Start > end.Span().Start {
			end = c
		}
	}
	l, ok := linesOf(stmt, end)
	if !ok {
		return
	}
	from := l.behind(stmt.Span().End)
	for from < len(l.text) && (l.text[from] == '\r' || l.text[from] == '\n') {
		from++
	}
	from = l.start(from)
	var edits []diagnostics.Edit
	form, name := r.form(p), h.name.Text()
	title := ""
	switch {
	case form == "" || r.part == 0 && r.value.Kind() == python.Await && !r.callee.Func.Decl.Async && r.value.FirstNamed().Unwrap() != r.call:
		close, ok := r.closing(p, name, "\n"+l.indent+l.unit)
		if !ok {
			return
		}
		title = "Close it in a `finally`"
		edits = l.deeper(from, l.behind(last.Span().End), l.indent+"try:\n")
		at := l.behind(last.Span().End)
		edits = append(edits, diagnostics.Edit{Span: python.Span{Start: at, End: at}, New: "\n" + l.indent + "finally:\n" + l.indent + l.unit + close})
	default:
		text := r.value.Text()
		if !r.callee.Func.Decl.Async {
			text = r.call.Text()
		}
		title = "Use `" + form + "`"
		edits = append(edits, diagnostics.Replace(stmt, form+" "+text+" as "+name+":"))
		edits = append(edits, l.deeper(from, l.behind(last.Span().End), "")...)
	}
	for _, c := range closing {
		start, stop := l.start(c.Span().Start), l.behind(c.Span().End)
		if i := strings.IndexByte(l.text[stop:], '\n'); i >= 0 {
			stop += i + 1
		} else if start > 0 { // the end of the text
			start--
		}
		kept := edits[:0]
		for _, e := range edits {
			if e.Span.Len() == 0 && start <= e.Span.Start && e.Span.Start < stop && !strings.Contains(e.New, "finally:") {
				continue
			}
			kept = append(kept, e)
		}
		edits = append(kept, diagnostics.Edit{Span: python.Span{Start: start, End: stop}})
	}
	rep.Fix(diagnostics.Fix{Title: title, Edits: l.whole(edits)})
}

// closing says whether a statement does nothing but close the resource, or wait until it is closed.
func (u *uses) closing(stmt python.Node) bool {
	c := call(stmt.FirstNamed())
	o, name := method(c)
	return stmt.Kind() == python.ExprStmt && c.Valid() && (u.releases(c) || u.is(o) && name == "wait_closed")
}

// within says whether the name occurs in a statement.
func (u *uses) within(stmt python.Node) bool {
	for n := range stmt.Walk {
		if u.is(n) {
			return true
		}
	}
	return false
}

// closing spells how to close the resource; ok is false where that cannot be told, or has to be awaited where it cannot be.
func (r *resource) closing(p *diagnostics.Pass, name, newline string) (text string, ok bool) {
	closer := r.closers[0]
	text = name + "." + closer + "()"
	if r.part > 0 {
		if !p.InCoroutine(r.call) {
			return "", false
		}
		return text + newline + "await " + name + ".wait_closed()", true
	}
	t := p.Type(r.value)
	await := closer == "aclose"
	for _, a := range t.Atoms() {
		if a.Kind != program.Instance {
			continue
		}
		m, found := p.Program.Member(a, closer)
		if !found || len(m.Atoms()) != 1 || m.Atoms()[0].Kind != program.Function {
			return "", false
		}
		f := m.Atoms()[0].Func.Decl
		await = f.Async || f.Returns != nil && !(len(f.Returns.Str) > 0 && f.Returns.Str == "None")
	}
	if await && !p.InCoroutine(r.call) {
		return "", false
	}
	if await {
		text = "await " + text
	}
	return text, true
}
