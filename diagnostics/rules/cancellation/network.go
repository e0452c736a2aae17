package cancellation

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed network-call-without-timeout.md
var networkDoc string

// Network reports waits for somebody else on the network that nothing ends.
var Network = &diagnostics.Rule{
	Code: "AIO405", Name: "network-call-without-timeout", Family: "cancellation", Severity: diagnostics.Info, Doc: networkDoc,
	On: []python.Kind{python.Await, python.KeywordArgument},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if n.Kind() == python.KeywordArgument {
			unlimited(p, n)
			return
		}
		call := n.FirstNamed().Unwrap()
		if call.Kind() != python.Call || !p.InCoroutine(n) || inTest(n.Function()) {
			return
		}
		name := diagnostics.LastName(call.Child(python.FieldFunction))
		if !lasting[name] {
			return
		}
		c, ok := p.Callee(call)
		if !ok || !remote(c.Name) || p.Argument(call, -1, "sock").Valid() || strings.HasPrefix(name, "read") && !opened(p, call) || limited(p, n) {
			return
		}
		library := c.Name[:strings.IndexByte(c.Name, '.')]
		scope := map[string]string{"asyncio": "asyncio.timeout", "anyio": "anyio.fail_after", "trio": "trio.fail_after"}[library]
		old := p.Settings.Target != (diagnostics.Version{}) && !p.Settings.Target.AtLeast(3, 11)
		if library == "asyncio" && old {
			scope = "asyncio.wait_for"
		}
		text, imports := p.Spell(scope)
		r := p.Report(call, "`"+callText(call)+"` waits without end when the other side falls silent; set a limit with `"+text+"()`")
		limit(p, r, n, call, text, imports)
	},
}

// lasting are the names of functions and methods that wait for the network for as long as it takes.
var lasting = map[string]bool{
	"open_connection": true, "create_connection": true, "read": true, "readline": true, "readexactly": true, "readuntil": true,
	"sock_connect": true, "sock_recv": true, "sock_recv_into": true, "sock_recvfrom": true, "connect_tcp": true, "open_tcp_stream": true,
}

// remote says whether a function with a qualified name waits for the network.
func remote(name string) bool {
	switch name {
	case "asyncio.open_connection", "anyio.connect_tcp", "trio.open_tcp_stream":
		return true
	}
	if method, ok := strings.CutPrefix(name, "asyncio.StreamReader."); ok {
		return strings.HasPrefix(method, "read")
	}
	class, method, _ := strings.Cut(strings.TrimPrefix(name, "asyncio."), ".")
	return strings.HasSuffix(class, "EventLoop") && (strings.HasPrefix(method, "sock_") || method == "create_connection")
}

// opened says whether the stream that a method reads from is that of a connection that the file opens, rather than one that it is
// given, or a pipe.
func opened(p *diagnostics.Pass, call python.Node) bool {
	stream := call.Child(python.FieldFunction).Child(python.FieldObject)
	switch stream.Kind() {
	case python.Identifier:
		if l := stream.Scope().Lookup(stream.Text()); l != nil {
			for _, b := range l.Bindings {
				if strings.Contains(b.Value.Text(), "open_connection") {
					return true
				}
			}
		}
	case python.Attribute:
		for n := range p.Occurrences(stream.Child(python.FieldAttribute).Text()) {
			if a := n.Up(python.Assignment); a.Valid() && n.Inside(a.Child(python.FieldLeft)) && strings.Contains(a.Child(python.FieldRight).Text(), "open_connection") {
				return true
			}
		}
	}
	return false
}

// limited says whether something ends a wait: a timeout scope around it, or where the file calls the function.
func limited(p *diagnostics.Pass, n python.Node) bool {
	if inScope(n) {
		return true
	}
	fn := n.Function()
	for o := range p.Occurrences(fn.Child(python.FieldName).Text()) {
		if o.Kind() == python.String || o == fn.Child(python.FieldName) {
			continue
		}
		call := o.Parent()
		if call.Kind() == python.Attribute {
			call = call.Parent()
		}
		if call.Kind() != python.Call {
			continue
		}
		if inScope(call) || call.Parent().Kind() == python.ArgumentList && strings.Contains(diagnostics.LastName(call.Parent().Parent().Child(python.FieldFunction)), "wait_for") {
			return true
		}
	}
	return false
}

// inScope says whether a node stands in a timeout scope of its function.
func inScope(n python.Node) bool {
	for w := n.Up(python.WithStmt, python.FunctionDef, python.Lambda); w.Kind() == python.WithStmt; w = w.Up(python.WithStmt, python.FunctionDef, python.Lambda) {
		for e := range diagnostics.WithExpressions(w) {
			if timeoutScope(e) || e.Kind() == python.Call && diagnostics.LastName(e.Child(python.FieldFunction)) == "CancelScope" {
				return true
			}
		}
	}
	return false
}

// limit puts a wait into a timeout scope.
func limit(p *diagnostics.Pass, r diagnostics.Reporter, n, call python.Node, scope string, imports []string) {
	fix := diagnostics.Fix{Title: "Wait for 10 seconds at most", Imports: imports}
	if strings.HasSuffix(scope, "wait_for") {
		fix.Edits = []diagnostics.Edit{diagnostics.Insert(call, scope+"("), diagnostics.Append(call, ", 10)").Guessing("10")}
		r.Fix(fix)
		return
	}
	stmt := n
	for !stmt.Parent().Is(python.BlockStmt, python.Module) {
		stmt = stmt.Parent()
		if !stmt.Valid() || stmt.Is(python.FunctionDef, python.Lambda) {
			return
		}
	}
	src := n.Block().Text()
	indent, ok := indentation(src, stmt)
	if !ok || !stmt.Is(python.ExprStmt, python.ReturnStmt) || strings.ContainsAny(stmt.Text(), "\r\n") {
		return
	}
	unit := "    "
	if strings.HasPrefix(indent, "\t") {
		unit = "\t"
	}
	with := "with "
	if strings.HasSuffix(scope, "timeout") {
		with = "async with "
	}
	fix.Edits = []diagnostics.Edit{diagnostics.Insert(stmt, with+scope+"(10):\n"+indent+unit).Guessing("10")}
	r.Fix(fix)
}

// unlimited reports the argument timeout=None of a client that would otherwise have a limit.
func unlimited(p *diagnostics.Pass, arg python.Node) {
	name := arg.Child(python.FieldName).Text()
	if name != "timeout" && name != "total" || arg.Child(python.FieldValue).Kind() != python.None {
		return
	}
	call := arg.Parent().Parent()
	if call.Kind() != python.Call || inTest(arg.Function()) {
		return
	}
	if name == "total" {
		for a := range call.Child(python.FieldArguments).Named {
			if a.Kind() != python.KeywordArgument || a != arg && a.Child(python.FieldValue).Kind() != python.None {
				return // another limit
			}
		}
	}
	c, ok := p.Callee(call)
	if !ok {
		return
	}
	switch {
	case name == "total" && c.Name == "aiohttp.client.ClientTimeout":
	case name == "timeout" && (strings.HasPrefix(c.Name, "httpx.AsyncClient") || strings.HasPrefix(c.Name, "aiohttp.client.ClientSession")):
		if inScope(arg) {
			return
		}
	default:
		return
	}
	p.Report(arg, "`"+diagnostics.OneLine(arg)+"` makes `"+callText(call)+"` wait without end when the server falls silent; set a limit")
}
