// Package blocking finds calls that stop the event loop: while they run, no other task does.
//
// What blocks is in the tables of package knowledge, under the code of the rule that reports it; this package knows
// where a call is on the loop, when a blocking function does not block after all, and what to do instead.
package blocking

import (
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// tabled makes a rule that reports the calls that the tables list under its code.
func tabled(code, name, doc string, severity diagnostics.Severity, aliases ...string) *diagnostics.Rule {
	return &diagnostics.Rule{
		Code: code, Name: name, Family: "blocking", Aliases: aliases, Severity: severity, Doc: doc,
		On: []python.Kind{python.Call, python.WithStmt, python.ForStmt, python.ForInClause},
		Check: func(p *diagnostics.Pass, n python.Node) {
			for _, b := range find(p, n) {
				if b.code == code {
					b.report(p)
				}
			}
		},
	}
}

// blocker is a blocking call.
type blocker struct {
	node   python.Node // the call, or the expression that a with or for statement calls a method of
	code   string
	callee diagnostics.Callee
}

type findKey struct{}

// find is the blocking calls that a node makes itself. All rules of the family ask for each node; the answer is
// worked out once.
func find(p *diagnostics.Pass, n python.Node) []blocker {
	return diagnostics.Once(p, findKey{}, n, func() []blocker {
		if !p.OnLoop(n) {
			return nil
		}
		switch n.Kind() {
		case python.Call:
			if b, ok := blocks(p, n); ok {
				return []blocker{b}
			}
		case python.WithStmt:
			if !n.IsAsync() {
				return leaving(p, n)
			}
		case python.ForStmt, python.ForInClause:
			if !n.IsAsync() {
				return iterating(p, n)
			}
		}
		return nil
	})
}

// blocks says whether a call blocks whatever it reaches.
func blocks(p *diagnostics.Pass, call python.Node) (blocker, bool) {
	callees, all := p.Callees(call)
	if !all || len(callees) == 0 {
		return blocker{}, false
	}
	for _, c := range callees {
		if c.Facts.Blocks == "" || harmless(p, call, c) {
			return blocker{}, false
		}
	}
	return blocker{call, callees[0].Facts.Blocks, callees[0]}, true
}

// harmless says whether a blocking function does not block when called like this.
func harmless(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) bool {
	for _, u := range c.Facts.Unless {
		if a := p.ArgumentOf(call, c, u.Param); a.Valid() && a.Text() == u.Text {
			return true
		}
	}
	switch {
	case strings.HasPrefix(c.Name, "queue.") && strings.HasSuffix(c.Name, ".put"):
		// Only a bounded queue makes put wait.
		return !constructedWithArguments(p, call)
	case strings.HasPrefix(c.Name, "socket.socket."):
		// A socket that was made non-blocking answers at once; callbacks of add_reader are made for those.
		return !p.InCoroutine(call) || p.Mentions("setblocking(") || p.Mentions("settimeout(0")
	}
	return false
}

// constructedWithArguments says whether all that is known of the receiver of a method call was made by calls with
// arguments.
func constructedWithArguments(p *diagnostics.Pass, call python.Node) bool {
	fn := call.Child(python.FieldFunction)
	origins := p.Program.Origins(p.Module, fn.Child(python.FieldObject).Value())
	if len(origins) == 0 {
		return false
	}
	for _, o := range origins {
		if len(o.Args) == 0 || o.Args[0].Op == 0 {
			return false
		}
	}
	return true
}

// leaving is the context managers of a with statement that block when they are left, such as an executor that waits
// for its threads.
func leaving(p *diagnostics.Pass, with python.Node) []blocker {
	var found []blocker
	for e := range withExpressions(with) {
		t := p.Type(e)
		for _, a := range t.Atoms() {
			f, ok := p.Program.Member(a, "__exit__")
			if t.Open() || !ok || a.Kind != program.Instance {
				continue
			}
			for _, x := range f.Atoms() {
				if x.Kind == program.Function && x.Func.Decl.Facts != nil && x.Func.Decl.Facts.Blocks != "" {
					found = append(found, blocker{e, x.Func.Decl.Facts.Blocks, diagnostics.Callee{Atom: x, Name: x.QName(), Func: x.Func, Facts: *x.Func.Decl.Facts}})
				}
			}
		}
	}
	return found
}

// withExpressions calls yield for each context manager of a with statement.
func withExpressions(with python.Node) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		var visit func(n python.Node) bool
		visit = func(n python.Node) bool {
			for c := range n.Named {
				switch c.Kind() {
				case python.WithClause, python.WithItem, python.Paren, python.TupleExpr:
					if !visit(c) {
						return false
					}
				case python.AsPattern:
					if !yield(c.FirstNamed()) {
						return false
					}
				case python.BlockStmt:
				default:
					if !yield(c) {
						return false
					}
				}
			}
			return true
		}
		visit(with)
	}
}

// iterating is the iterable of a for loop if each step of it blocks.
func iterating(p *diagnostics.Pass, loop python.Node) []blocker {
	e := loop.Child(python.FieldRight)
	t := p.Type(e)
	if t.Open() {
		return nil
	}
	for _, a := range t.Atoms() {
		for _, method := range []string{"__next__", "__iter__"} {
			f, ok := p.Program.Member(a, method)
			if !ok || a.Kind != program.Instance {
				continue
			}
			for _, x := range f.Atoms() {
				if x.Kind == program.Function && x.Func.Decl.Facts != nil && x.Func.Decl.Facts.Blocks != "" {
					return []blocker{{e, x.Func.Decl.Facts.Blocks, diagnostics.Callee{Atom: a, Name: x.QName(), Func: x.Func, Facts: *x.Func.Decl.Facts}}}
				}
			}
		}
	}
	return nil
}

func (b *blocker) report(p *diagnostics.Pass) {
	n := b.node
	at := n
	if n.Kind() == python.Call {
		at = n.Child(python.FieldFunction)
	}
	r := p.Report(at, message(p, n, b.callee))
	if local(b.code) && inTest(n) {
		r.Severity(diagnostics.Info)
	}
	if n.Kind() == python.Call && p.InCoroutine(n) {
		fixes(p, n, b.callee, r)
	}
}

// local says whether a code is about the files of the machine, which tests and scripts may well touch.
func local(code string) bool {
	switch code {
	case "ASYNC230", "ASYNC231", "ASYNC232", "ASYNC240", "AIO205":
		return true
	}
	return false
}

// inTest says whether the node is in a test function or a pytest fixture.
func inTest(n python.Node) bool {
	for fn := n.Function(); fn.Valid(); fn = fn.Function() {
		if strings.HasPrefix(fn.Child(python.FieldName).Text(), "test") {
			return true
		}
		for d := range python.Decorators(fn) {
			if t := d.Text(); strings.Contains(t, "fixture") || strings.HasPrefix(t, "pytest.") {
				return true
			}
		}
	}
	return strings.HasPrefix(n.Block().Class(), "Test")
}

// message names the call and the harm, and what to do in the library of the file.
func message(p *diagnostics.Pass, n python.Node, c diagnostics.Callee) string {
	var b strings.Builder
	switch n.Kind() {
	case python.Call:
		text := oneLine(n.Child(python.FieldFunction).Text())
		b.WriteString("`" + text + "()`")
		if text != c.Name {
			b.WriteString(" (`" + c.Name + "`)")
		}
		b.WriteString(" blocks the event loop")
	default:
		b.WriteString("`" + oneLine(n.Text()) + "`")
		if strings.HasSuffix(c.Name, ".__exit__") {
			b.WriteString(" blocks the event loop when the `with` block ends")
		} else {
			b.WriteString(" blocks the event loop at each step of the loop")
		}
	}
	b.WriteString("; " + advice(p, c))
	return b.String()
}

// oneLine is source text for a message: on one line and not too long.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:57]) + "..."
	}
	return s
}

// advice says what to do instead, in the library of the file.
func advice(p *diagnostics.Pass, c diagnostics.Callee) string {
	instead := translate(p.Library, c.Facts.Instead)
	offload := "run it in a thread with `await " + p.Offload() + "()`"
	switch {
	case strings.HasSuffix(c.Name, ".__exit__"):
		return "create it outside the coroutine, or leave it with `shutdown(wait=False)`"
	case instead == "":
		return offload
	case strings.Contains(instead, "to_thread"):
		return "use `await " + instead + "`"
	case c.Facts.Blocks == "ASYNC251":
		return "use `await " + instead + "()`"
	}
	return "use " + quoted(instead) + " or " + offload
}

// quoted puts the names of a list such as "asyncpg, aiopg" in backquotes.
func quoted(list string) string {
	var parts []string
	for _, s := range strings.Split(list, ",") {
		for _, t := range strings.Split(s, " or ") {
			if t = strings.TrimSpace(t); t != "" {
				parts = append(parts, "`"+t+"`")
			}
		}
	}
	return strings.Join(parts, " or ")
}

// other are the counterparts of asyncio's names in anyio and trio.
var other = map[string][2]string{
	"asyncio.sleep":                    {"anyio.sleep", "trio.sleep"},
	"asyncio.create_subprocess_exec":   {"anyio.run_process", "trio.run_process"},
	"asyncio.create_subprocess_shell":  {"anyio.run_process", "trio.run_process"},
	"asyncio.open_connection":          {"anyio.connect_tcp", "trio.open_tcp_stream"},
	"aiofiles.open":                    {"anyio.open_file", "trio.open_file"},
	"asyncio.loop.getaddrinfo":         {"anyio.getaddrinfo", "trio.socket.getaddrinfo"},
	"asyncio.Lock":                     {"anyio.Lock", "trio.Lock"},
	"asyncio.Event":                    {"anyio.Event", "trio.Event"},
	"asyncio.Semaphore":                {"anyio.Semaphore", "trio.Semaphore"},
	"asyncio.Condition":                {"anyio.Condition", "trio.Condition"},
	"asyncio.Queue":                    {"anyio.create_memory_object_stream", "trio.open_memory_channel"},
	"asyncio.create_subprocess_exec()": {"anyio.run_process", "trio.run_process"},
}

// translate turns advice that is written for asyncio into that for the library; "" when there is none.
func translate(library, instead string) string {
	i := slices.Index([]string{"anyio", "trio"}, library)
	if i < 0 || instead == "" {
		return instead
	}
	if o, ok := other[instead]; ok {
		return o[i]
	}
	if strings.Contains(instead, "asyncio.to_thread") {
		return strings.ReplaceAll(instead, "asyncio.to_thread", library+".to_thread.run_sync")
	}
	if strings.Contains(instead, "asyncio") {
		return ""
	}
	return instead
}
