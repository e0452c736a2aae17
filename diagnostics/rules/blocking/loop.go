package blocking

import (
	"strconv"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// CPU reports calls that keep the processor busy for long: those in the tables, and work over ranges that are huge as
// written.
var CPU = func() *diagnostics.Rule {
	r := *cpuFromTable
	inTables := r.Check
	r.Check = func(p *diagnostics.Pass, n python.Node) {
		inTables(p, n)
		switch {
		case n.Kind() == python.Call:
			hugeCall(p, n)
		case n.Kind() == python.ForStmt, n.Kind() == python.ForInClause && n.Parent().Is(python.ListComp, python.SetComp, python.DictComp):
			hugeLoop(p, n)
		}
	}
	return &r
}()

// hugeRange is how many steps of Python take long enough to be felt: at some 20 million steps a second, 100 ms.
const hugeRange = 2_000_000

// hugeLoop reports a loop over ranges that are huge as written, by itself or within other such loops, without a
// checkpoint.
func hugeLoop(p *diagnostics.Pass, loop python.Node) {
	r := loop.Child(python.FieldRight)
	n := rangeLength(p, r)
	if n == 0 || !p.OnLoop(loop) || loop.IsAsync() {
		return
	}
	if loop.Kind() == python.ForInClause {
		if n >= hugeRange && !pauses(loop.Parent()) {
			p.Report(r, "`"+oneLine(loop.Parent().Text())+"` keeps the event loop busy for long; "+offloadAdvice(p))
		}
		return
	}
	if body := loop.Child(python.FieldBody); pauses(body) || leaves(body, true) {
		return
	}
	for outer := loop.Parent(); n < hugeRange; outer = outer.Parent() {
		switch outer.Kind() {
		case python.BlockStmt, python.TryStmt:
			continue
		case python.ForStmt:
			body := outer.Child(python.FieldBody)
			k := rangeLength(p, outer.Child(python.FieldRight))
			if k > 0 && !outer.IsAsync() && !pauses(body) && !leaves(body, true) {
				n *= k
				continue
			}
		}
		return
	}
	if outer := loop.Parent().Parent(); outer.Kind() == python.ForStmt && rangeLength(p, outer.Child(python.FieldRight)) >= hugeRange && !pauses(outer.Child(python.FieldBody)) {
		return // that one is reported
	}
	p.Report(r, "the loop over `"+oneLine(r.Text())+"` keeps the event loop busy for long; run it in a process pool, or `await "+p.Library()+".sleep(0)` now and then")
}

// hugeCall reports a call of sum and the like over a range that is huge as written.
func hugeCall(p *diagnostics.Pass, n python.Node) {
	fn := n.Child(python.FieldFunction)
	if fn.Kind() != python.Identifier || !materialising[fn.Text()] || !p.OnLoop(n) {
		return
	}
	c, ok := p.Callee(n)
	if !ok || c.Name != fn.Text() {
		return
	}
	arg := n.Child(python.FieldArguments)
	if arg.Kind() == python.ArgumentList {
		arg = arg.FirstNamed()
	}
	if arg.Kind() == python.GeneratorExpr {
		if pauses(arg) {
			return
		}
		for c := range arg.Named {
			if c.Kind() == python.ForInClause {
				arg = c.Child(python.FieldRight)
				break
			}
		}
	}
	if rangeLength(p, arg) >= hugeRange {
		r := p.Report(fn, "`"+oneLine(n.Text())+"` keeps the event loop busy for long; "+offloadAdvice(p))
		if fix, ok := threadFix(p, n, c); ok && p.InCoroutine(n) {
			r.Fix(fix)
		}
	}
}

func offloadAdvice(p *diagnostics.Pass) string {
	return "run it in a process pool, or in a thread with `await " + p.Offload() + "()`"
}

// rangeLength is the length of range(...) with literal arguments; 0 for anything else.
func rangeLength(p *diagnostics.Pass, call python.Node) float64 {
	if call.Kind() != python.Call {
		return 0
	}
	if c, ok := p.Callee(call); !ok || c.Name != "range" {
		return 0
	}
	var args []float64
	for a := range call.Child(python.FieldArguments).Named {
		v, ok := number(a)
		if !ok {
			return 0
		}
		args = append(args, v)
	}
	switch len(args) {
	case 1:
		return args[0]
	case 2:
		return args[1] - args[0]
	case 3:
		if args[2] != 0 {
			return (args[1] - args[0]) / args[2]
		}
	}
	return 0
}

// number is the value of an integer literal or of a product or power of such.
func number(n python.Node) (float64, bool) {
	n = n.Unwrap()
	switch n.Kind() {
	case python.IntLit, python.FloatLit:
		v, err := strconv.ParseFloat(strings.ReplaceAll(n.Text(), "_", ""), 64)
		return v, err == nil
	case python.BinaryOperator:
		a, ok1 := number(n.Child(python.FieldLeft))
		b, ok2 := number(n.Child(python.FieldRight))
		if !ok1 || !ok2 || b > 40 && n.Child(python.FieldOperator).Text() == "**" {
			return 0, false
		}
		switch n.Child(python.FieldOperator).Text() {
		case "*":
			return a * b, true
		case "**":
			v := 1.0
			for range int(b) {
				v *= a
			}
			return v, true
		}
	}
	return 0, false
}

// Checkpoint reports endless loops in coroutines that never give the event loop a turn.
var Checkpoint = &diagnostics.Rule{
	Code: "AIO208", Name: "loop-without-checkpoint", Family: "blocking", Severity: diagnostics.Warning, Doc: checkpointDoc,
	On: []python.Kind{python.WhileStmt},
	Check: func(p *diagnostics.Pass, loop python.Node) {
		if !p.InCoroutine(loop) {
			return
		}
		cond, body := loop.Child(python.FieldCondition), loop.Child(python.FieldBody)
		if pauses(body) || pauses(cond) || interrupted(loop) {
			return
		}
		endless := python.AlwaysTrue(cond)
		if leaves(body, true) {
			if !endless || !looks(p, body) {
				return
			}
		} else if !endless && !spins(p, cond, body) {
			return
		}
		at := loop.First() // the keyword
		r := p.Report(at, "the loop never awaits, so no other task runs again once it is entered; await something in it")
		name, imports, ok := spell(p, loop, p.Library()+".sleep")
		last := python.Node{}
		for s := range body.Named {
			last = s
		}
		first := body.FirstNamed()
		if !ok || !first.Valid() || !strings.ContainsAny(p.Block.Text()[loop.Span().Start:first.Span().Start], "\n\r") {
			return
		}
		src := p.Block.Text()
		end := last.Span().End
		if i := strings.IndexAny(src[end:], "\r\n"); i >= 0 { // behind a comment on its line
			end += i
		} else {
			end = len(src)
		}
		text := "\n" + indentation(src, first.Span().Start) + "await " + name + "(0)"
		r.Fix(diagnostics.Fix{Title: "Add `await " + name + "(0)`", Imports: imports, Edits: []diagnostics.Edit{{Span: python.Span{Start: end, End: end}, New: text}}})
	},
}

// indentation is the white space at the start of the line that holds the offset.
func indentation(src string, offset int) string {
	start := strings.LastIndexAny(src[:offset], "\r\n") + 1
	end := start
	for end < len(src) && (src[end] == ' ' || src[end] == '\t') {
		end++
	}
	return src[start:end]
}

// pauses says whether a piece of a function may give the loop a turn: it awaits, or yields to who may.
func pauses(n python.Node) bool {
	fn := n.Function()
	for c := range n.Walk {
		if c.Is(python.Await, python.Yield, python.ForStmt, python.WithStmt, python.ForInClause) && c.Function() != fn {
			continue // in a function that is only defined here
		}
		switch c.Kind() {
		case python.Await, python.Yield:
			return true
		case python.ForStmt, python.WithStmt, python.ForInClause:
			if c.IsAsync() {
				return true
			}
		case python.Error:
			return true
		}
	}
	return false
}

// leaves says whether the body of a loop can leave it: by break, return or raise, or by a call that ends the program.
func leaves(body python.Node, top bool) bool {
	for c := range body.Named {
		switch c.Kind() {
		case python.ReturnStmt, python.RaiseStmt:
			return true
		case python.BreakStmt:
			if top {
				return true
			}
		case python.FunctionDef, python.ClassDef, python.Lambda:
		case python.ForStmt, python.WhileStmt:
			if leaves(c, false) {
				return true
			}
		case python.Call:
			if diagnostics.EndsProgram(c) || c.Child(python.FieldFunction).Text() == "next" {
				return true
			}
			if leaves(c, top) {
				return true
			}
		default:
			if leaves(c, top) {
				return true
			}
		}
	}
	return false
}

// interrupted says whether a loop ends by an exception that is expected: a call in it may raise what a try or suppress
// around the loop takes.
func interrupted(loop python.Node) bool {
	if !contains(loop.Child(python.FieldBody), python.Call) {
		return false
	}
	child := loop
	for n := loop.Parent(); n.Valid() && !n.Is(python.FunctionDef, python.ForStmt, python.WhileStmt); child, n = n, n.Parent() {
		switch {
		case n.Kind() == python.TryStmt && child.Field() == python.FieldBody:
			for c := range n.Named {
				if c.Is(python.ExceptClause, python.ExceptGroupClause) {
					return true
				}
			}
		case n.Kind() == python.WithStmt:
			for e := range diagnostics.WithExpressions(n) {
				if fn := e.Child(python.FieldFunction).Text(); fn == "suppress" || strings.HasSuffix(fn, ".suppress") || strings.HasSuffix(strings.ToLower(fn), "raises") {
					return true
				}
			}
		}
	}
	return false
}

// looks says whether the body of an endless loop does nothing but look whether it is time to leave.
func looks(p *diagnostics.Pass, body python.Node) bool {
	for s := range body.Named {
		if s.Is(python.Comment, python.PassStmt, python.ContinueStmt) {
			continue
		}
		then := s.Child(python.FieldConsequence)
		if s.Kind() != python.IfStmt || s.Child(python.FieldAlternative).Valid() || !spins(p, s.Child(python.FieldCondition), then) {
			return false
		}
	}
	return true
}

// spins says whether a loop waits for something that only others can change, or for the time to pass: its condition reads
// names, attributes, clocks and what belongs to the event loop, and its body neither assigns nor calls anything.
func spins(p *diagnostics.Pass, cond, body python.Node) bool {
	reads := false
	for c := range cond.Walk {
		switch c.Kind() {
		case python.Identifier:
			reads = true
		case python.Call:
			if f, ok := p.Callee(c); !ok || !asked[f.Name] {
				return false
			}
		case python.Subscript, python.NamedExpression:
			return false
		}
	}
	for c := range body.Walk {
		switch c.Kind() {
		case python.Call, python.Assignment, python.AugmentedAssignment, python.NamedExpression, python.ForStmt, python.WithStmt, python.DeleteStmt, python.TryStmt:
			return false
		}
	}
	return reads
}

// asked are functions that change nothing, and whose answer does not change while the event loop stands still, or only with the time.
var asked = map[string]bool{
	"time.time": true, "time.monotonic": true, "time.perf_counter": true, "time.time_ns": true, "time.monotonic_ns": true, "time.perf_counter_ns": true,
	"datetime.datetime.now": true, "datetime.datetime.utcnow": true, "threading.Event.is_set": true, "threading.Thread.is_alive": true,
	"asyncio.Event.is_set": true, "asyncio.Task.done": true, "asyncio.Future.done": true, "asyncio.Queue.empty": true, "asyncio.Queue.full": true,
	"asyncio.Lock.locked": true, "trio.Event.is_set": true, "trio.Lock.locked": true, "anyio.Event.is_set": true, "anyio.Lock.locked": true,
}
