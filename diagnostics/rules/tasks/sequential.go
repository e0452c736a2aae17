package tasks

import (
	_ "embed"
	"fmt"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed sequential-awaits.md
var sequentialDoc string

// Sequential reports awaits that wait for one another though none needs what the other gives.
var Sequential = &diagnostics.Rule{
	Code:     "AIO308",
	Name:     "sequential-awaits",
	Family:   "tasks",
	Severity: diagnostics.Info,
	Doc:      sequentialDoc,
	On:       []python.Kind{python.BlockStmt, python.ForStmt, python.ListComp},
	Check: func(p *diagnostics.Pass, n python.Node) {
		switch n.Kind() {
		case python.BlockStmt:
			var run []fetched
			end := func() {
				if len(run) > 1 {
					inARow(p, run)
				}
				run = nil
			}
			for stmt := range n.Named {
				f, ok := fetching(p, stmt)
				if !ok {
					end()
					continue
				}
				for _, earlier := range run {
					if depends(f, earlier) {
						end()
						break
					}
				}
				run = append(run, f)
			}
			end()
		case python.ListComp:
			eachAwaited(p, n)
		default:
			eachAppended(p, n)
		}
	},
}

// fetched is a statement that binds names to what a coroutine gives.
type fetched struct {
	stmt, target, call python.Node
}

// fetching says whether a statement only fetches something: it binds names to what a coroutine gives whose name says so.
func fetching(p *diagnostics.Pass, stmt python.Node) (f fetched, ok bool) {
	a := stmt.FirstNamed()
	if stmt.Kind() != python.ExprStmt || a.Kind() != python.Assignment || a.Child(python.FieldType).Valid() {
		return f, false
	}
	f = fetched{stmt, a.Child(python.FieldLeft), a.Child(python.FieldRight)}
	if f.call.Kind() != python.Await {
		return f, false
	}
	f.call = f.call.FirstNamed()
	switch f.target.Kind() {
	case python.Identifier:
	case python.Attribute:
		if f.target.Child(python.FieldObject).Kind() != python.Identifier {
			return f, false
		}
	default:
		return f, false
	}
	return f, f.call.Kind() == python.Call && fetches(p, f.call) && !guarded(p, stmt)
}

// verbs begin the names of coroutine functions that get something and leave all as it is.
var verbs = []string{"get_", "fetch_", "load_", "list_", "find_", "search_", "count_", "query_", "lookup_", "download_", "retrieve_", "request_", "scrape_", "crawl_", "resolve_", "compute_", "calculate_"}

// fetches says whether a call is certainly of a coroutine function of the project that gets something, and of nothing that
// may not be asked for two things at a time, such as a connection to a database.
func fetches(p *diagnostics.Pass, call python.Node) bool {
	fn := call.Child(python.FieldFunction)
	word := fn.Text()
	if fn.Kind() == python.Attribute {
		word = fn.Child(python.FieldAttribute).Text()
		if requests[word] {
			switch name(p, call) {
			case "httpx.AsyncClient." + word, "aiohttp.client.ClientSession." + word, "aiohttp.ClientSession." + word:
				return p.InCoroutine(call)
			}
		}
	}
	if word == call.Function().Child(python.FieldName).Text() {
		return false // for the parts of what it was given
	}
	word = strings.ToLower(strings.TrimLeft(word, "_"))
	ok := false
	for _, v := range verbs {
		ok = ok || strings.HasPrefix(word, v) || word+"_" == v
	}
	if !ok || strings.Contains(word, "_next") || strings.Contains(word, "_or_create") || strings.Contains(word, "_translat") || strings.Contains(word, "_message") {
		return false
	}
	for n := range call.Walk {
		switch n.Kind() {
		case python.Identifier:
			if single(n.Text()) {
				return false
			}
		case python.Await, python.Yield, python.NamedExpression, python.Lambda:
			return false
		}
	}
	if !p.InCoroutine(call) || !coroutine(p.Type(call)) {
		return false
	}
	c, ok := p.Callee(call)
	if !ok || c.Func == nil || !c.Func.Project() {
		return false
	}
	for _, q := range c.Func.Decl.Params { // it may be made for its caller by default
		if single(q.Name) {
			return false
		}
	}
	return true
}

// requests are the methods of HTTP clients that only ask.
var requests = map[string]bool{"get": true, "head": true}

// single says whether a name is one of something that takes one request after another.
func single(name string) bool {
	name = strings.ToLower(strings.Trim(name, "_"))
	for _, word := range []string{"session", "conn", "cursor", "transaction", "db", "database", "tx", "lock", "page", "browser", "stream", "reader", "socket", "sock", "repo", "uow", "queue", "serial", "protocol", "writer"} {
		if name == word || strings.HasSuffix(name, "_"+word) || strings.HasPrefix(name, word+"_") || word == "conn" && strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// guarded says whether a node stands within a lock, a transaction or another scope that allows one thing at a time.
func guarded(p *diagnostics.Pass, n python.Node) bool {
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); up = up.Parent() {
		if up.Kind() != python.WithStmt {
			continue
		}
		for e := range diagnostics.WithExpressions(up) {
			text := strings.ToLower(e.Text())
			for _, word := range []string{"lock", "transaction", "begin", "connect", "acquire", "sem", "limit", "session", "mutex"} {
				if strings.Contains(text, word) {
					return true
				}
			}
		}
	}
	return false
}

// depends says whether a statement reads what an earlier one binds, or binds it again.
func depends(f, earlier fetched) bool {
	name := earlier.target
	if name.Kind() == python.Attribute {
		name = name.Child(python.FieldAttribute)
	}
	for n := range f.stmt.Walk {
		if n.Kind() == python.Identifier && n.Text() == name.Text() && n.Field() != python.FieldName {
			return true
		}
	}
	return false
}

// inARow reports fetching statements that follow one another.
func inARow(p *diagnostics.Pass, run []fetched) {
	r := p.Report(run[1].call.Parent(), fmt.Sprintf("`%s` waits for `%s`, which it does not need; %s", short(run[1].call), short(run[0].call), together(p)))
	r.Related(run[0].call, "this ends before the next begins")
	var targets, calls []string
	first, last := run[0].stmt, run[len(run)-1].stmt
	for _, f := range run {
		targets, calls = append(targets, f.target.Text()), append(calls, f.call.Text())
		if strings.Contains(f.call.Text(), "#") {
			return
		}
	}
	for c := first; c != last; c = c.Next() {
		if c.Kind() == python.Comment {
			return
		}
	}
	indent, ok := indentOf(last)
	start := strings.LastIndexByte(first.Block().Text()[:first.Span().Start], '\n') + 1
	if !ok || strings.TrimSpace(first.Block().Text()[start:first.Span().Start]) != "" {
		return
	}
	span := python.Span{Start: first.Span().Start, End: last.Span().End}
	taken := func(name string) bool { return first.Scope().Lookup(name) != nil || p.Global(name) != nil }
	if p.Settings.Target.AtLeast(3, 11) && !handled(first) {
		text, imports := p.Spell("asyncio.TaskGroup")
		group := free(taken, "group", "task_group")
		lines := []string{"async with " + text + "() as " + group + ":"}
		var results []string
		for i, f := range run {
			name := f.target
			if name.Kind() == python.Attribute {
				name = name.Child(python.FieldAttribute)
			}
			task := strings.TrimLeft(name.Text(), "_") + "_task"
			if taken(task) {
				return
			}
			lines = append(lines, indent+step(indent)+task+" = "+group+".create_task("+calls[i]+")")
			results = append(results, task+".result()")
		}
		lines = append(lines, indent+strings.Join(targets, ", ")+" = "+strings.Join(results, ", "))
		r.Fix(diagnostics.Fix{Title: "Run them in an `asyncio.TaskGroup`", Imports: imports, Edits: []diagnostics.Edit{{Span: span, New: strings.Join(lines, "\n")}}})
		return
	}
	if p.Library() != "asyncio" {
		return
	}
	text, imports := p.Spell("asyncio.gather")
	line := strings.Join(targets, ", ") + " = await " + text + "(" + strings.Join(calls, ", ") + ")"
	if len(indent)+len(line) > 100 {
		in := "\n" + indent + step(indent)
		line = strings.Join(targets, ", ") + " = await " + text + "(" + in + strings.Join(calls, ","+in) + ",\n" + indent + ")"
	}
	r.Fix(diagnostics.Fix{Title: "Run them with `asyncio.gather`", Imports: imports, Edits: []diagnostics.Edit{{Span: span, New: line}}})
}

// together is how to do several things at the same time in the library of the file.
func together(p *diagnostics.Pass) string {
	switch {
	case p.Library() == "trio":
		return "run them in a nursery"
	case p.Library() == "anyio":
		return "run them in a task group"
	case p.Settings.Target.AtLeast(3, 11):
		return "run them in an `asyncio.TaskGroup`"
	}
	return "run them with `asyncio.gather()`"
}

// eachAwaited reports [await fetch(x) for x in xs].
func eachAwaited(p *diagnostics.Pass, comp python.Node) {
	body := comp.Child(python.FieldBody)
	if body.Kind() != python.Await || body.FirstNamed().Kind() != python.Call {
		return
	}
	for c := range comp.Named {
		if c.Kind() == python.ForInClause && c.IsAsync() {
			return
		}
		for n := range c.Walk {
			if n.Kind() == python.Await && n != body {
				return
			}
		}
	}
	call := body.FirstNamed()
	if !varies(comp.Child(python.FieldBody), comp) || !fetches(p, call) || guarded(p, comp) {
		return
	}
	r := oneByOne(p, call)
	if p.Library() != "asyncio" {
		return
	}
	text, imports := p.Spell("asyncio.gather")
	before, after := "await "+text+"(*", ")"
	if diagnostics.NeedsParens(comp) {
		before, after = "("+before, after+")"
	}
	r.Fix(diagnostics.Fix{Title: "Run them with `asyncio.gather`", Imports: imports, Edits: []diagnostics.Edit{
		diagnostics.Insert(comp, before),
		{Span: python.Span{Start: body.Span().Start, End: call.Span().Start}},
		diagnostics.Append(comp, after),
	}})
}

func oneByOne(p *diagnostics.Pass, call python.Node) diagnostics.Reporter {
	return p.Report(call.Parent(), "each `"+short(call)+"` waits for the one before, which it does not need; "+together(p)+", no more at a time than the other side can take")
}

// varies says whether an expression reads a name that the comprehension or loop around it binds.
func varies(n, loop python.Node) bool {
	bound := map[string]bool{}
	for c := range loop.Walk {
		if c.Is(python.ForInClause, python.ForStmt) {
			for t := range c.Child(python.FieldLeft).Walk {
				if t.Kind() == python.Identifier {
					bound[t.Text()] = true
				}
			}
		}
	}
	for c := range n.Walk {
		if c.Kind() == python.Identifier && bound[c.Text()] {
			return true
		}
	}
	return false
}

// eachAppended reports a loop that awaits something for each item and only puts it away.
func eachAppended(p *diagnostics.Pass, loop python.Node) {
	if loop.IsAsync() {
		return
	}
	var call python.Node // the one that is awaited
	for n := range loop.Walk {
		switch n.Kind() {
		case python.Await:
			if call.Valid() || n.FirstNamed().Kind() != python.Call {
				return
			}
			call = n.FirstNamed()
		case python.BreakStmt, python.ContinueStmt, python.ReturnStmt, python.Yield, python.RaiseStmt, python.TryStmt, python.WithStmt, python.FunctionDef, python.Lambda, python.ForInClause, python.ElseClause:
			return
		}
	}
	body := loop.Child(python.FieldBody)
	first := body.FirstNamed()
	if !call.Valid() || !call.Inside(first) || first.Kind() != python.ExprStmt || !varies(call, loop) || !fetches(p, call) || guarded(p, loop) {
		return
	}
	list, appended := python.Node{}, false
	switch outer := first.FirstNamed(); outer.Kind() {
	case python.Call: // results.append(await fetch(x))
		fn := outer.Child(python.FieldFunction)
		list = fn.Child(python.FieldObject)
		if fn.Child(python.FieldAttribute).Text() != "append" || list.Kind() != python.Identifier || outer.Child(python.FieldArguments).FirstNamed() != call.Parent() {
			return
		}
		appended = true
	case python.Assignment: // result = await fetch(x), and something is done with it; or results[x] = await fetch(x)
		list = outer.Child(python.FieldLeft)
		if outer.Child(python.FieldRight) != call.Parent() || !list.Is(python.Identifier, python.Subscript) {
			return
		}
		if list.Kind() == python.Subscript {
			list = list.Child(python.FieldValue)
		}
	default:
		return
	}
	bound := map[string]bool{list.Text(): true} // or changed
	for n := range body.Walk {
		switch n.Kind() {
		case python.Assignment, python.AugmentedAssignment:
			bound[n.Child(python.FieldLeft).Text()] = true
		case python.Call:
			if n != call {
				bound[n.Child(python.FieldFunction).Child(python.FieldObject).Text()] = true
			}
		}
	}
	for n := range call.Walk {
		if n.Is(python.Identifier, python.Attribute) && bound[n.Text()] {
			return
		}
	}
	r := oneByOne(p, call)
	for c := range body.Named {
		if c != first {
			return
		}
	}
	head := loop.Block().Text()[loop.Span().Start:body.Span().Start]
	colon := strings.LastIndexByte(head, ':')
	if !appended || p.Library() != "asyncio" || strings.Contains(loop.Text(), "#") || strings.Contains(strings.TrimSpace(head[:colon]), "\n") {
		return
	}
	text, imports := p.Spell("asyncio.gather")
	r.Fix(diagnostics.Fix{Title: "Run them with `asyncio.gather`", Imports: imports, Edits: []diagnostics.Edit{
		diagnostics.Replace(loop, list.Text()+".extend(await "+text+"(*["+call.Text()+" "+strings.TrimSpace(head[:colon])+"]))"),
	}})
}
