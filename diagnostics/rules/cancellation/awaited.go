package cancellation

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed wait-for-of-awaited-value.md
var awaitedDoc string

// Awaited reports an await within the arguments of a call that is there to do the awaiting.
var Awaited = &diagnostics.Rule{
	Code:     "AIO408",
	Name:     "wait-for-of-awaited-value",
	Family:   "cancellation",
	Severity: diagnostics.Error,
	Doc:      awaitedDoc,
	On:       []python.Kind{python.Await},
	Check: func(p *diagnostics.Pass, n python.Node) {
		call, keyword, how := wrapperOf(n)
		if !call.Valid() {
			return
		}
		c, ok := p.Callee(call)
		if !ok {
			return
		}
		w, ok := wrappers[c.Name]
		switch {
		case !ok:
			return
		case w.param == "": // any number of positional arguments
			if keyword != "" || how == listed {
				return
			}
		case (how == listed) != w.list || how == starred || keyword != "" && keyword != w.param || keyword == "" && !first(p, call, n):
			return
		}
		certain, ok := awaitedForGood(p, n)
		if !ok {
			return
		}
		operand := n.FirstNamed()
		what := "`" + awaitedText(operand) + "`"
		r := p.Report(n, what+" is awaited before `"+wrapperText(call)+"()` is called, so "+w.harm+"; drop the inner `await`")
		if !certain {
			r.Severity(diagnostics.Warning)
		}
		if t := p.Type(operand); w.coroutine && !t.Open() && !t.Every(func(a program.Atom) bool {
			return a.Kind == program.Instance && p.Program.Subclass(a.Class, "typing.Coroutine")
		}) {
			return // a task, of which no task can be made
		}
		drop := diagnostics.Edit{Span: python.Span{Start: n.Span().Start, End: operand.Span().Start}}
		if c.Name == "asyncio.wait" { // which takes tasks
			maker, imports := p.Spell("asyncio.create_task")
			drop.New = maker + "("
			r.Fix(diagnostics.Fix{Title: "Make a task of it instead", Imports: imports, Edits: []diagnostics.Edit{drop, diagnostics.Append(n, ")")}})
			return
		}
		r.Fix(diagnostics.Fix{Title: "Drop the inner `await`", Safe: certain, Edits: []diagnostics.Edit{drop}})
	},
}

// wrapper is a function that awaits what it is given.
type wrapper struct {
	param     string // the parameter that takes it; "" for any number of positional arguments
	list      bool   // the parameter takes several in a list
	coroutine bool   // it takes coroutines only
	harm      string
}

const (
	noTimeout  = "the timeout does not apply to it, and its result, which cannot be awaited, raises `TypeError`"
	noShield   = "nothing shields it, and its result, which cannot be awaited, raises `TypeError`"
	noTask     = "no task runs it, and its result, which is no coroutine, raises `TypeError`"
	noTogether = "nothing runs at the same time, and its result, which cannot be awaited, raises `TypeError`"
)

var wrappers = map[string]wrapper{
	"asyncio.wait_for":                             {param: "fut", harm: noTimeout},
	"asyncio.shield":                               {param: "arg", harm: noShield},
	"asyncio.create_task":                          {param: "coro", coroutine: true, harm: noTask},
	"asyncio.TaskGroup.create_task":                {param: "coro", coroutine: true, harm: noTask},
	"asyncio.AbstractEventLoop.create_task":        {param: "coro", coroutine: true, harm: noTask},
	"asyncio.ensure_future":                        {param: "coro_or_future", harm: noTask},
	"asyncio.run_coroutine_threadsafe":             {param: "coro", coroutine: true, harm: noTask},
	"asyncio.AbstractEventLoop.run_until_complete": {param: "future", harm: noTask},
	"asyncio.gather":                               {harm: noTogether},
	"asyncio.as_completed":                         {param: "fs", list: true, harm: noTogether},
	"asyncio.wait":                                 {param: "fs", list: true, harm: noTogether},
}

// argument is how an expression is an argument of a call.
type argument uint8

const (
	direct  argument = iota
	listed           // in a list
	starred          // in a list that a star unpacks
)

// wrapperOf is the call among whose arguments an expression is, and the name of the argument, if it has one.
func wrapperOf(n python.Node) (call python.Node, keyword string, how argument) {
	n = outermost(n)
	switch up := n.Parent(); up.Kind() {
	case python.ListExpr, python.SetExpr, python.TupleExpr:
		n, how = outermost(up), listed
	case python.ListComp, python.SetComp, python.GeneratorExpr:
		if n.Field() != python.FieldBody {
			return call, "", how
		}
		n, how = outermost(up), listed
		if n.Field() == python.FieldArguments { // a generator without parentheses of its own
			return n.Parent(), "", how
		}
	}
	up := n.Parent()
	switch {
	case up.Kind() == python.ListSplat && how == listed:
		up, how = up.Parent(), starred
	case up.Kind() == python.KeywordArgument && n.Field() == python.FieldValue:
		keyword = up.Child(python.FieldName).Text()
		up = up.Parent()
	}
	if up.Kind() != python.ArgumentList || up.Parent().Kind() != python.Call {
		return call, "", how
	}
	return up.Parent(), keyword, how
}

// first says whether the node is, or is in, the first argument of a call.
func first(p *diagnostics.Pass, call, n python.Node) bool {
	a := p.Argument(call, 0, "")
	return a.Valid() && n.Inside(a)
}

// outermost is the node with the parentheses around it.
func outermost(n python.Node) python.Node {
	for n.Parent().Kind() == python.Paren {
		n = n.Parent()
	}
	return n
}

// awaitedForGood says whether what an await gives is nothing that could be awaited again, for certain or in all likelihood.
func awaitedForGood(p *diagnostics.Pass, n python.Node) (certain, ok bool) {
	t := p.Type(n)
	for _, a := range t.Atoms() {
		switch a.Kind {
		case program.NoneObject, program.ModuleObject:
		case program.Instance:
			if !p.Program.Lacks(a, "__await__") {
				return false, false
			}
		default:
			return false, false
		}
	}
	call := n.FirstNamed().Unwrap()
	if call.Kind() != python.Call {
		if certain = !t.Open() && len(t.Atoms()) > 0; certain {
			return true, true
		}
		return false, typed(p, call, "asyncio.Future") // whose result is seldom another
	}
	fn := call.Child(python.FieldFunction)
	callees, all := p.Callees(call)
	for _, c := range callees {
		switch f := c.Func; {
		case f == nil:
			all = false
		case f.Decl.Stub && f.Project() && f.Decl.Returns == nil: // others say what it returns
			return false, false
		case f.Decl.TypeParams != nil || f.Class != nil && f.Class.Decl.TypeParams != nil: // such as Queue.get
			all = all && !t.Open()
		}
	}
	if all && len(callees) > 0 && !t.Open() && len(t.Atoms()) > 0 {
		return true, true
	}
	if all && len(callees) > 0 {
		known := true // the tables say so where a coroutine gives something to await
		for _, c := range callees {
			known = known && c.Func != nil && !c.Func.Project() && c.Func.Decl.Async
		}
		if known {
			return true, true
		}
	}
	return false, fn.Is(python.Identifier, python.Attribute) && !handsOut(fn.Text())
}

// handsOut says whether the name of a coroutine function, or of what it belongs to, may mean that it gives something to wait
// for, as producer.send() of aiokafka does.
func handsOut(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{
		"task", "future", "fut", "coro", "awaitable", "promise", "waiter", "job", "start", "spawn", "submit", "schedul", "launch", "send", "publish", "enqueue",
		"ping", "wrap", "factory", "defer", "dispatch", "begin",
	} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// wrapperText is the function of a call as a message names it.
func wrapperText(call python.Node) string {
	text := call.Child(python.FieldFunction).Text()
	if len(text) > 40 || strings.Contains(text, "\n") {
		text = text[strings.LastIndexByte(text, '.')+1:]
	}
	return text
}

// awaitedText is what is awaited as a message names it.
func awaitedText(n python.Node) string {
	n = n.Unwrap()
	if n.Kind() == python.Call {
		return wrapperText(n) + "()"
	}
	if text := n.Text(); len(text) < 50 && !strings.Contains(text, "\n") {
		return text
	}
	return "it"
}
