package timeouts

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed async-busy-wait.md
var busyWaitDoc string

// BusyWait reports a loop that sleeps until something in the program has changed.
var BusyWait = &diagnostics.Rule{
	Code:     "ASYNC110",
	Name:     "async-busy-wait",
	Family:   "timeouts",
	Severity: diagnostics.Info,
	Doc:      busyWaitDoc,
	On:       []python.Kind{python.WhileStmt},
	Check: func(p *diagnostics.Pass, loop python.Node) {
		call := onlyAwaited(loop.Child(python.FieldBody))
		if !call.Valid() {
			return
		}
		c, ok := p.Callee(call)
		if !ok || !naps[c.Name] {
			return
		}
		library, _, _ := strings.Cut(c.Name, ".")
		cond := loop.Child(python.FieldCondition)
		if python.AlwaysTrue(cond) {
			instead := library + ".sleep_forever()"
			if library == "asyncio" {
				instead = "asyncio.Event().wait()"
			}
			p.Report(loop.First(), "the loop does nothing but sleep, for ever; use `await "+instead+"`")
			return
		}
		if outside(p, cond) {
			return
		}
		r := p.Report(loop.First(), "the loop wakes up again and again to look whether `"+diagnostics.OneLine(cond)+"` still holds; let whoever changes that set "+diagnostics.Indefinite(library+".Event")+", and wait for it")
		if event := unset(p, cond); event.Valid() && loop.Child(python.FieldBody).Next() == (python.Node{}) {
			r.Fix(diagnostics.Fix{Title: "Wait for the event", Edits: []diagnostics.Edit{diagnostics.Replace(loop, "await "+event.Text()+".wait()")}})
		}
	},
}

// unset is the event that a condition says is not set yet; no node when it says something else.
func unset(p *diagnostics.Pass, cond python.Node) python.Node {
	not := cond.Unwrap()
	call := not.Child(python.FieldArgument).Unwrap()
	if not.Kind() != python.NotOperator || call.Kind() != python.Call {
		return python.Node{}
	}
	c, ok := p.Callee(call)
	if !ok || c.Name != "asyncio.Event.is_set" && c.Name != "anyio.Event.is_set" && c.Name != "trio.Event.is_set" {
		return python.Node{}
	}
	return call.Child(python.FieldFunction).Child(python.FieldObject)
}

// naps are the functions that such a loop calls.
var naps = map[string]bool{
	"asyncio.sleep": true, "anyio.sleep": true, "trio.sleep": true, "anyio.sleep_until": true, "trio.sleep_until": true,
	"anyio.lowlevel.checkpoint": true, "trio.lowlevel.checkpoint": true,
}

// onlyAwaited is the call that the only statement of a body awaits.
func onlyAwaited(body python.Node) python.Node {
	stmt := body.FirstNamed()
	n := 0
	for range body.Named {
		n++
	}
	if n != 1 || stmt.Kind() != python.ExprStmt {
		return python.Node{}
	}
	await := stmt.FirstNamed().Unwrap()
	if await.Kind() != python.Await {
		return python.Node{}
	}
	if call := await.FirstNamed().Unwrap(); call.Kind() == python.Call {
		return call
	}
	return python.Node{}
}

// outside says whether a condition depends on what is not in the program's hands: the time, the disk, another process or
// machine, or a function of which nothing is known.
func outside(p *diagnostics.Pass, cond python.Node) bool {
	for n := range cond.Walk {
		switch n.Kind() {
		case python.Await:
			return true
		case python.Call:
			callees, all := p.Callees(n)
			if !all || len(callees) == 0 {
				fn := n.Child(python.FieldFunction)
				if fn.Kind() != python.Identifier || fn.Scope().Lookup(fn.Text()) != nil {
					return true
				}
			}
			for _, c := range callees {
				if c.Facts.Blocks != "" || clocks[c.Name] || elsewhere(c.Name) {
					return true
				}
			}
		case python.Attribute:
			for _, a := range p.Type(n.Child(python.FieldObject)).Atoms() {
				if a.Kind == program.Instance && elsewhere(a.Class.Name+".") {
					return true
				}
			}
		}
	}
	return false
}

// clocks are functions that tell the time.
var clocks = map[string]bool{
	"time.time": true, "time.monotonic": true, "time.perf_counter": true, "time.time_ns": true, "time.monotonic_ns": true, "time.perf_counter_ns": true,
	"time.process_time": true, "datetime.datetime.now": true, "datetime.datetime.utcnow": true, "asyncio.AbstractEventLoop.time": true,
	"trio.current_time": true, "anyio.current_time": true,
}

// elsewhere says whether a function or class is about another process or thread, a connection or the disk.
func elsewhere(name string) bool {
	for _, module := range []string{"subprocess.", "asyncio.subprocess.", "trio.Process.", "anyio.abc.Process.", "psutil.", "os.", "threading.Thread.", "multiprocessing.",
		"concurrent.futures.", "socket.", "pathlib.", "redis.", "aiohttp.", "websockets."} {
		if strings.HasPrefix(name, module) {
			return true
		}
	}
	return false
}
