package resources

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed async-generator-not-closed.md
var generatorDoc string

// Generator reports an async for that leaves an asynchronous generator in the middle of what it holds.
var Generator = &diagnostics.Rule{
	Code:     "AIO704",
	Name:     "async-generator-not-closed",
	Family:   "resources",
	Severity: diagnostics.Info,
	Doc:      generatorDoc,
	On:       []python.Kind{python.ForStmt, python.Call},
	Check: func(p *diagnostics.Pass, n python.Node) {
		const late = ", and what it holds is released late and in another task; "
		if n.Kind() == python.Call {
			if fn := n.Child(python.FieldFunction); fn.Kind() != python.Identifier || fn.Text() != "anext" {
				return
			}
			if arg := n.Child(python.FieldArguments).FirstNamed(); arg.Kind() == python.Call && holds(p, arg) {
				p.Report(arg, "nothing closes the generator `"+diagnostics.Short(arg)+"` after its first item"+late+advice(p))
			}
			return
		}
		if !n.IsAsync() {
			return
		}
		out := leaves(n)
		if !out.Valid() {
			return
		}
		over := n.Child(python.FieldRight).Unwrap()
		if over.Kind() == python.Identifier {
			over = only(over)
		}
		if over.Kind() != python.Call || !holds(p, over) {
			return
		}
		word := "break"
		if out.Kind() == python.ReturnStmt {
			word = "return"
		}
		r := p.Report(n.Child(python.FieldRight), "`"+word+"` leaves the loop without closing the generator `"+diagnostics.Short(over)+"`"+late+advice(p)).Related(out, "the loop is left here")
		closing(p, r, n)
	},
}

func advice(p *diagnostics.Pass) string {
	if old(p) {
		return "call its `aclose()` in a `finally`"
	}
	return "use `async with aclosing(...)`"
}

// old says whether the project supports a Python that does not have aclosing.
func old(p *diagnostics.Pass) bool {
	return p.Settings.Target != (diagnostics.Version{}) && !p.Settings.Target.AtLeast(3, 10)
}

// leaves is the first break or return that leaves a loop before its end; no node when there is none.
func leaves(loop python.Node) python.Node {
	for n := range loop.Child(python.FieldBody).Walk {
		if !n.Is(python.BreakStmt, python.ReturnStmt) || n.Function() != loop.Function() || !n.Live() {
			continue
		}
		if n.Kind() == python.ReturnStmt || n.Up(python.ForStmt, python.WhileStmt) == loop {
			return n
		}
		if inner := n.Up(python.ElseClause); inner.Valid() && inner.Parent().Is(python.ForStmt, python.WhileStmt) && inner.Parent().Up(python.ForStmt, python.WhileStmt) == loop {
			return n // the else of a loop within
		}
	}
	return python.Node{}
}

// only is the call that gives a local name its only value, if nothing but this loop reads that.
func only(name python.Node) python.Node {
	l := name.Scope().Lookup(name.Text())
	if l == nil || len(l.Bindings) != 1 {
		return python.Node{}
	}
	b := l.Bindings[0]
	reads, sure := b.Reads()
	if !sure || len(reads) != 1 || reads[0] != name || b.Kind != python.BindAssign || len(b.Path) > 0 {
		return python.Node{}
	}
	return b.Value.Unwrap()
}

// holds says whether a call certainly gives an asynchronous generator of which it is known that it has something to release
// where it yields.
func holds(p *diagnostics.Pass, call python.Node) bool {
	callees, all := p.Callees(call)
	if !all || len(callees) == 0 {
		return false
	}
	for _, c := range callees {
		if c.Atom.Kind != program.Function || c.Func == nil || !c.Func.Decl.Async || !c.Func.Decl.Generator || !c.Func.Decl.Holds {
			return false
		}
		if plain, _, _ := p.Program.Decorated(c.Func); !plain {
			return false
		}
	}
	return true
}

// closing offers to close the generator with a context manager around the loop.
func closing(p *diagnostics.Pass, r diagnostics.Reporter, loop python.Node) {
	over := loop.Child(python.FieldRight)
	l, ok := linesOf(loop, loop)
	name := ""
	for _, name = range []string{"items", "stream", "generator"} {
		if loop.Scope().Lookup(name) == nil && p.Global(name) == nil {
			break
		}
	}
	spelled, imports := p.Spell("contextlib.aclosing")
	if !ok || old(p) || over.Span().End > l.behind(loop.Span().Start) {
		return
	}
	start := l.start(loop.Span().Start)
	edits := l.deeper(start, l.behind(loop.Span().End), l.indent+"async with "+spelled+"("+over.Text()+") as "+name+":\n")
	head := append([]diagnostics.Edit{edits[0]}, diagnostics.Replace(over, name))
	r.Fix(diagnostics.Fix{Title: "Close it with `aclosing`", Imports: imports, Edits: l.whole(append(head, edits[1:]...))})
}
