package timeouts

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed async-function-no-checkpoint.md
var functionDoc string

//go:embed async-generator-no-checkpoint.md
var generatorDoc string

//go:embed cancel-scope-no-guaranteed-checkpoint.md
var guaranteedDoc string

//go:embed indefinite-loop-no-guaranteed-checkpoint.md
var loopDoc string

// way is what is known of a way through a function.
type way struct {
	in      bool   // in the scope or loop in question
	seen    bool   // a checkpoint came, since the start, or since what in is about was entered
	leaving int32  // the return statement on whose way it is, or 1 for a jump out of the scope
	entered uint64 // the loops that have run once, of those that surely do
	pending int8   // the number, from 1, of such a loop that was asked for its first item; negative for a later one
}

// ways follows the ways through a function.
type ways struct {
	p     *diagnostics.Pass
	sure  []python.Node // the loops over what is surely not empty
	where map[python.Node]int8
}

func newWays(p *diagnostics.Pass, fn python.Node) *ways {
	w := &ways{p: p, where: map[python.Node]int8{}}
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() == python.ForStmt && len(w.sure) < 64 && filled(n.Child(python.FieldRight)) {
			w.sure = append(w.sure, n)
			w.where[n] = int8(len(w.sure))
		}
	}
	return w
}

// filled says whether an iterable has an item at least, as it is written.
func filled(n python.Node) bool {
	n = n.Unwrap()
	switch n.Kind() {
	case python.ListExpr, python.TupleExpr, python.SetExpr, python.DictExpr:
		for c := range n.Named {
			if !c.Is(python.ListSplat, python.DictionarySplat) {
				return true
			}
		}
	case python.String:
		return len(strings.Trim(n.Text(), `"'`)) > 0
	case python.Call:
		if n.Child(python.FieldFunction).Text() == "range" {
			arg := onlyArgument(n)
			return arg.Kind() == python.IntLit && arg.Text() != "0"
		}
	}
	return false
}

// loops follows loops that surely run once: possible is false where the way leaves one before.
func (w *ways) loops(s python.Step, known way) (_ way, possible bool) {
	if i := known.pending; i != 0 {
		first := i > 0
		i = max(i, -i)
		if !s.Node.Valid() || !s.Node.Inside(w.sure[i-1].Child(python.FieldLeft)) { // there was no item
			if first {
				return known, false
			}
			known.entered &^= 1 << (i - 1)
		}
		known.pending = 0
	}
	switch s.Kind {
	case python.StepNext:
		if i := w.where[s.Node]; i != 0 {
			known.pending = i
			if known.entered&(1<<(i-1)) != 0 {
				known.pending = -i
			}
			known.entered |= 1 << (i - 1)
		}
	case python.StepJump:
		if i := w.where[s.Node.Up(python.ForStmt, python.WhileStmt)]; i != 0 && s.Node.Kind() == python.BreakStmt {
			known.entered &^= 1 << (i - 1)
		}
	}
	return known, true
}

// checkpoint says whether a step is a checkpoint for certain. cancels says that cancellation must be able to arrive there:
// leaving a nursery in which nothing was started only gives others a turn.
func (w *ways) checkpoint(s python.Step, cancels bool) bool {
	switch s.Kind {
	case python.StepEval, python.StepRead:
		if up := s.Node.Parent(); up.Kind() == python.ForInClause && s.Node.Field() == python.FieldRight && up.IsAsync() {
			return !lazy(up) // it is asked for an item at once
		}
		return s.Node.Kind() == python.Await && !lazy(s.Node)
	case python.StepNext:
		return s.Node.IsAsync() && !lazy(s.Node)
	case python.StepEnter, python.StepExit:
		with := s.Node.Up(python.WithStmt)
		if !with.IsAsync() {
			return false
		}
		manager := s.Manager().Unwrap()
		switch w.p.Scope(manager) {
		case "":
			return true
		case "group":
			if s.Kind == python.StepEnter {
				return false
			}
			library := "asyncio"
			if c, ok := w.p.Callee(manager); ok && manager.Kind() == python.Call {
				library, _, _ = strings.Cut(c.Name, ".")
			}
			return !cancels && library != "asyncio" || mentioned(manager, with)
		}
	}
	return false
}

// lazy says whether a node is evaluated only when somebody iterates a generator expression.
func lazy(n python.Node) bool {
	child := n
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); child, up = up, up.Parent() {
		if up.Kind() == python.GeneratorExpr {
			first := up.FirstNamed()
			for c := range up.Named {
				if c.Kind() == python.ForInClause {
					first = c
					break
				}
			}
			return !(child == first && n.Inside(first.Child(python.FieldRight)))
		}
	}
	return false
}

// exempt says whether a function need not be a checkpoint by itself: it is only declared, or something else is made of it.
func exempt(p *diagnostics.Pass, fn python.Node) bool {
	if up := fn.Parent(); up.Kind() == python.DecoratedDef {
		for d := range up.Named {
			switch name := decoratorName(d); {
			case strings.HasSuffix(name, "contextmanager"), strings.HasSuffix(name, "fixture"), name == "overload", name == "abstractmethod":
				return true
			}
		}
	}
	empty := true
	for s := range fn.Child(python.FieldBody).Named {
		empty = empty && (s.Kind() == python.PassStmt || s.Kind() == python.ExprStmt && s.FirstNamed().Is(python.String, python.ConcatenatedString, python.Ellipsis))
	}
	if empty {
		return true
	}
	// One of the two has to be a checkpoint; which is known only where there is no other.
	name := fn.Child(python.FieldName).Text()
	if other := map[string]string{"__aenter__": "__aexit__", "__aexit__": "__aenter__"}[name]; other != "" && !checkpoints(p, fn.Child(python.FieldBody)) {
		class, ok := p.Class()
		if !ok {
			return true
		}
		_, both := p.Program.Member(class, other)
		return both || !p.Program.Closed(class.Class)
	}
	return false
}

// NoGuarantee reports a coroutine function that may end without a checkpoint.
var NoGuarantee = &diagnostics.Rule{
	Code:     "ASYNC910",
	Name:     "async-function-no-checkpoint",
	Family:   "timeouts",
	Severity: diagnostics.Warning,
	Optional: true,
	Doc:      functionDoc,
	On:       []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, fn python.Node) {
		if fn.IsAsync() && !fn.Func().Generator && !exempt(p, fn) {
			unguarded(p, fn, "`"+fn.Child(python.FieldName).Text()+"` may return without a checkpoint, so a task that calls it again and again never lets others run, and cannot be cancelled")
		}
	},
}

// NoGuaranteeGenerator reports an asynchronous generator that may go from one yield to the next without a checkpoint.
var NoGuaranteeGenerator = &diagnostics.Rule{
	Code:     "ASYNC911",
	Name:     "async-generator-no-checkpoint",
	Family:   "timeouts",
	Severity: diagnostics.Warning,
	Optional: true,
	Doc:      generatorDoc,
	On:       []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, fn python.Node) {
		if fn.IsAsync() && fn.Func().Generator && !exempt(p, fn) {
			unguarded(p, fn, "`"+fn.Child(python.FieldName).Text()+"` may come here without a checkpoint since it began, or since its last `yield`, so whoever iterates never lets others run")
		}
	},
}

// unguarded reports the places where a function returns, yields or ends without a checkpoint before.
func unguarded(p *diagnostics.Pass, fn python.Node, message string) {
	w := newWays(p, fn)
	found := map[int32]bool{} // -1 is the end
	ok := diagnostics.Follow(p, fn, way{leaving: -1}, func(s python.Step, known way) (way, bool) {
		known, possible := w.loops(s, known)
		if !possible {
			return known, false
		}
		switch {
		case s.Kind == python.StepEnd:
			if s.Exc == python.NoExc && !known.seen {
				found[known.leaving] = true
			}
		case s.Kind == python.StepReturn:
			known.leaving = int32(s.Node.Index())
		case s.Kind == python.StepEval && s.Node.Kind() == python.Yield:
			if !known.seen {
				found[int32(s.Node.Index())] = true
			}
			known.seen = false
		case w.checkpoint(s, false):
			known.seen = true
		}
		return known, true
	})
	if !ok {
		return
	}
	message += "; await something on each way, if only `" + pause(p) + "`"
	for n := range fn.Walk {
		if i := int32(n.Index()); n != fn && found[i] {
			r := p.Report(n, message)
			stmt := n
			for stmt.Valid() && stmt.Parent().Kind() != python.BlockStmt {
				stmt = stmt.Parent()
			}
			if fix, ok := paused(p, stmt, stmt.Span().Start); ok {
				r.Fix(fix)
			}
		}
	}
	if found[-1] {
		r := p.Report(fn.Child(python.FieldName), message)
		last := python.Node{}
		for s := range fn.Child(python.FieldBody).Named {
			last = s
		}
		if fix, ok := paused(p, last, -1); ok {
			r.Fix(fix)
		}
	}
}

// pause is a checkpoint that does nothing else, in the library of the file.
func pause(p *diagnostics.Pass) string {
	if p.Library() == "asyncio" {
		return "asyncio.sleep(0)"
	}
	return p.Library() + ".lowlevel.checkpoint()"
}

// paused adds a checkpoint on a line of its own: before a statement, or behind it where at is negative.
func paused(p *diagnostics.Pass, stmt python.Node, at int) (diagnostics.Fix, bool) {
	src := stmt.Block().Text()
	line := strings.LastIndexByte(src[:stmt.Span().Start], '\n') + 1
	indent := src[line:stmt.Span().Start]
	if strings.TrimSpace(indent) != "" {
		return diagnostics.Fix{}, false
	}
	name, _, _ := strings.Cut(pause(p), "(")
	text, imports := p.Spell(name)
	if first, _, _ := strings.Cut(text, "."); stmt.Scope().Lookup(first) != nil {
		return diagnostics.Fix{}, false
	}
	text = "await " + text + strings.TrimPrefix(pause(p), name)
	fix := diagnostics.Fix{Title: "Add `" + text + "`", Imports: imports}
	if at >= 0 {
		fix.Edits = []diagnostics.Edit{{Span: python.Span{Start: at, End: at}, New: text + "\n" + indent}}
		return fix, true
	}
	end := stmt.Span().End
	if i := strings.IndexAny(src[end:], "\r\n"); i >= 0 {
		end += i
	} else {
		end = len(src)
	}
	fix.Edits = []diagnostics.Edit{{Span: python.Span{Start: end, End: end}, New: "\n" + indent + text}}
	return fix, true
}

// NoGuaranteeScope reports a cancel scope through which there is a way without a checkpoint, although there are checkpoints
// in it.
var NoGuaranteeScope = &diagnostics.Rule{
	Code:     "ASYNC912",
	Name:     "cancel-scope-no-guaranteed-checkpoint",
	Family:   "timeouts",
	Severity: diagnostics.Warning,
	Optional: true,
	Doc:      guaranteedDoc,
	On:       []python.Kind{python.WithStmt},
	Check: func(p *diagnostics.Pass, stmt python.Node) {
		if !p.InCoroutine(stmt) || !checkpoints(p, stmt.Child(python.FieldBody)) {
			return
		}
		for e := range diagnostics.WithExpressions(stmt) {
			if scope := p.Scope(e); scope != "timeout" && scope != "cancel" || shields(p, e) {
				continue
			}
			if unguardedScope(p, stmt, e) {
				r := p.Report(e, "there is a way through `"+diagnostics.Short(e)+"` on which nothing awaits, so it cannot cancel there; await something on each way")
				last := python.Node{}
				for s := range stmt.Child(python.FieldBody).Named {
					last = s
				}
				if fix, ok := paused(p, last, -1); ok {
					r.Fix(fix)
				}
			}
		}
	},
}

// shields says whether a scope has only to keep cancellation out: it has no deadline, and nobody else knows it.
func shields(p *diagnostics.Pass, e python.Node) bool {
	return e.Kind() == python.Call && p.Argument(e, -1, "shield").Kind() == python.True && !itemTarget(e).Valid() &&
		!p.Argument(e, 0, "deadline").Valid() && !p.Argument(e, -1, "relative_deadline").Valid()
}

// unguardedScope says whether there is a way through a scope, to its end, without a checkpoint.
func unguardedScope(p *diagnostics.Pass, with, scope python.Node) bool {
	fn := with.Function()
	w := newWays(p, fn)
	found := false
	ok := diagnostics.Follow(p, fn, way{}, func(s python.Step, known way) (way, bool) {
		known, possible := w.loops(s, known)
		if !possible {
			return known, false
		}
		switch {
		case s.Kind == python.StepEnter && s.Manager() == scope:
			known.in, known.seen, known.leaving = true, false, 0
		case s.Kind == python.StepExit && s.Manager() == scope:
			found = found || known.in && !known.seen && known.leaving == 0 && s.Exc == python.NoExc
			known = way{entered: known.entered}
		case !known.in:
		case s.Kind == python.StepReturn:
			known.leaving = 1
		case s.Kind == python.StepJump:
			if !s.Node.Up(python.ForStmt, python.WhileStmt).Inside(with) {
				known.leaving = 1
			}
		case w.checkpoint(s, true), s.Kind == python.StepEval && s.Node.Kind() == python.Yield:
			known.seen = true
		}
		return known, true
	})
	return ok && found
}

// NoGuaranteeLoop reports an endless loop that may go round without a checkpoint.
var NoGuaranteeLoop = &diagnostics.Rule{
	Code:     "ASYNC913",
	Name:     "indefinite-loop-no-guaranteed-checkpoint",
	Family:   "timeouts",
	Severity: diagnostics.Warning,
	Optional: true,
	Doc:      loopDoc,
	On:       []python.Kind{python.WhileStmt},
	Check: func(p *diagnostics.Pass, loop python.Node) {
		cond := loop.Child(python.FieldCondition)
		if !python.AlwaysTrue(cond) || !p.InCoroutine(loop) {
			return
		}
		w := newWays(p, loop.Function())
		round, ends := false, false
		ok := diagnostics.Follow(p, loop.Function(), way{}, func(s python.Step, known way) (way, bool) {
			known, possible := w.loops(s, known)
			if !possible {
				return known, false
			}
			if known.in && s.Node.Valid() && !s.Node.Inside(loop) {
				known.in = false
			}
			switch {
			case s.Kind == python.StepTrue && s.Node == cond.Unwrap():
				round = round || known.in && !known.seen
				known.in, known.seen = true, false
			case s.Kind == python.StepJump && known.in && !known.seen:
				ends = ends || s.Node.Kind() == python.BreakStmt && s.Node.Up(python.ForStmt, python.WhileStmt) == loop
			case w.checkpoint(s, true), s.Kind == python.StepEval && s.Node.Kind() == python.Yield:
				known.seen = true
			}
			return known, true
		})
		if !ok || !round || ends {
			return
		}
		r := p.Report(loop.First(), "the loop may go round without a checkpoint, and then nothing else runs; await something on each way, if only `"+pause(p)+"`")
		if first := loop.Child(python.FieldBody).FirstNamed(); first.Valid() {
			if fix, ok := paused(p, first, first.Span().Start); ok {
				r.Fix(fix)
			}
		}
	},
}
