package timeouts

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed delayed-entry-of-relative-cancelscope.md
var delayedEntryDoc string

//go:embed constant-absolute-deadline.md
var constantDeadlineDoc string

// relative are the timeouts that end after some time. The value says that the time runs from the call on, not from where
// the scope is entered. Sources: asyncio/timeouts.py (timeout adds loop.time()), async_timeout, anyio/_core/_tasks.py
// (move_on_after adds current_time(); fail_after is a generator, which begins when it is entered), trio's history of
// 0.27.0 (both run from the entry on; before that, from the call on).
var relative = map[string]bool{
	"asyncio.timeout": true, "async_timeout.timeout": true, "anyio.move_on_after": true,
	"anyio.fail_after": false, "trio.move_on_after": false, "trio.fail_after": false,
}

// DelayedEntry reports a timeout that is not entered where it is made.
var DelayedEntry = &diagnostics.Rule{
	Code:     "ASYNC122",
	Name:     "delayed-entry-of-relative-cancelscope",
	Family:   "timeouts",
	Severity: diagnostics.Warning,
	Doc:      delayedEntryDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if !named(call, "timeout", "move_on_after", "fail_after") {
			return
		}
		at := fateOf(call)
		if at == entered {
			return
		}
		c, ok := p.Callee(call)
		if !ok {
			return
		}
		runs, ok := relative[c.Name]
		if !ok {
			return
		}
		name := "`" + diagnostics.Short(call) + "`"
		if at == dropped {
			p.Report(call, name+" does nothing unless it is entered; put the code that it is for into a `with` statement")
			return
		}
		message := "the time of " + name + " runs from here on, not from where it is entered; make it in the `with` statement"
		if !runs {
			message = name + " is not entered where it is made, and libraries differ in when its time begins; make it in the `with` statement"
		}
		r := p.Report(call, message)
		with, fix, local := delayed(call)
		if !runs || at != kept && !(local && with.Valid() && pausesBetween(p, call, with)) {
			r.Severity(diagnostics.Info)
		}
		if fix.Title != "" {
			r.Fix(fix)
		}
	},
}

// named says whether what is called may have one of the names: an attribute of that name, or any plain name, which an
// import may have given it.
func named(call python.Node, names ...string) bool {
	fn := call.Child(python.FieldFunction)
	if fn.Kind() == python.Attribute {
		return slices.Contains(names, fn.Child(python.FieldAttribute).Text())
	}
	return fn.Kind() == python.Identifier && call.Child(python.FieldArguments).Kind() == python.ArgumentList
}

// fate is what becomes of a context manager.
type fate uint8

const (
	entered fate = iota // in a with statement, or by an exit stack
	dropped             // the statement throws it away
	kept                // in an attribute, a global, a class, a default
	local               // in a local name
	handed              // returned, yielded, an argument
)

// fateOf says what becomes of the value of a call.
func fateOf(call python.Node) fate {
	n, up := call, call.Parent()
	for {
		switch up.Kind() {
		case python.Paren, python.ConditionalExpression, python.BooleanOperator, python.Await:
		case python.NamedExpression:
		case python.AsPattern:
			if up.FirstNamed() == n {
				return entered
			}
			return handed
		case python.WithItem, python.WithClause, python.WithStmt:
			return entered
		case python.TupleExpr:
			if up.Parent().Is(python.WithItem, python.WithClause) {
				return entered
			}
		case python.ArgumentList:
			fn := up.Parent().Child(python.FieldFunction)
			if fn.Kind() == python.Attribute && strings.HasPrefix(fn.Child(python.FieldAttribute).Text(), "enter_") {
				return entered // of an ExitStack
			}
			return handed
		case python.ExprStmt:
			if n == call {
				return dropped
			}
			return handed
		case python.DefaultParameter, python.TypedDefaultParameter:
			return kept
		case python.Assignment:
			if n.Field() != python.FieldRight {
				return handed
			}
			left := up.Child(python.FieldLeft)
			if left.Kind() == python.Identifier && call.Function().Valid() {
				if b := left.Binding(); b != nil && b.Scope.Kind == python.FunctionScope {
					return local
				}
			}
			return kept
		case python.ListExpr, python.SetExpr, python.DictExpr, python.Pair, python.ExpressionList:
		default:
			return handed
		}
		n, up = up, up.Parent()
	}
}

// delayed finds the one with statement that enters a scope that a local name holds, and the fix that makes it there. local is
// false when the name may be entered elsewhere, too.
func delayed(call python.Node) (with python.Node, fix diagnostics.Fix, local bool) {
	a := call.Parent()
	if a.Kind() != python.Assignment || a.Child(python.FieldRight) != call || a.Parent().Kind() != python.ExprStmt {
		return python.Node{}, diagnostics.Fix{}, false
	}
	name := a.Child(python.FieldLeft)
	b := name.Binding()
	if b == nil {
		return python.Node{}, diagnostics.Fix{}, false
	}
	reads, sure := b.Reads()
	if !sure || len(reads) == 0 {
		return python.Node{}, diagnostics.Fix{}, false
	}
	var item python.Node
	for _, r := range reads {
		if r.Parent().Is(python.WithItem, python.WithClause) || r.Parent().Kind() == python.AsPattern && r.Parent().FirstNamed() == r {
			if item.Valid() {
				return python.Node{}, diagnostics.Fix{}, false
			}
			item = r
		}
	}
	if !item.Valid() {
		return python.Node{}, diagnostics.Fix{}, false
	}
	with = item.Up(python.WithStmt)
	alone := a.Parent().Parent().FirstNamed() == a.Parent() && !a.Parent().Next().Valid()
	if itemTarget(item).Valid() || !plain(call) || alone || len(name.Scope().Lookup(name.Text()).Bindings) > 1 {
		return with, diagnostics.Fix{}, true
	}
	text := call.Text()
	for _, r := range reads {
		if r == item {
			continue
		}
		if r.Span().Start < item.Span().Start {
			return with, diagnostics.Fix{}, true
		}
		text = call.Text() + " as " + name.Text()
	}
	for n := range call.Child(python.FieldArguments).Walk {
		if n.Kind() == python.Identifier && n.Field() != python.FieldName { // which may mean something else by then
			if l := n.Scope().Lookup(n.Text()); l == nil || len(l.Bindings) != 1 || l.Bindings[0].Kind != python.BindParam {
				return with, diagnostics.Fix{}, true
			}
		}
	}
	line, ok := wholeLines(a.Parent())
	if !ok {
		return with, diagnostics.Fix{}, true
	}
	return with, diagnostics.Fix{
		Title: "Make it in the `with` statement", Safe: true,
		Edits: []diagnostics.Edit{{Span: line}, diagnostics.Replace(item, text)},
	}, true
}

// wholeLines is the span of the lines of a statement with their line ends, or up to a comment behind it; ok is false when there is
// more on them.
func wholeLines(stmt python.Node) (span python.Span, ok bool) {
	text, s := stmt.Block().Text(), stmt.Span()
	start := strings.LastIndexByte(text[:s.Start], '\n') + 1
	end := strings.IndexByte(text[s.End:], '\n')
	if end < 0 || strings.TrimSpace(text[start:s.Start]) != "" {
		return python.Span{}, false
	}
	switch rest := text[s.End : s.End+end]; {
	case strings.TrimSpace(rest) == "":
		return python.Span{Start: start, End: s.End + end + 1}, true
	case strings.HasPrefix(strings.TrimSpace(rest), "#"):
		return python.Span{Start: s.Start, End: s.End + strings.IndexByte(rest, '#')}, true
	}
	return python.Span{}, false
}

// pausesBetween says whether the coroutine may be suspended between two places of it, as the text has them.
func pausesBetween(p *diagnostics.Pass, from, to python.Node) bool {
	fn := from.Function()
	for n := range fn.Child(python.FieldBody).Walk {
		if s := n.Span(); s.Start < from.Span().End || s.End > to.Span().Start || n.Function() != fn {
			continue
		}
		if n.Kind() == python.Await || n.Is(python.ForStmt, python.ForInClause) && n.IsAsync() || n.Kind() == python.WithStmt && n.IsAsync() && suspends(p, n) {
			return true
		}
	}
	// One that is made once and entered in each round of a loop.
	for up := to.Parent(); up.Valid() && up != fn; up = up.Parent() {
		if up.Is(python.ForStmt, python.WhileStmt) && !from.Inside(up) {
			return true
		}
	}
	return false
}

// absolute are the functions that take a point of time of the event loop's clock, the parameter that does, and what takes
// a time from now on instead: another function, or another parameter; "" where there is none.
var absolute = map[string]struct{ param, function, instead string }{
	"trio.fail_at":                      {"deadline", "fail_after", ""},
	"trio.move_on_at":                   {"deadline", "move_on_after", ""},
	"trio.CancelScope":                  {"deadline", "", "relative_deadline"},
	"trio.sleep_until":                  {"deadline", "sleep", ""},
	"anyio.CancelScope":                 {"deadline", "", ""},
	"anyio.sleep_until":                 {"deadline", "sleep", ""},
	"asyncio.timeout_at":                {"when", "timeout", ""},
	"asyncio.AbstractEventLoop.call_at": {"when", "call_later", ""},
	"async_timeout.timeout_at":          {"deadline", "timeout", ""},
}

// ConstantDeadline reports a deadline that is a number on a clock whose zero nobody knows.
var ConstantDeadline = &diagnostics.Rule{
	Code:     "ASYNC125",
	Name:     "constant-absolute-deadline",
	Family:   "timeouts",
	Severity: diagnostics.Warning,
	Doc:      constantDeadlineDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		first := call.Child(python.FieldArguments).FirstNamed()
		if first.Kind() == python.KeywordArgument {
			first = python.Node{}
			for a := range call.Child(python.FieldArguments).Named {
				if a.Kind() == python.KeywordArgument && constant(a.Child(python.FieldValue)) {
					first = a.Child(python.FieldValue)
				}
			}
		}
		if !constant(first) {
			return
		}
		c, ok := p.Callee(call)
		if !ok {
			return
		}
		name := strings.TrimSuffix(c.Name, ".__init__")
		is, ok := absolute[name]
		if !ok {
			return
		}
		arg := p.Argument(call, -1, is.param)
		if name != "trio.CancelScope" && name != "anyio.CancelScope" && !arg.Valid() {
			arg = p.Argument(call, 0, is.param)
		}
		if !arg.Valid() || !constant(arg) {
			return
		}
		fn := call.Child(python.FieldFunction)
		library, _, _ := strings.Cut(name, ".")
		now := library + ".current_time()"
		if library == "asyncio" || library == "async_timeout" {
			now = "loop.time()"
		}
		fix := diagnostics.Fix{Safe: true}
		instead := ""
		switch {
		case is.function != "":
			old := name[strings.LastIndexByte(name, '.')+1:]
			text, imports, ok := "", []string(nil), false
			if fn.Kind() == python.Attribute {
				text, ok = is.function, fn.Child(python.FieldAttribute).Text() == old
				instead = strings.TrimSuffix(fn.Text(), old) + is.function
				fix.Edits = []diagnostics.Edit{diagnostics.Replace(fn.Child(python.FieldAttribute), text)}
			} else {
				text, imports, ok = beside(p, fn, library, is.function)
				instead = text
				fix.Imports, fix.Edits = imports, []diagnostics.Edit{diagnostics.Replace(fn, text)}
			}
			if keyword := arg.Parent(); keyword.Kind() == python.KeywordArgument {
				renamed := map[string]string{"fail_after": "seconds", "move_on_after": "seconds", "timeout": "delay", "call_later": "delay"}[is.function]
				if is.function == "sleep" {
					renamed = map[string]string{"trio": "seconds", "anyio": "delay"}[library]
				}
				fix.Edits = append(fix.Edits, diagnostics.Replace(keyword.Child(python.FieldName), renamed))
			}
			if strings.Contains(instead, "\n") || !ok {
				instead, fix.Edits = is.function, nil
			}
			instead += "()"
		case is.instead != "":
			instead = is.instead
			fix.Edits = []diagnostics.Edit{diagnostics.Replace(arg.Parent().Child(python.FieldName), is.instead)}
		default:
			text, imports, ok := beside(p, fn, library, "current_time")
			instead = text + "() + " + arg.Text()
			if ok {
				fix.Imports, fix.Edits = imports, []diagnostics.Edit{diagnostics.Replace(arg, instead)}
			}
		}
		r := p.Report(arg, "`"+arg.Text()+"` is a point of time on the event loop's clock, which begins anywhere; use `"+instead+"`, or count from `"+now+"`")
		if len(fix.Edits) > 0 {
			fix.Title = "Use `" + instead + "`"
			r.Fix(fix)
		}
	},
}

// constant says whether an expression is a number as it is written, or calculated from such.
func constant(n python.Node) bool {
	n = n.Unwrap()
	if n.Kind() == python.BinaryOperator {
		return constant(n.Child(python.FieldLeft)) && constant(n.Child(python.FieldRight))
	}
	return n.Is(python.IntLit, python.FloatLit)
}
