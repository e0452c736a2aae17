package awaits

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed async-function-to-sync-sink.md
var sinkDoc string

// Sink reports a coroutine function, or a coroutine, given to something that calls a plain function and does not await
// what it gives.
var Sink = &diagnostics.Rule{
	Code:     "AIO108",
	Name:     "async-function-to-sync-sink",
	Family:   "awaits",
	Severity: diagnostics.Error,
	Doc:      sinkDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		args := call.Child(python.FieldArguments)
		if args.Kind() != python.ArgumentList || !args.FirstNamed().Valid() {
			return
		}
		c, ok := p.Callee(call)
		if !ok || c.Func == nil {
			return
		}
		switch {
		case c.Facts.Offloads != "":
			sink(p, call, c, c.Facts.Offloads, "in a thread")
		case c.Facts.Takes != "":
			if _, ok := coroutine(p, p.ArgumentOf(call, c, c.Facts.Takes)); ok {
				sink(p, call, c, c.Facts.Takes, "")
			}
		case c.Facts.Callback != "":
			sink(p, call, c, c.Facts.Callback, "as a plain function")
		case c.Facts.Calls != "" && !strings.HasSuffix(c.Name, "map.__init__") && c.Name != "map":
			sink(p, call, c, c.Facts.Calls, "as a plain function")
		}
	},
}

func sink(p *diagnostics.Pass, call python.Node, c diagnostics.Callee, param, how string) {
	a := p.ArgumentOf(call, c, param)
	if !a.Valid() || expectsFailure(call) {
		return
	}
	v := inner(a)
	if _, ok := coroutine(p, v); ok {
		r := p.Report(a, "`"+short(v)+"` is a coroutine, but `"+short(call)+"` needs a function to call; the coroutine never runs")
		if v.Kind() == python.Call && schedules(c) && p.Library() == "asyncio" {
			text, imports := p.Spell("asyncio.create_task")
			r.Fix(diagnostics.Fix{
				Title: "Create a task in a lambda", Imports: imports,
				Edits: []diagnostics.Edit{diagnostics.Insert(v, lambda(c)+text+"("), diagnostics.Append(v, ")")},
			})
		}
		return
	}
	if _, ok := function(p, p.Type(v)); !ok {
		return
	}
	if v.Kind() == python.Lambda {
		r := p.Report(a, "the lambda gives the coroutine `"+short(v.Child(python.FieldBody))+"`, which `"+short(call)+"` drops, so it never runs; "+advice(p, c))
		if body := v.Child(python.FieldBody); schedules(c) && p.Library() == "asyncio" && body.Kind() == python.Call {
			text, imports := p.Spell("asyncio.create_task")
			r.Fix(diagnostics.Fix{Title: "Create a task in the lambda", Imports: imports, Edits: []diagnostics.Edit{
				diagnostics.Insert(body, text+"("), diagnostics.Append(body, ")"),
			}})
		}
		return
	}
	r := p.Report(a, "`"+short(v)+"` is a coroutine function: `"+short(call)+"` calls it "+how+", which only makes a coroutine that never runs; "+advice(p, c))
	if !v.Is(python.Identifier, python.Attribute) || a != v {
		return
	}
	rest, ok := following(call, a)
	if !ok {
		return
	}
	switch {
	case c.Facts.Offloads != "" && call.Parent().Kind() == python.Await && !strings.HasSuffix(c.Name, "sync_to_async"):
		r.Fix(diagnostics.Fix{Title: "Await it on the event loop", Edits: []diagnostics.Edit{
			diagnostics.Replace(call, v.Text()+"("+strings.Join(rest, ", ")+")"),
		}})
	case c.Facts.Offloads != "" && a.Parent().Kind() == python.KeywordArgument && len(rest) == 0 && !hasKeyword(call, "args", "kwargs"):
		text, imports := p.Spell("asyncio.run")
		r.Fix(diagnostics.Fix{Title: "Run it with `asyncio.run` in the thread", Imports: imports, Edits: []diagnostics.Edit{
			diagnostics.Replace(a, "lambda: "+text+"("+v.Text()+"())"),
		}})
	case schedules(c) && p.Library() == "asyncio" && a.Parent().Kind() == python.ArgumentList:
		text, imports := p.Spell("asyncio.create_task")
		if strings.HasSuffix(c.Name, "add_done_callback") {
			rest = []string{"task"}
		}
		end := a.Span().End
		if x := lastPositional(call, a); x.Valid() {
			end = x.Span().End
		}
		r.Fix(diagnostics.Fix{Title: "Create a task in a lambda", Imports: imports, Edits: []diagnostics.Edit{
			{Span: python.Span{Start: a.Span().Start, End: end}, New: lambda(c) + text + "(" + v.Text() + "(" + strings.Join(rest, ", ") + "))"},
		}})
	}
}

// lambda is the head of a lambda that the callee calls.
func lambda(c diagnostics.Callee) string {
	if strings.HasSuffix(c.Name, "add_done_callback") {
		return "lambda task: "
	}
	return "lambda: "
}

// schedules says whether the callee runs a callback on the event loop, with the arguments behind it.
func schedules(c diagnostics.Callee) bool {
	switch c.Name[strings.LastIndexByte(c.Name, '.')+1:] {
	case "call_soon", "call_later", "call_at", "call_soon_threadsafe", "add_done_callback", "add_signal_handler", "add_reader", "add_writer":
		return c.Facts.Callback != "" && c.Func != nil && !c.Func.Project()
	}
	return false
}

// following are the positional arguments behind a; ok is false when something is unpacked there or named that belongs
// to the function.
func following(call, a python.Node) (texts []string, ok bool) {
	for c := nextNamed(a); c.Valid(); c = nextNamed(c) {
		switch c.Kind() {
		case python.KeywordArgument:
			if call.Parent().Kind() != python.Await {
				continue // of the callee: context, name
			}
			texts = append(texts, c.Text())
		case python.Comment:
			return nil, false
		default:
			texts = append(texts, c.Text())
		}
	}
	return texts, true
}

func lastPositional(call, a python.Node) (last python.Node) {
	for c := nextNamed(a); c.Valid(); c = nextNamed(c) {
		if c.Kind() != python.KeywordArgument {
			last = c
		}
	}
	return last
}

func hasKeyword(call python.Node, names ...string) bool {
	for a := range call.Child(python.FieldArguments).Named {
		if a.Kind() == python.KeywordArgument {
			for _, n := range names {
				if a.Child(python.FieldName).Text() == n {
					return true
				}
			}
		}
	}
	return false
}

// advice says what to do instead of handing a coroutine function to the callee.
func advice(p *diagnostics.Pass, c diagnostics.Callee) string {
	switch {
	case c.Facts.Offloads != "" && c.Func.Decl.Async:
		return "await it directly, or pass a plain function"
	case c.Facts.Offloads != "":
		return "run it with `" + p.Library() + ".run`, or pass a plain function"
	case c.Facts.Callback != "" && p.Library() == "asyncio":
		return "create a task in a plain function"
	}
	return "pass a plain function"
}
