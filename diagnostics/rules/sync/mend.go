package sync

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// guard offers to hold a lock of its own for a place from one node of a function to another one behind it.
func guard(p *diagnostics.Pass, r diagnostics.Reporter, x place, from, to python.Node) {
	first, last := together(from, to)
	if !first.Valid() {
		return
	}
	name := strings.Trim(x.root, "_") + "_lock"
	fix := diagnostics.Fix{}
	class, imports, ok := spell(p, first, p.Library()+".Lock")
	if !ok {
		return
	}
	fix.Imports = imports
	switch x.kind {
	case onSelf:
		self, _, _ := strings.Cut(x.text, ".")
		name = "_" + name
		at, ok := initEnd(p, x.class, name)
		if !ok {
			return
		}
		for _, e := range at(class + "()") {
			if e.Block == p.Block {
				fix.Edits = append(fix.Edits, e.Edit)
			} else {
				fix.Elsewhere = append(fix.Elsewhere, e)
			}
		}
		name = self + "." + name
	case global:
		if first.Scope().Lookup(name) != nil || p.Library() == "asyncio" && below(p, 3, 10) {
			return
		}
		if known := p.Global(name); known == nil {
			fix.Globals = []string{name + " = " + class + "()"}
		} else if len(known.Values) != 1 || primitiveOf(p, p.Program.Eval(p.Module, known.Values[0])).role != lock {
			return
		}
	default:
		return
	}
	inner, ok := within(first, last)
	if !ok {
		return
	}
	indent, _ := indentOf(first)
	start := first.Span().Start - len(indent)
	fix.Title = "Hold `" + name + "` meanwhile"
	head := diagnostics.Edit{Span: python.Span{Start: start, End: start}, New: indent + "async with " + name + ":\n"}
	for _, e := range inner {
		if e.Span.Start == start {
			head.New += e.New
			continue
		}
		fix.Edits = append(fix.Edits, e)
	}
	fix.Edits = append(fix.Edits, head)
	r.Fix(fix)
}

// together are the first and the last of those statements of one block that hold two nodes of a function; no nodes when there are none.
func together(from, to python.Node) (first, last python.Node) {
	for a := from; a.Valid() && a.Kind() != python.FunctionDef; a = a.Parent() {
		if a.Parent().Kind() != python.BlockStmt || !to.Inside(a.Parent()) {
			continue
		}
		for b := to; b.Valid(); b = b.Parent() {
			if b.Parent() == a.Parent() {
				if b.Span().Start < a.Span().Start {
					return python.Node{}, python.Node{}
				}
				return a, b
			}
		}
	}
	return python.Node{}, python.Node{}
}

// within are the edits that indent two statements of a block, and what is between them, by one more level.
func within(first, last python.Node) (edits []diagnostics.Edit, ok bool) {
	text := first.Block().Text()
	indent, ok := indentOf(first)
	if !ok {
		return nil, false
	}
	for n := first; n.Valid(); n = n.Next() {
		for c := range n.Walk {
			if c.Kind() == python.String && strings.ContainsAny(c.Text(), "\n\r") {
				return nil, false
			}
		}
		if n == last {
			break
		}
	}
	start, end := first.Span().Start-len(indent), last.Span().End
	edits = append(edits, diagnostics.Edit{Span: python.Span{Start: start, End: start}, New: step(indent)})
	for i := start; i < end; i++ {
		if text[i] == '\n' && i+1 < end && text[i+1] != '\n' && text[i+1] != '\r' {
			edits = append(edits, diagnostics.Edit{Span: python.Span{Start: i + 1, End: i + 1}, New: step(indent)})
		}
	}
	return edits, true
}

// step is one more level of indentation.
func step(indent string) string {
	if strings.Contains(indent, "\t") {
		return "\t"
	}
	return "    "
}

// initEnd makes the edits that give an attribute of self a lock at the end of the __init__ of a class, if it has none yet; ok is false when the
// class has no __init__ in the file, or something else under that name.
func initEnd(p *diagnostics.Pass, class, attribute string) (edits func(value string) []diagnostics.Elsewhere, ok bool) {
	for n := range p.Occurrences(attribute) {
		if a := n.Parent().Parent(); n.Parent().Field() != python.FieldLeft || a.Kind() != python.Assignment || classOf(n) != class || diagnostics.LastName(a.Child(python.FieldRight).Child(python.FieldFunction)) != "Lock" {
			return nil, false
		}
		return func(string) []diagnostics.Elsewhere { return nil }, true // it is there already
	}
	var init python.Node
	for fn := range p.Definitions("__init__") {
		if fn.Scope().Kind != python.ClassScope || classOf(fn) != class {
			continue
		}
		if init.Valid() {
			return nil, false
		}
		init = fn
	}
	self := init.Child(python.FieldParameters).FirstNamed()
	var last python.Node
	for s := range init.Child(python.FieldBody).Named {
		last = s
	}
	if self.Kind() != python.Identifier || !last.Valid() || last.Is(python.ReturnStmt, python.RaiseStmt) {
		return nil, false
	}
	text := init.Block().Text()
	indent, ok := indentOf(last)
	if !ok {
		return nil, false
	}
	end := last.Span().End
	if i := strings.IndexAny(text[end:], "\r\n"); i >= 0 { // behind a comment on its line
		end += i
	} else {
		end = len(text)
	}
	return func(value string) []diagnostics.Elsewhere {
		return []diagnostics.Elsewhere{{Block: init.Block(), Edit: diagnostics.Edit{
			Span: python.Span{Start: end, End: end}, New: "\n" + indent + self.Text() + "." + attribute + " = " + value,
		}}}
	}, true
}

// ofTasks offers to make a lock of threads one of tasks, where the file does nothing with it but make it, and hold it in coroutines.
func ofTasks(p *diagnostics.Pass, r diagnostics.Reporter, lock python.Node) {
	at := placeOf(lock.Function(), lock)
	if at.kind != onSelf && at.kind != global || at.text != compact(lock) || strings.Count(at.text, ".") > 1 || strings.Contains(at.text, "[") {
		return
	}
	class, imports, ok := spell(p, lock, p.Library()+".Lock")
	if !ok || at.kind == global && p.Library() == "asyncio" && below(p, 3, 10) {
		return
	}
	fix := diagnostics.Fix{Title: "Make it an `" + class + "`", Imports: imports}
	made := 0
	add := func(n python.Node, e diagnostics.Edit) {
		if n.Block() == p.Block {
			fix.Edits = append(fix.Edits, e)
		} else {
			fix.Elsewhere = append(fix.Elsewhere, diagnostics.Elsewhere{Block: n.Block(), Edit: e})
		}
	}
	for n := range p.Occurrences(at.root) {
		up := n.Parent()
		attribute := n.Field() == python.FieldAttribute && up.Kind() == python.Attribute
		switch {
		case n.Kind() != python.Identifier, n.Field() == python.FieldName:
			return
		case at.kind == global && (attribute || n.Scope().Lookup(at.root) != nil):
			continue
		case at.kind == onSelf:
			object := up.Child(python.FieldObject)
			if v := object.Value(); !attribute || object.Kind() != python.Identifier || v.Op != shape.Self {
				return
			}
			if classOf(n) != at.class {
				continue
			}
			n = up
		}
		with := contextManager(n)
		a := n.Parent()
		switch {
		case with.Valid() && !with.IsAsync() && with.Function().IsAsync() && n.Parent().Kind() == python.WithItem && !n.Parent().Next().Valid() && n.Parent() == n.Parent().Parent().FirstNamed():
			add(with, diagnostics.Insert(with, "async "))
		case a.Kind() == python.Assignment && n.Field() == python.FieldLeft && !a.Child(python.FieldType).Valid():
			call := a.Child(python.FieldRight)
			name := diagnostics.LastName(call.Child(python.FieldFunction))
			if call.Kind() != python.Call || name != "Lock" && name != "RLock" || call.Scope().Lookup(strings.Split(class, ".")[0]) != nil {
				return
			}
			add(call, diagnostics.Replace(call, class+"()"))
			made++
		default:
			return
		}
	}
	if made == 1 {
		r.Fix(fix)
	}
}
