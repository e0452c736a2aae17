package blocking

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// opening is a with statement that opens one file under a name, in a coroutine.
type opening struct {
	with  python.Node
	call  python.Node   // open(path, ...) or path.open(...)
	path  string        // the source of the path
	rest  []python.Node // the other arguments
	reads []python.Node // the reads of the name, all in the body
}

// openingOf is the with statement whose only context manager is the call.
func openingOf(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) (o opening, ok bool) {
	o.call, o.with = call, call.Up(python.WithStmt)
	item := call.Parent()
	alias := item.Child(python.FieldAlias).FirstNamed()
	args := call.Child(python.FieldArguments)
	if item.Kind() != python.AsPattern || item.Parent().Parent().Parent() != o.with || o.with.IsAsync() || alias.Kind() != python.Identifier ||
		args.Kind() != python.ArgumentList || !awaitable(o.with) {
		return o, false
	}
	items := 0
	for range diagnostics.WithExpressions(o.with) {
		items++
	}
	binding := alias.Binding()
	if items != 1 || binding == nil || unpacks(call) {
		return o, false
	}
	var sure bool
	if o.reads, sure = binding.Reads(); !sure {
		return o, false
	}
	for _, r := range o.reads {
		if !r.Inside(o.with.Child(python.FieldBody)) || r.Function() != o.with.Function() {
			return o, false
		}
	}
	switch c.Name {
	case "open", "io.open":
		file := p.Argument(call, 0, "file")
		if !file.Valid() || file.Kind() == python.IntLit {
			return o, false
		}
		o.path = file.Text()
		for a := range args.Named {
			if a != file && a != file.Parent() {
				o.rest = append(o.rest, a)
			}
		}
	case "pathlib.Path.open":
		fn := call.Child(python.FieldFunction)
		if fn.Kind() != python.Attribute {
			return o, false
		}
		o.path = fn.Child(python.FieldObject).Text()
		for a := range args.Named {
			o.rest = append(o.rest, a)
		}
	default:
		return o, false
	}
	return o, true
}

// fileFix opens the file through the asynchronous library that the file imports, and awaits all that is done with it.
func fileFix(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) (diagnostics.Fix, bool) {
	o, ok := openingOf(p, call, c)
	if !ok {
		return diagnostics.Fix{}, false
	}
	name, await := "aiofiles.open", ""
	if _, missing := p.Spell(name); len(missing) > 0 {
		if p.Library() == "asyncio" {
			return diagnostics.Fix{}, false
		}
		name, await = p.Library()+".open_file", "await "
	}
	name, imports, ok := spell(p, call, name)
	if !ok {
		return diagnostics.Fix{}, false
	}
	edits := []diagnostics.Edit{diagnostics.Replace(o.with.First(), "async with")}
	if fn := call.Child(python.FieldFunction); c.Name == "pathlib.Path.open" {
		text := name + "(" + o.path
		if len(o.rest) > 0 {
			text += ", "
		}
		args := call.Child(python.FieldArguments)
		edits = append(edits, diagnostics.Edit{Span: python.Span{Start: fn.Span().Start, End: args.Span().Start + 1}, New: await + text})
	} else {
		edits = append(edits, diagnostics.Replace(fn, await+name))
	}
	for _, r := range o.reads {
		use := r.Parent()
		switch {
		case use.Kind() == python.Attribute && use.Parent().Kind() == python.Call && use.Field() == python.FieldFunction:
			switch use.Child(python.FieldAttribute).Text() {
			case "read", "readline", "readlines", "write", "writelines", "seek", "tell", "flush", "truncate":
			default:
				return diagnostics.Fix{}, false
			}
			if !awaitable(use.Parent()) || use.Parent().Parent().Kind() == python.Await {
				return diagnostics.Fix{}, false
			}
			// The edit takes the place of the name, so that it is not made together with another fix of the same call.
			if diagnostics.NeedsParens(use.Parent()) {
				edits = append(edits, diagnostics.Replace(r, "(await "+r.Text()), diagnostics.Append(use.Parent(), ")"))
			} else {
				edits = append(edits, diagnostics.Replace(r, "await "+r.Text()))
			}
		case use.Is(python.ForStmt, python.ForInClause) && r.Field() == python.FieldRight && !use.IsAsync() && awaitable(r):
			edits = append(edits, diagnostics.Replace(use.First(), "async for"))
		default:
			return diagnostics.Fix{}, false
		}
	}
	return diagnostics.Fix{Title: "Open it with `" + name + "()`", Imports: imports, Edits: edits}, true
}

// wholeFileFix reads or writes a file as a whole in a thread, where that is all that a with statement does.
func wholeFileFix(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) (diagnostics.Fix, bool) {
	o, ok := openingOf(p, call, c)
	if !ok || len(o.reads) != 1 {
		return diagnostics.Fix{}, false
	}
	body := o.with.Child(python.FieldBody)
	stmt := body.FirstNamed()
	if body.Kind() != python.BlockStmt || !stmt.Is(python.ExprStmt, python.ReturnStmt, python.AssertStmt, python.RaiseStmt) || strings.ContainsAny(stmt.Text(), "\r\n") {
		return diagnostics.Fix{}, false
	}
	for s := stmt.Next(); s.Valid(); s = s.Next() {
		if s.Kind() != python.Comment || strings.ContainsAny(p.Block.Text()[stmt.Span().End:s.Span().Start], "\r\n") {
			return diagnostics.Fix{}, false
		}
	}
	header := p.Block.Text()[o.with.Span().Start:stmt.Span().Start]
	comment := ""
	if _, after, found := strings.Cut(p.Block.Text()[call.Span().End:stmt.Span().Start], "#"); found {
		comment = "  # " + strings.TrimSpace(after)
	}
	if strings.ContainsAny(comment, "\r\n") || strings.ContainsAny(o.with.Text()[:call.Span().End-o.with.Span().Start], "\r\n") || !strings.ContainsAny(header, "\r\n") {
		return diagnostics.Fix{}, false
	}
	mode, options := "r", ""
	for i, a := range o.rest {
		key, value := "mode", a
		switch {
		case a.Kind() == python.KeywordArgument:
			key, value = a.Child(python.FieldName).Text(), a.Child(python.FieldValue)
		case i > 0:
			return diagnostics.Fix{}, false
		}
		switch key {
		case "mode":
			if value.Kind() != python.String {
				return diagnostics.Fix{}, false
			}
			mode = strings.Trim(value.Text(), `"'`)
		case "encoding", "errors":
			options += ", " + a.Text()
		default:
			return diagnostics.Fix{}, false
		}
	}
	use := o.reads[0].Parent()
	method, fn, replaced, argument := "", "", use.Parent(), ""
	switch {
	case use.Kind() == python.Attribute && use.Field() == python.FieldFunction && use.Child(python.FieldAttribute).Text() == "read" && !replaced.Child(python.FieldArguments).FirstNamed().Valid():
		method = "read"
	case use.Kind() == python.Attribute && use.Field() == python.FieldFunction && use.Child(python.FieldAttribute).Text() == "write" && replaced.Parent().Kind() == python.ExprStmt:
		first := replaced.Child(python.FieldArguments).FirstNamed()
		if replaced.Child(python.FieldArguments).Kind() != python.ArgumentList || first.Next().Next().Valid() || first.Is(python.ListSplat, python.KeywordArgument, python.DictionarySplat) {
			return diagnostics.Fix{}, false
		}
		method, argument = "write", ", "+first.Text()
	case use.Kind() == python.ArgumentList && o.reads[0] == use.FirstNamed():
		// json.load(f) reads it all and parses what it has read.
		loader, ok := p.Callee(use.Parent())
		if !ok {
			return diagnostics.Fix{}, false
		}
		switch loader.Name {
		case "json.load":
			if use.Parent().Child(python.FieldFunction).Kind() != python.Attribute {
				return diagnostics.Fix{}, false
			}
			fn = "s"
		case "yaml.safe_load", "yaml.load", "yaml.full_load":
		default:
			return diagnostics.Fix{}, false
		}
		method, replaced = "read", o.reads[0]
	default:
		return diagnostics.Fix{}, false
	}
	switch mode + method {
	case "rread", "rtread":
		method = "read_text"
	case "rbread":
		method = "read_bytes"
	case "wwrite", "wtwrite":
		method = "write_text"
	case "wbwrite":
		method = "write_bytes"
	default:
		return diagnostics.Fix{}, false
	}
	if options != "" && strings.HasSuffix(method, "bytes") || !awaitable(replaced) || replaced.Parent().Kind() == python.Await || contains(call, python.Await) {
		return diagnostics.Fix{}, false
	}
	offload, imports, ok := spell(p, call, p.Offload())
	if !ok {
		return diagnostics.Fix{}, false
	}
	path := o.path
	if c.Name != "pathlib.Path.open" && !p.Type(firstArgument(p, call)).Every(func(a program.Atom) bool {
		return a.Kind == program.Instance && p.Program.Subclass(a.Class, "pathlib.Path")
	}) {
		class, more, visible := spell(p, call, "pathlib.Path")
		if !visible {
			return diagnostics.Fix{}, false
		}
		imports = append(imports, more...)
		path = class + "(" + path + ")"
	} else if !simplePath(path) {
		path = "(" + path + ")"
	}
	if options != "" && p.Library() != "asyncio" || p.Library() == "asyncio" && p.Settings.Target != (diagnostics.Version{}) && !p.Settings.Target.AtLeast(3, 9) {
		return diagnostics.Fix{}, false
	}
	text := "await " + offload + "(" + path + "." + method + argument + options + ")"
	if diagnostics.NeedsParens(replaced) {
		text = "(" + text + ")"
	}
	src, at := stmt.Text(), stmt.Span().Start
	if fn != "" {
		end := use.Parent().Child(python.FieldFunction).Span().End
		src = src[:end-at] + fn + src[end-at:replaced.Span().Start-at] + text + src[replaced.Span().End-at:]
	} else {
		src = src[:replaced.Span().Start-at] + text + src[replaced.Span().End-at:]
	}
	verb := "Read"
	if strings.HasPrefix(method, "write") {
		verb = "Write"
	}
	span := python.Span{Start: o.with.Span().Start, End: stmt.Span().End}
	return diagnostics.Fix{Title: verb + " the file in a thread with `Path." + method + "()`", Imports: imports, Edits: []diagnostics.Edit{{Span: span, New: src + comment}}}, true
}

func firstArgument(p *diagnostics.Pass, call python.Node) python.Node {
	return p.Argument(call, 0, "file")
}

// simplePath says whether an attribute can be put behind the source of an expression as it is.
func simplePath(text string) bool {
	return !strings.ContainsAny(text, " \t\r\n+-*/%|&^~<>=,:@")
}
