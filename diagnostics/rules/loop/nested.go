// Package loop finds mistakes with the event loop itself: who runs it, where, and through which of its interfaces.
package loop

import (
	_ "embed"
	"fmt"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed nested-event-loop.md
var nestedDoc string

// Nested reports an event loop that is started where one is running.
var Nested = func() *diagnostics.Rule {
	r := nested
	r.Check = checkNested
	return &r
}()

var nested = diagnostics.Rule{
	Code: "AIO602", Name: "nested-event-loop", Family: "loop", Severity: diagnostics.Error, Doc: nestedDoc,
	On: []python.Kind{python.Call, python.Attribute},
}

func checkNested(p *diagnostics.Pass, n python.Node) {
	if !p.OnLoop(n) && !(p.InCoroutine(n) && p.Notebook()) {
		return
	}
	if n.Kind() == python.Call {
		if name, instead, ok := runs(p, n); ok {
			if patched(p) || expected(n) {
				return
			}
			r := p.Report(n.Child(python.FieldFunction), "`"+name+"()` cannot start an event loop where one is running already, and raises `RuntimeError`; "+instead+" instead")
			if name == "asyncio.run" || strings.HasSuffix(name, ".run_until_complete") {
				awaited(p, n, r)
			}
			return
		}
	}
	chain := p.Reach(n, started)
	if chain == nil || patched(p) || expected(n) {
		return
	}
	// What is to be mended is where the loop is started: one call of a function that leads there is enough.
	if first := chain.Steps[0].Func.Decl; !p.First(way{n.Function(), first, chain.Steps[len(chain.Steps)-1].Node}, n) {
		return
	}
	at, text := n, "reading `"+n.Text()+"`"
	if n.Kind() == python.Call {
		at = n.Child(python.FieldFunction)
		text = "`" + strings.Join(strings.Fields(at.Text()), " ") + "()`"
	}
	last := len(chain.Steps) - 1
	where := ""
	if last > 0 {
		where = fmt.Sprintf(", %d calls down,", last+1)
	}
	name := chain.Steps[last].Func.Decl.Name
	r := p.Report(at, fmt.Sprintf("%s starts an event loop where one is running already%s and raises `RuntimeError`: `%s` calls `%s()`; await the coroutine that it runs instead", text, where, name, chain.What))
	if chain.Odds > maxOdds {
		r.Severity(diagnostics.Info)
	}
	for i, s := range chain.Steps {
		if i == last {
			r.Step(s, fmt.Sprintf("`%s` starts the event loop here", s.Func.Decl.Name))
		} else {
			r.Step(s, fmt.Sprintf("`%s` calls `%s`", s.Func.Decl.Name, chain.Steps[i+1].Func.Decl.Name))
		}
	}
}

// maxOdds is how unlikely a chain may be that everybody is told of: it fails whenever it is taken.
const maxOdds = 6

// way is a chain from a function through one that it calls.
type way struct {
	from    python.Node
	through *shape.Func
	to      python.Node
}

// started is a call that starts an event loop.
var started = &diagnostics.Goal{
	Code: "AIO602",
	On:   []python.Kind{python.Call},
	Test: func(p *diagnostics.Pass, n python.Node) (deed diagnostics.Deed, ok bool) {
		name, _, ok := runs(p, n)
		if !ok || asks(n.Function()) || patched(p) {
			return diagnostics.Deed{}, false
		}
		return diagnostics.Deed{What: name, Rule: &nested}, true
	},
}

// runs is the name of the function that a call starts an event loop with, and what to do instead where one is running.
func runs(p *diagnostics.Pass, call python.Node) (name, instead string, ok bool) {
	c, ok := p.Callee(call)
	if !ok {
		return "", "", false
	}
	instead = "await the coroutine"
	switch c.Name {
	case "asyncio.run", "asyncio.Runner.run", "anyio.run", "trio.run", "uvloop.run":
		return c.Name, instead, true
	}
	if strings.HasPrefix(c.Name, "asyncio.") && strings.HasSuffix(c.Name, ".run_until_complete") {
		return c.Name, instead, true
	}
	if strings.HasPrefix(c.Name, "asyncio.") && strings.HasSuffix(c.Name, ".run_forever") {
		return c.Name, "wait for an event", true
	}
	if c.Facts.Runs != "" {
		return c.Name, "await `" + c.Facts.Runs + "()`", true
	}
	return "", "", false
}

// asks says whether a function finds out whether an event loop is running, and so may well start one only where none is.
func asks(fn python.Node) bool {
	text := fn.Text()
	for _, word := range []string{"running_loop", "is_running", "current_async_library", "get_event_loop", "RuntimeError", "in_async", "current_task"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// patched says whether the file allows loops within loops.
func patched(p *diagnostics.Pass) bool {
	return p.Imports("nest_asyncio") || p.Imports("nest_asyncio.apply")
}

// expected says whether the error is provoked on purpose.
func expected(n python.Node) bool {
	for up := n.Parent(); up.Valid(); up = up.Parent() {
		if up.Kind() == python.WithStmt {
			for e := range diagnostics.WithExpressions(up) {
				if text := e.Text(); strings.Contains(text, "raises(") || strings.Contains(text, "assertRaises") {
					return true
				}
			}
		}
		if up.Kind() == python.TryStmt && strings.Contains(up.Text(), "RuntimeError") {
			return true
		}
	}
	return false
}

// awaited offers to await the coroutine that a call is given.
func awaited(p *diagnostics.Pass, call python.Node, r diagnostics.Reporter) {
	args := call.Child(python.FieldArguments)
	coro := args.FirstNamed()
	if !p.InCoroutine(call) || args.Kind() != python.ArgumentList || !coro.Valid() || coro.Is(python.KeywordArgument, python.ListSplat, python.DictionarySplat) || coro.Next().Next().Valid() {
		return
	}
	text := "await " + coro.Text()
	switch coro.Kind() {
	case python.Call, python.Identifier, python.Attribute, python.Subscript:
	default:
		text = "await (" + coro.Text() + ")"
	}
	if diagnostics.NeedsParens(call) {
		text = "(" + text + ")"
	}
	for up := call.Parent(); up.Valid() && up.Kind() != python.FunctionDef; up = up.Parent() {
		if up.Is(python.Lambda, python.GeneratorExpr, python.ListComp, python.SetComp, python.DictComp) {
			return
		}
	}
	r.Fix(diagnostics.Fix{Title: "Await it", Edits: []diagnostics.Edit{diagnostics.Replace(call, text)}})
}
