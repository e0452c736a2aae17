package sync

import (
	_ "embed"
	"fmt"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed primitive-outside-loop.md
var outsideLoopDoc string

// OutsideLoop reports primitives of asyncio that are made when their module is imported, in a Python that binds them to an
// event loop there and then.
var OutsideLoop = func() *diagnostics.Rule {
	r := outsideLoop
	r.Check = checkOutsideLoop
	return &r
}()

var outsideLoop = diagnostics.Rule{
	Code: "AIO509", Name: "primitive-outside-loop", Family: "sync", Severity: diagnostics.Error, Doc: outsideLoopDoc,
	On: []python.Kind{python.Call},
}

func checkOutsideLoop(p *diagnostics.Pass, call python.Node) {
	if call.Function().Valid() {
		return
	}
	if !below(p, 3, 10) {
		if x, ok := bound(p, call); ok {
			if again := secondLoop(p); again.Valid() {
				p.Report(call, "`"+diagnostics.OneLine(call)+"` belongs to the first event loop in which a task waits for it, and fails with `RuntimeError` in the next, and the file starts several; make the `"+x.name+"` in a coroutine").
					Severity(diagnostics.Info).Related(again, "another event loop is started here")
			}
		}
		return
	}
	if x, ok := bound(p, call); ok {
		p.Report(call, "`"+diagnostics.OneLine(call)+"` belongs to the event loop of the moment of the import before Python 3.10, not to the one that `asyncio.run()` starts: waiting fails with `RuntimeError`; make the `"+x.name+"` in a coroutine")
		return
	}
	chain := p.Reach(call, boundPrimitive)
	if chain == nil {
		return
	}
	last := len(chain.Steps) - 1
	r := p.Report(call, fmt.Sprintf("`%s` makes an `%s`, which belongs to the event loop of the moment of the import before Python 3.10, not to the one that `asyncio.run()` starts; call it in a coroutine", diagnostics.OneLine(call), chain.What))
	for i, s := range chain.Steps {
		if i == last {
			r.Step(s, "`"+s.Func.Decl.Name+"` makes it here")
		} else {
			r.Step(s, "`"+s.Func.Decl.Name+"` calls `"+chain.Steps[i+1].Func.Decl.Name+"`")
		}
	}
}

// secondLoop is a call of asyncio.run by which the file starts an event loop after another one; no node when there is none.
func secondLoop(p *diagnostics.Pass) python.Node {
	var first python.Node
	for n := range p.Occurrences("run") {
		fn := n.Parent()
		if fn.Kind() != python.Attribute || n.Field() != python.FieldAttribute || fn.Child(python.FieldObject).Text() != "asyncio" || fn.Parent().Kind() != python.Call || !n.Live() {
			continue
		}
		if first.Valid() || looped(fn.Parent()) {
			return fn
		}
		first = fn
	}
	return python.Node{}
}

// boundPrimitive is a call that makes a primitive of asyncio.
var boundPrimitive = &diagnostics.Goal{
	Code: "AIO509",
	On:   []python.Kind{python.Call},
	Test: func(p *diagnostics.Pass, n python.Node) (deed diagnostics.Deed, ok bool) {
		x, ok := bound(p, n)
		return diagnostics.Deed{What: x.name, Rule: &outsideLoop}, ok
	},
}

// bound says whether a call makes a primitive of asyncio without telling it the event loop.
func bound(p *diagnostics.Pass, call python.Node) (primitive, bool) {
	x := made(p, call)
	return x, strings.HasPrefix(x.name, "asyncio.") && !p.Argument(call, -1, "loop").Valid()
}
