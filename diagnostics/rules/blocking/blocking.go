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
	"aiolens/diagnostics/shape"
)

// tabled makes a rule that reports the calls that the tables list under its code.
func tabled(code, name, doc string, severity diagnostics.Severity, aliases ...string) *diagnostics.Rule {
	return &diagnostics.Rule{
		Code: code, Name: name, Family: "blocking", Aliases: aliases, Severity: severity, Doc: doc,
		On: []python.Kind{python.Call, python.WithStmt, python.ForStmt, python.ForInClause},
		Check: func(p *diagnostics.Pass, n python.Node) {
			for _, b := range find(p, n) {
				if b.code == code && !(code == "AIO201" && strings.HasPrefix(b.callee.Name, "django.")) { // see Calls
					b.report(p)
				}
			}
		},
	}
}

// A Call is a blocking call on the event loop.
type Call struct {
	Node   python.Node // the call, or the iterable of a loop
	Callee diagnostics.Callee
}

// Calls are the blocking calls that a node makes itself on the event loop, for rules that know more of what a framework
// makes of them. Those of Django are left to such a rule.
func Calls(p *diagnostics.Pass, n python.Node) []Call {
	var calls []Call
	for _, b := range find(p, n) {
		if b.how == called || b.how == iterated {
			calls = append(calls, Call{b.node, b.callee})
		}
	}
	return calls
}

// blocker is a blocking call.
type blocker struct {
	node   python.Node // the call, or the expression that a with or for statement calls a method of
	how    manner
	code   string
	callee diagnostics.Callee
}

// manner says what makes a blocking call.
type manner uint8

const (
	called   manner = iota // the source itself
	callback               // a function that the event loop is given to call
	entered                // the beginning of a with statement
	left                   // the end of a with statement
	iterated               // each step of a loop
)

type findKey struct{}

// find is the blocking calls that a node makes itself. All rules of the family ask for each node; the answer is
// worked out once.
func find(p *diagnostics.Pass, n python.Node) []blocker {
	return diagnostics.Once(p, findKey{}, n, func() []blocker {
		if n.Kind() == python.Call {
			if found := scheduled(p, n); found != nil {
				return found
			}
		}
		if !p.OnLoop(n) {
			return nil
		}
		return own(p, n)
	})
}

// own is the blocking calls that a node makes itself, wherever it stands.
func own(p *diagnostics.Pass, n python.Node) []blocker {
	switch n.Kind() {
	case python.Call:
		if b, ok := blocks(p, n); ok {
			return []blocker{b}
		}
		return consuming(p, n)
	case python.WithStmt:
		if !n.IsAsync() {
			return managing(p, n)
		}
	case python.ForStmt, python.ForInClause:
		if !n.IsAsync() {
			return iterating(p, n)
		}
	}
	return nil
}

// scheduled is the blocking function that a call hands to the event loop to call later: "loop.call_later(1, time.sleep, 3)".
func scheduled(p *diagnostics.Pass, call python.Node) []blocker {
	c, ok := p.Callee(call)
	if !ok || c.Facts.Callback == "" {
		return nil
	}
	arg := p.ArgumentOf(call, c, c.Facts.Callback)
	if !arg.Valid() {
		return nil
	}
	t := p.Type(arg)
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Function {
		return nil
	}
	f := t.Atoms()[0]
	if facts := f.Func.Decl.Facts; facts != nil && facts.Blocks != "" && len(facts.Unless) == 0 {
		return []blocker{{arg, callback, facts.Blocks, diagnostics.Callee{Atom: f, Name: f.QName(), Func: f.Func, Facts: *facts}}}
	}
	return nil
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
	code := callees[0].Facts.Blocks
	if strings.HasPrefix(callees[0].Name, "os.spawn") && startsOnly[diagnostics.LastName(p.ArgumentOf(call, callees[0], "mode"))] {
		code = "ASYNC220"
	}
	return blocker{call, called, code, callees[0]}, true
}

// startsOnly are the modes of os.spawn* that start a process and do not wait for its end.
var startsOnly = map[string]bool{"P_NOWAIT": true, "P_NOWAITO": true, "P_DETACH": true}

// harmless says whether a blocking function does not block when called like this.
func harmless(p *diagnostics.Pass, call python.Node, c diagnostics.Callee) bool {
	for _, u := range c.Facts.Unless {
		a := p.ArgumentOf(call, c, u.Param)
		if a.Valid() && sameSource(a.Text(), u.Text) || !a.Valid() && u.Text == "None" && defaultsToNone(c, u.Param) && !unpacks(call) {
			return true
		}
	}
	// An annotation that says a method blocks is wrong where its result is awaited.
	if call.Parent().Kind() == python.Await && c.Func != nil && c.Func.Class != nil {
		return true
	}
	switch {
	case strings.HasPrefix(c.Name, "queue.") && strings.HasSuffix(c.Name, ".put"):
		// Only a bounded queue makes put wait.
		return !constructedWithArguments(p, call)
	case strings.HasPrefix(c.Name, "queue.") && strings.HasSuffix(c.Name, ".get"):
		return holding(call)
	case strings.HasPrefix(c.Name, "threading.Condition.wait"):
		return ofLock(p, call)
	case strings.HasPrefix(c.Name, "socket.socket."):
		// A socket that was made non-blocking answers at once; callbacks of add_reader are made for those.
		return !p.InCoroutine(call) || p.Mentions("setblocking(") || p.Mentions("settimeout(0") || p.Mentions("BlockingIOError") ||
			strings.Contains(call.Child(python.FieldArguments).Text(), "MSG_DONTWAIT")
	case strings.HasPrefix(c.Name, "threading.") && strings.HasSuffix(c.Name, ".acquire"):
		return justMade(call)
	case lookups[c.Name] && onThisMachine(p.Argument(call, 0, "host")):
		return true
	case c.Name == "socket.getaddrinfo":
		// A numeric address is not looked up.
		return strings.Contains(call.Child(python.FieldArguments).Text(), "NUMERIC")
	case c.Name == "concurrent.futures.Future.result", c.Name == "concurrent.futures.Future.exception":
		// A future that was asked whether it is done answers at once, and so does one that calls back.
		future := call.Child(python.FieldFunction).Child(python.FieldObject)
		return !p.InCoroutine(call) && !submitted(p, future) || strings.Contains(functionText(call), future.Text()+".done()")
	case c.Facts.Blocks == "ASYNC232":
		// What is written to the terminal is little.
		name := written(p, call.Child(python.FieldFunction).Value(), 0)
		return strings.HasPrefix(name, "sys.stdout.") || strings.HasPrefix(name, "sys.stderr.")
	case c.Facts.Blocks == "AIO205" || c.Facts.Blocks == "ASYNC230":
		// What takes a path or a file (archives, images, compressed files) does not touch the disk for one in memory.
		if inMemory(p, p.Argument(call, 0, "")) || inMemory(p, p.Argument(call, -1, "fileobj")) || inMemory(p, p.Argument(call, -1, "file")) || inMemory(p, p.Argument(call, -1, "fp")) {
			return true
		}
	}
	if offloaded(p, call) {
		return true
	}
	return lazy[c.Name] && untouched(p, call)
}

// submitted says whether a future is that of work which the same function has just handed to somebody else.
func submitted(p *diagnostics.Pass, future python.Node) bool {
	future = future.Unwrap()
	if future.Kind() == python.Identifier {
		l := future.Scope().Lookup(future.Text())
		if l == nil || l.Scope.Node != future.Function() || len(l.Bindings) != 1 || l.Bindings[0].Kind != python.BindAssign || len(l.Bindings[0].Path) > 0 {
			return false
		}
		future = l.Bindings[0].Value.Unwrap()
	}
	if future.Kind() != python.Call {
		return false
	}
	c, ok := p.Callee(future)
	return ok && (c.Name == "asyncio.run_coroutine_threadsafe" || c.Name == "concurrent.futures.Executor.submit")
}

// holding says whether a call takes an item from a queue that has just been asked whether it holds one: it stands where the queue is not
// empty.
func holding(call python.Node) bool {
	queue := call.Child(python.FieldFunction).Child(python.FieldObject).Text()
	n := call
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); n, up = up, up.Parent() {
		switch {
		case up.Is(python.WhileStmt, python.IfStmt, python.ElifClause) && n.Field() != python.FieldCondition:
			cond := up.Child(python.FieldCondition).Text()
			within := n.Is(python.BlockStmt) && n.Field() != python.FieldAlternative
			if within && (strings.Contains(cond, "not "+queue+".empty()") || strings.Contains(cond, queue+".qsize()")) {
				return true
			}
		case up.Kind() == python.BlockStmt:
			for s := range up.Named {
				if s == n {
					break
				}
				if s.Child(python.FieldCondition).Text() == queue+".empty()" && (s.Kind() == python.WhileStmt || s.Kind() == python.IfStmt &&
					last(s.Child(python.FieldConsequence)).Is(python.ReturnStmt, python.BreakStmt, python.ContinueStmt, python.RaiseStmt)) {
					return true
				}
			}
		}
	}
	return false
}

// last is the last statement of a block.
func last(block python.Node) (stmt python.Node) {
	for s := range block.Named {
		if s.Kind() != python.Comment {
			stmt = s
		}
	}
	return stmt
}

// ofLock says whether a call waits in the method of a lock that is made of a condition: acquire_read, say, of a class that has
// release_read as well. Such a lock is held for as short a time as those that are taken by a with statement.
func ofLock(p *diagnostics.Pass, call python.Node) bool {
	name := call.Function().Child(python.FieldName).Text()
	class, ok := p.Class()
	return ok && strings.Contains(name, "acquire") && p.Declares(class.Class, strings.Replace(name, "acquire", "release", 1))
}

// lookups are functions that ask the network for the address of a name.
var lookups = map[string]bool{"socket.gethostbyname": true, "socket.gethostbyname_ex": true, "socket.getaddrinfo": true}

// onThisMachine says whether the address of a host is known without asking the network: it is a number, or the machine itself.
// A name counts as what a condition around it says that it is.
func onThisMachine(host python.Node) bool {
	switch host.Kind() {
	case python.String:
		text := strings.Trim(host.Text(), `"'`)
		return text == "localhost" || text == "" || strings.Trim(text, "0123456789.") == "" || strings.Contains(text, ":") && strings.Trim(text, "0123456789abcdefABCDEF:.") == ""
	case python.Identifier:
		child := host
		for up := host.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); child, up = up, up.Parent() {
			cond := up.Child(python.FieldCondition)
			if up.Is(python.IfStmt, python.ElifClause) && child.Field() == python.FieldConsequence && cond.Kind() == python.ComparisonOperator {
				left, right := cond.FirstNamed(), python.Node{}
				for c := range cond.Named {
					right = c
				}
				if cond.Child(python.FieldOperators).Text() == "==" && left.Text() == host.Text() && right.Kind() == python.String {
					return onThisMachine(right)
				}
			}
		}
	}
	return false
}

// sameSource says whether an argument is what the tables name: the same text but for white space, or zero.
func sameSource(argument, text string) bool {
	argument = strings.Join(strings.Fields(argument), "")
	return argument == strings.Join(strings.Fields(text), "") || text == "0" && (argument == "0.0" || argument == "0." || argument == ".0")
}

// defaultsToNone says whether a parameter of a function is None when it is not given.
func defaultsToNone(c diagnostics.Callee, name string) bool {
	if c.Func == nil {
		return false
	}
	for _, q := range c.Func.Decl.Params {
		if q.Name == name {
			return q.Default != nil && q.Default.Op == shape.Const && q.Default.Str == "None"
		}
	}
	return false
}

// unpacks says whether a call has arguments that are hidden in * or **.
func unpacks(call python.Node) bool {
	for a := range call.Child(python.FieldArguments).Named {
		if a.Is(python.ListSplat, python.DictionarySplat) {
			return true
		}
	}
	return false
}

// justMade says whether the statement before the one of a method call made its receiver.
func justMade(call python.Node) bool {
	receiver := call.Child(python.FieldFunction).Child(python.FieldObject)
	stmt := call
	for !stmt.Parent().Is(python.BlockStmt, python.Module) && stmt.Parent().Valid() {
		stmt = stmt.Parent()
	}
	before := python.Node{}
	for s := range stmt.Parent().Named {
		if s == stmt {
			break
		}
		before = s
	}
	a := before.FirstNamed()
	return a.Kind() == python.Assignment && a.Child(python.FieldRight).Kind() == python.Call && a.Child(python.FieldLeft).Text() == receiver.Text()
}

// inMemory says whether an expression is a file that is kept in memory.
func inMemory(p *diagnostics.Pass, n python.Node) bool {
	return n.Valid() && p.Type(n).Every(func(a program.Atom) bool {
		return a.Kind == program.Instance && (p.Program.Subclass(a.Class, "io.BytesIO") || p.Program.Subclass(a.Class, "io.StringIO"))
	})
}

// offloaded says whether the call is made where a generator expression is iterated, and that is in a thread.
func offloaded(p *diagnostics.Pass, call python.Node) bool {
	gen := call.Up(python.GeneratorExpr, python.FunctionDef, python.Lambda)
	if gen.Kind() != python.GeneratorExpr || gen.Parent().Kind() != python.ArgumentList {
		return false
	}
	for c := range gen.Named {
		if c.Kind() == python.ForInClause {
			if call.Inside(c.Child(python.FieldRight)) {
				return false
			}
			break
		}
	}
	c, ok := p.Callee(gen.Parent().Parent())
	return ok && c.Facts.Offloads != ""
}

// lazy are functions that give a generator: the work is done where it is iterated.
var lazy = map[string]bool{
	"os.walk": true, "os.fwalk": true, "glob.iglob": true,
	"pathlib.Path.iterdir": true, "pathlib.Path.glob": true, "pathlib.Path.rglob": true, "pathlib.Path.walk": true,
}

// untouched says whether the generator that a call gives is not iterated there: it is bound to a name, or handed to a
// function that may iterate it elsewhere.
func untouched(p *diagnostics.Pass, call python.Node) bool {
	n := call
	for n.Parent().Is(python.Paren, python.ConditionalExpression) {
		n = n.Parent()
	}
	switch n.Parent().Kind() {
	case python.ForStmt, python.ForInClause:
		return n.Field() != python.FieldRight
	case python.ArgumentList:
		c, ok := p.Callee(n.Parent().Parent())
		return !ok || !materialising[c.Name] && !passing[c.Name]
	case python.ListSplat, python.Yield, python.Await:
		return false
	}
	return true
}

// passing are the builtins that iterate their argument when they are iterated themselves, or once.
var passing = map[string]bool{
	"next": true, "enumerate": true, "zip": true, "map": true, "filter": true, "reversed": true, "str.join": true, "collections.deque": true, "len": true,
	"list.extend": true, "set.update": true, "itertools.islice": true,
}

// functionText is the source of the function around a node.
func functionText(n python.Node) string { return n.Function().Text() }

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

// managers are the methods that a with statement calls.
var managers = map[manner]string{entered: "__enter__", left: "__exit__"}

// managing is the context managers of a with statement that block when they are entered, such as a request that is sent then, or when
// they are left, such as an executor that waits for its threads.
func managing(p *diagnostics.Pass, with python.Node) []blocker {
	var found []blocker
	for e := range diagnostics.WithExpressions(with) {
		t := p.Type(e)
		for _, a := range t.Atoms() {
			if t.Open() || a.Kind != program.Instance {
				continue
			}
			for _, how := range []manner{entered, left} {
				f, ok := p.Program.Member(a, managers[how])
				if !ok || how == left && idle(p, with, e, a) {
					continue
				}
				for _, x := range f.Atoms() {
					if x.Kind != program.Function || x.Func.Decl.Facts == nil || x.Func.Decl.Facts.Blocks == "" {
						continue
					}
					if code := x.Func.Decl.Facts.Blocks; how == left || code != "AIO203" { // a lock is fine for a moment
						found = append(found, blocker{e, how, code, diagnostics.Callee{Atom: x, Name: x.QName(), Func: x.Func, Facts: *x.Func.Decl.Facts}})
					}
				}
			}
		}
	}
	return found
}

// idle says whether an executor has nothing left to do where its with statement ends: all its work was handed over by
// run_in_executor, whose futures are awaited, rather than by submit or map.
func idle(p *diagnostics.Pass, with, e python.Node, a program.Atom) bool {
	if !p.Program.Subclass(a.Class, "concurrent.futures.Executor") {
		return false
	}
	alias := e.Parent().Child(python.FieldAlias).FirstNamed()
	if e.Parent().Kind() != python.AsPattern || alias.Kind() != python.Identifier {
		return true
	}
	for n := range with.Child(python.FieldBody).Walk {
		if n.Kind() == python.Attribute && n.Child(python.FieldObject).Text() == alias.Text() {
			if method := n.Child(python.FieldAttribute).Text(); method == "submit" || method == "map" {
				call := n.Parent().Up(python.Call)
				if name := call.Child(python.FieldFunction).Text(); name != "wrap_future" && !strings.HasSuffix(name, ".wrap_future") {
					return false
				}
			}
		}
	}
	return true
}

// generating says whether an expression is the name of a generator that a function that blocks gave.
func generating(p *diagnostics.Pass, e python.Node) (blocker, bool) {
	if !e.Is(python.Identifier, python.Attribute) {
		return blocker{}, false
	}
	var c diagnostics.Callee
	for _, o := range p.Program.Origins(p.Module, e.Value()) {
		t := p.Program.Eval(p.Module, o.X)
		for _, a := range t.Atoms() {
			if a.Kind != program.Function || t.Open() || !lazy[a.QName()] || a.Func.Decl.Facts == nil {
				return blocker{}, false
			}
			c = diagnostics.Callee{Atom: a, Name: a.QName(), Func: a.Func, Facts: *a.Func.Decl.Facts}
		}
	}
	return blocker{e, iterated, c.Facts.Blocks, c}, c.Facts.Blocks != ""
}

const executorMap = "concurrent.futures.Executor.map"

// mapping says whether an expression is a call of Executor.map, whose result blocks when it is iterated.
func mapping(p *diagnostics.Pass, e python.Node) (blocker, bool) {
	e = e.Unwrap()
	if e.Kind() != python.Call {
		return blocker{}, false
	}
	c, ok := p.Callee(e)
	if !ok || c.Name != executorMap {
		return blocker{}, false
	}
	return blocker{e, iterated, "AIO203", c}, true
}

// consuming is the argument of list and the like if that blocks when it is iterated.
func consuming(p *diagnostics.Pass, call python.Node) []blocker {
	fn := call.Child(python.FieldFunction)
	if fn.Kind() != python.Identifier || !materialising[fn.Text()] {
		return nil
	}
	e := p.Argument(call, 0, "")
	if !e.Is(python.Call, python.Identifier, python.Attribute) {
		return nil
	}
	found := steps(p, e)
	if found == nil {
		return nil
	}
	if c, ok := p.Callee(call); !ok || c.Name != fn.Text() {
		return nil
	}
	return found
}

// materialising are the builtins that iterate their argument to its end and keep none of it as it is.
var materialising = map[string]bool{
	"list": true, "tuple": true, "set": true, "frozenset": true, "sorted": true, "sum": true, "any": true, "all": true, "max": true, "min": true,
	"dict": true,
}

// iterating is the iterable of a for loop if each step of it blocks.
func iterating(p *diagnostics.Pass, loop python.Node) []blocker {
	return steps(p, loop.Child(python.FieldRight))
}

// steps is an expression if each step of iterating it blocks.
func steps(p *diagnostics.Pass, e python.Node) []blocker {
	if b, ok := mapping(p, e); ok && !offloaded(p, e) {
		return []blocker{b}
	}
	if b, ok := generating(p, e); ok && !offloaded(p, e) {
		return []blocker{b}
	}
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
					return []blocker{{e, iterated, x.Func.Decl.Facts.Blocks, diagnostics.Callee{Atom: a, Name: x.QName(), Func: x.Func, Facts: *x.Func.Decl.Facts}}}
				}
			}
		}
	}
	return nil
}

func (b *blocker) report(p *diagnostics.Pass) {
	n := b.node
	at := n
	if n.Kind() == python.Call && b.how == called {
		at = n.Child(python.FieldFunction)
	}
	r := p.Report(at, message(p, n, b.how, b.callee))
	if certificates(b.callee.Name) {
		r.Severity(diagnostics.Warning)
	}
	if (local(b.code) || certificates(b.callee.Name)) && inTest(n) || local(b.code) && extends(n) || ofInterface(b.callee.Name) || mayBeInterface(p, n) {
		r.Severity(diagnostics.Info)
	}
	if b.how == called && p.InCoroutine(n) {
		fixes(p, n, b.callee, r)
	}
}

// ofInterface says whether a method is that of a file of which only the interface is known: it may well be in memory.
func ofInterface(name string) bool { return strings.HasPrefix(name, "typing.IO.") }

// mayBeInterface says whether the object of a call may be such a file.
func mayBeInterface(p *diagnostics.Pass, call python.Node) bool {
	t := p.Type(call.Child(python.FieldFunction).Child(python.FieldObject))
	return slices.ContainsFunc(t.Atoms(), func(a program.Atom) bool { return a.Kind == program.Instance && a.QName() == "typing.IO" })
}

// certificates says whether a function reads files, unlike the others that are reported with it, which wait for the network.
func certificates(name string) bool {
	return strings.HasPrefix(name, "ssl.create_default_context") || strings.HasPrefix(name, "ssl.SSLContext.load_")
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

// extends says whether the function around a node loads extensions of a bot: their modules are read and executed on the loop
// anyway, before the bot is connected or when its owner asks for it.
func extends(n python.Node) bool {
	fn := n.Function()
	for c := range fn.Child(python.FieldBody).Walk {
		if c.Kind() == python.Identifier && (c.Text() == "load_extension" || c.Text() == "reload_extension") && c.Function() == fn {
			return true
		}
	}
	return false
}

// message names the call and the harm, and what to do in the library of the file.
func message(p *diagnostics.Pass, n python.Node, how manner, c diagnostics.Callee) string {
	var b strings.Builder
	switch how {
	case called:
		text := oneLine(n.Child(python.FieldFunction).Text())
		b.WriteString("`" + text + "()`")
		name := written(p, n.Child(python.FieldFunction).Value(), 0)
		if name == "" {
			name = c.Name
		}
		if text != name {
			b.WriteString(" (`" + name + "`)")
		}
		b.WriteString(" blocks the event loop; ")
	case callback:
		b.WriteString("the event loop calls `" + oneLine(n.Text()) + "`, which blocks it; run it in a thread instead")
		return b.String()
	case entered:
		b.WriteString("`" + oneLine(n.Text()) + "` blocks the event loop when it is entered; ")
	case left:
		if c.Facts.Blocks != "AIO203" {
			b.WriteString("`" + oneLine(n.Text()) + "` blocks the event loop, at the latest when the `with` block ends; ")
			break
		}
		b.WriteString("`" + oneLine(n.Text()) + "` waits for its threads when the `with` block ends, which blocks the event loop; ")
		b.WriteString("create it outside the coroutine, or await what it does with `asyncio.wrap_future()` or `run_in_executor()`")
		return b.String()
	case iterated:
		b.WriteString("`" + oneLine(n.Text()) + "` blocks the event loop at each step; ")
		if c.Name == executorMap {
			b.WriteString("use `asyncio.gather()` over `loop.run_in_executor()`")
			return b.String()
		}
	}
	b.WriteString(advice(p, c))
	return b.String()
}

// written is the dotted name under which a file knows a function through its imports and assignments: "requests.get", wherever
// the library declares it; "" when it is reached in another way.
func written(p *diagnostics.Pass, v *shape.Value, depth int) string {
	if depth > 8 {
		return ""
	}
	switch v.Op {
	case shape.Qual:
		if !strings.HasPrefix(v.Str, ".") {
			return v.Str
		}
	case shape.Attr:
		if object := written(p, v.X, depth+1); object != "" {
			return object + "." + v.Str
		}
	case shape.Name:
		if s := p.Module.Shape.Symbols.Get(v.Str); v.X == nil && s != nil && len(s.Values) == 1 && s.Annotation == nil {
			return written(p, s.Values[0], depth+1)
		}
	}
	return ""
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
	instead := translate(p.Library(), c.Facts.Instead)
	offload := "run it in a thread with `await " + p.Offload() + "()`"
	if opens[c.Name] {
		if _, missing := p.Spell("aiofiles.open"); len(missing) == 0 {
			instead = "aiofiles.open"
		} else if p.Library() != "asyncio" {
			instead = p.Library() + ".open_file"
		}
	}
	switch {
	case c.Facts.Blocks == "ASYNC240" && p.Library() != "asyncio":
		return "use `" + p.Library() + ".Path` or " + offload
	case instead == "", instead == p.Offload():
		return offload
	case strings.Contains(instead, "to_thread"):
		return "use `await " + instead + "`"
	case c.Facts.Instead == "asyncio.sleep":
		return "use `await " + instead + "()`"
	case c.Facts.Instead == "asyncio.wrap_future" && p.Library() == "asyncio":
		return "use `await asyncio.wrap_future()`"
	}
	return "use " + quoted(instead) + " or " + offload
}

// opens are the functions that open a plain file.
var opens = map[string]bool{"open": true, "io.open": true, "pathlib.Path.open": true}

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
