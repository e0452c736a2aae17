package tasks

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed future-dropped.md
var droppedDoc string

// Dropped reports a future that holds the only trace of an exception, and that nobody keeps.
var Dropped = &diagnostics.Rule{
	Code:     "AIO302",
	Name:     "future-dropped",
	Family:   "tasks",
	Severity: diagnostics.Warning,
	Doc:      droppedDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if !mayBe(p, call, "run_coroutine_threadsafe", "run_in_executor", "submit") {
			return
		}
		job, ok := jobs[name(p, call)]
		if !ok {
			return
		}
		fate, at := fateOf(p, call)
		if fate == kept || fate == chained || fate == unusedName && !unread(at) {
			return
		}
		work := p.Argument(call, job.position, job.param)
		if !mayFailUnseen(p, work, job.coroutine, fails) || expected(call) {
			return
		}
		lost := "the future of `" + called(call) + "` is dropped"
		switch fate {
		case unusedName, inContainer:
			lost = "nothing reads `" + at.Text() + "`, the future of `" + called(call) + "`"
			if fate == inContainer {
				lost = "nothing reads `" + at.Text() + "`, which holds the future of `" + called(call) + "`"
			}
		case inLambda:
			lost = "the lambda gives the future of `" + called(call) + "` to a caller that drops it"
		}
		what := "an exception in what it runs"
		if work := value(work); work.Is(python.Call, python.Identifier, python.Attribute) {
			what = "an exception in `" + short(work) + "`"
		}
		r := p.Report(call, lost+", so "+what+" is "+job.harm+"; wait for it, or look at its exception in a done callback")
		if fate != droppedTask && fate != unusedName {
			return
		}
		if p.InCoroutine(call) {
			edits := diagnostics.Await(call)
			var imports []string
			if !job.awaitable {
				var wrap string
				wrap, imports = p.Spell("asyncio.wrap_future")
				edits = []diagnostics.Edit{diagnostics.Insert(call, "await "+wrap+"("), diagnostics.Append(call, ")")}
			}
			r.Fix(diagnostics.Fix{Title: "Await it", Imports: imports, Edits: edits})
		}
		if fix, ok := logFailure(p, call, fate, at); ok {
			r.Fix(fix)
		}
	},
}

// job is a function that runs something elsewhere and gives a future of it.
type job struct {
	position  int // of the argument that is run
	param     string
	coroutine bool // it is a coroutine, not a function
	awaitable bool // the future can be awaited
	harm      string
}

var jobs = map[string]job{
	"asyncio.run_coroutine_threadsafe":          {position: 0, param: "coro", coroutine: true, harm: "never seen"},
	"asyncio.AbstractEventLoop.run_in_executor": {position: 1, param: "func", awaitable: true, harm: "only logged, and late"},
	"concurrent.futures.Executor.submit":        {position: 0, param: "fn", harm: "never seen"},
}

// unread says whether nothing at all reads a name.
func unread(name python.Node) bool {
	b := name.Binding()
	if b == nil {
		return false
	}
	reads, sure := b.Reads()
	return sure && len(reads) == 0
}

// mayFailUnseen says whether what is run may fail without anybody taking notice.
func mayFailUnseen(p *diagnostics.Pass, work python.Node, coroutine bool, fails failing) bool {
	work = value(work)
	if !work.Valid() {
		return true // hidden in a star
	}
	if work.Kind() == python.Lambda {
		body := work.Child(python.FieldBody).Unwrap()
		return body.Kind() != python.Call || mayFailUnseen(p, body, true, fails)
	}
	t := p.Type(work)
	if coroutine && work.Kind() == python.Call {
		t = p.Type(work.Child(python.FieldFunction))
	} else if coroutine {
		return true
	}
	if t.Open() || len(t.Atoms()) == 0 {
		return true
	}
	for _, a := range t.Atoms() {
		if a.Kind == program.NoneObject {
			continue
		}
		if a.Kind != program.Function || plain(p, a.Func) && fails(p, a.Func) {
			return true
		}
	}
	return false
}

// logFailure offers a done callback that logs the exception of what a call gives.
func logFailure(p *diagnostics.Pass, call python.Node, fate fate, at python.Node) (diagnostics.Fix, bool) {
	fix := diagnostics.Fix{Title: "Log its exception when it is done"}
	stmt := call.Up(python.ExprStmt)
	if first := stmt.FirstNamed(); first != call && (fate != unusedName || first.Kind() != python.Assignment || first.Child(python.FieldRight) != call) {
		return fix, false
	}
	indent, ok := indentOf(stmt)
	if fn := call.Function(); !ok || fn.Kind() != python.FunctionDef {
		return fix, false
	}
	callback, ok := failureLogger(p, call, &fix)
	if !ok {
		return fix, false
	}
	future := at.Text()
	if fate == droppedTask || future == "_" {
		future = "future"
		if call.Scope().Lookup(future) != nil {
			future = "background_future"
		}
	}
	if fate == droppedTask {
		fix.Edits = append(fix.Edits, diagnostics.Insert(call, future+" = "))
	} else if future != at.Text() {
		fix.Edits = append(fix.Edits, diagnostics.Replace(at, future))
	}
	fix.Edits = append(fix.Edits, following(stmt, "\n"+indent+future+".add_done_callback("+callback+")"))
	return fix, true
}

// following is the edit that puts text behind a statement and the comment on its last line.
func following(stmt python.Node, text string) diagnostics.Edit {
	src, end := stmt.Block().Text(), stmt.Span().End
	if i := strings.IndexAny(src[end:], "\r\n"); i >= 0 {
		end += i
	} else {
		end = len(src)
	}
	return diagnostics.Edit{Span: python.Span{Start: end, End: end}, New: text}
}
