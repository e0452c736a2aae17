// Package awaits finds coroutines that never run and awaits that cannot work: the await is missing, stands before something
// that cannot be awaited, or the plain form of a statement is used where the async form is needed, and the other way round.
//
// Its rules report only what the types make certain; a name that merely looks like a coroutine function is silent.
package awaits

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/knowledge"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// coroutineOf says whether a value of the type is certainly a coroutine object that some call gave, and which function
// was called. None counts: a value that may be None is not certain.
func coroutineOf(t program.Type) (from *program.Func, ok bool) {
	if t.Open() {
		return nil, false
	}
	for _, a := range t.Atoms() {
		if !isCoroutine(a) || a.From == nil {
			return nil, false
		}
		from = a.From
	}
	return from, from != nil
}

func isCoroutine(a program.Atom) bool {
	return a.Kind == program.Instance && (a.Class.Name == "typing.Coroutine" || a.Class.Name == "types.CoroutineType")
}

// coroutine says whether an expression is certainly a coroutine object.
func coroutine(p *diagnostics.Pass, n python.Node) (from *program.Func, ok bool) {
	n = inner(n)
	if n.Kind() == python.Attribute { // of an asynchronous property: reading it makes the coroutine
		from, ok := coroutineOf(p.Type(n))
		return from, ok && from.Decl.Async && from.Decl.Name == n.Child(python.FieldAttribute).Text()
	}
	if !n.Is(python.Call, python.Identifier) {
		return nil, false
	}
	from, ok = made(p, n)
	return from, ok && !replaced(n)
}

// replaced says whether the block puts something else in place of the method that a call names, as tests do: client.send = Mock(),
// monkeypatch.setattr(Client, "send", stub).
func replaced(call python.Node) bool {
	fn := call.Child(python.FieldFunction)
	if call.Kind() != python.Call || fn.Kind() != python.Attribute {
		return false
	}
	names := call.Block().Replaced()
	return len(names) > 0 && (names[fn.Child(python.FieldAttribute).Text()] || names[fn.Text()])
}

// made says whether a call, or the name of what one gave, is certainly a coroutine object.
func made(p *diagnostics.Pass, n python.Node) (from *program.Func, ok bool) {
	if from, ok := coroutineOf(p.Type(n)); ok {
		if n.Child(python.FieldFunction).Kind() == python.Call && from.Name == "typing.Callable.__call__" {
			return nil, false // many a decorator is declared to return what it decorates
		}
		return from, p.InCoroutine(n) || !p.RunsItself(from)
	}
	call := n
	if n.Kind() == python.Identifier {
		l := n.Scope().Lookup(n.Text())
		if l == nil || len(l.Bindings) != 1 || streams[diagnostics.LastName(inner(l.Bindings[0].Value).Child(python.FieldFunction))] == "" {
			return nil, false
		}
		if call, ok = origin(p, n); !ok {
			return nil, false
		}
	}
	if from, ok := streamed(p, call); ok {
		return from, true
	}
	return named(p, n)
}

// streamed says whether a call is of a coroutine method of a stream that start_server has given to the function.
func streamed(p *diagnostics.Pass, call python.Node) (from *program.Func, ok bool) {
	name := diagnostics.LastName(call.Child(python.FieldFunction))
	if streams[name] == "" || !ofStream(p, call, streams[name]) {
		return nil, false
	}
	return &program.Func{Module: p.Module, Name: name, Decl: &shape.Func{Name: name, Async: true}}, true
}

// ofStream says whether a call is of a method of a stream, of the class, that start_server has given to the function.
func ofStream(p *diagnostics.Pass, call python.Node, class string) bool {
	object := call.Child(python.FieldFunction).Child(python.FieldObject)
	return call.Kind() == python.Call && object.Kind() == python.Identifier && p.Type(object).IsUnknown() && p.Stream(object) == class
}

// streams are the coroutine methods of StreamReader and StreamWriter, by name.
// Source: https://docs.python.org/3/library/asyncio-stream.html
var streams = map[string]string{
	"read": "StreamReader", "readline": "StreamReader", "readexactly": "StreamReader", "readuntil": "StreamReader",
	"drain": "StreamWriter", "start_tls": "StreamWriter", "wait_closed": "StreamWriter",
}

// plainWrites are the methods of StreamWriter that give None.
var plainWrites = map[string]bool{"write": true, "writelines": true, "write_eof": true, "close": true}

// named says whether a call is of a method of an unknown object whose name tells enough: all functions of that name in the
// project are coroutine functions, and no library that the tables know has one.
func named(p *diagnostics.Pass, call python.Node) (from *program.Func, ok bool) {
	fn := call.Child(python.FieldFunction)
	if call.Kind() != python.Call || fn.Kind() != python.Attribute {
		return nil, false
	}
	name := fn.Child(python.FieldAttribute).Text()
	if !p.AlwaysAsync(name) || knowledge.Mentions(name) || !p.Type(fn).IsUnknown() || !p.Type(fn.Child(python.FieldObject)).IsUnknown() {
		return nil, false
	}
	return &program.Func{Module: p.Module, Name: name, Decl: &shape.Func{Name: name, Async: true}}, true
}

// inner is the expression that gives the value: without parentheses, and the value of a walrus.
func inner(n python.Node) python.Node {
	for {
		switch n = n.Unwrap(); n.Kind() {
		case python.NamedExpression:
			n = n.Child(python.FieldValue)
		default:
			return n
		}
	}
}

// function says whether the value is certainly a coroutine function: an async def, a bound method, a lambda or partial
// whose call gives a coroutine. The function is what is called in the end.
func function(p *diagnostics.Pass, t program.Type) (f *program.Func, ok bool) {
	if t.Open() || len(t.Atoms()) == 0 {
		return nil, false
	}
	for _, a := range t.Atoms() {
		if a.Kind != program.Function {
			return nil, false
		}
		f = a.Func
	}
	if _, ok := coroutineOf(p.Program.Call(t, nil, nil)); !ok {
		return nil, false
	}
	return f, true
}

// certain says whether the value is known and every possibility, None among them, satisfies is.
func certain(t program.Type, is func(program.Atom) bool) bool {
	if t.Open() || len(t.Atoms()) == 0 {
		return false
	}
	for _, a := range t.Atoms() {
		if !is(a) {
			return false
		}
	}
	return true
}

// has says whether instances have a dunder method.
func has(p *diagnostics.Pass, a program.Atom, name string) bool {
	if a.Kind != program.Instance {
		return false
	}
	_, ok := p.Program.Member(a, name)
	return ok
}

// declared is the type that an annotation of a function of the module declares.
func declared(p *diagnostics.Pass, m *program.Module, annotation *shape.Value) program.Type {
	if annotation == nil {
		return program.Unknown
	}
	return p.Program.Declared(m, annotation)
}

// short is an expression as a message names it: `fetch()` for a call, whatever its arguments.
func short(n python.Node) string { return diagnostics.Short(inner(n)) }

// await fixes a coroutine that is used as a value: with an await where it is called.
func await(p *diagnostics.Pass, r diagnostics.Reporter, n python.Node) {
	n = inner(n)
	if n.Kind() == python.Identifier {
		call, ok := origin(p, n)
		if !ok {
			return
		}
		n = call
	}
	if !n.Is(python.Call, python.Attribute) || !p.InCoroutine(n) || inGenerator(n) {
		return
	}
	r.Fix(diagnostics.Fix{Title: "Await `" + short(n) + "`", Safe: true, Edits: diagnostics.Await(n)})
}

// origin is the call that gave a local variable its only value, when awaiting it there breaks no other use.
func origin(p *diagnostics.Pass, n python.Node) (call python.Node, ok bool) {
	l := n.Scope().Lookup(n.Text())
	if l == nil || len(l.Bindings) != 1 {
		return python.Node{}, false
	}
	b := l.Bindings[0]
	if b.Kind != python.BindAssign || len(b.Path) > 0 || b.Node.Function() != n.Function() || b.Annotation.Valid() {
		return python.Node{}, false
	}
	call = inner(b.Value)
	if call.Kind() != python.Call {
		return python.Node{}, false
	}
	reads, sure := b.Reads()
	if !sure {
		return python.Node{}, false
	}
	for _, r := range reads {
		if consumed(p, r) {
			return python.Node{}, false
		}
	}
	return call, true
}

// consumed says whether a read of a coroutine hands it on to somebody who may await it: in an await, a return of a plain function, an
// argument, a display, another name.
func consumed(p *diagnostics.Pass, n python.Node) bool {
	up := n.Parent()
	for up.Is(python.Paren, python.NamedExpression) {
		n, up = up, up.Parent()
	}
	switch up.Kind() {
	case python.Interpolation, python.ComparisonOperator, python.NotOperator, python.IfStmt, python.ElifClause, python.WhileStmt,
		python.AssertStmt, python.BinaryOperator, python.UnaryOperator, python.ExprStmt, python.IfClause:
		return false
	case python.BooleanOperator:
		return n.Field() != python.FieldLeft
	case python.Subscript:
		return n.Field() != python.FieldValue
	case python.ForStmt, python.ForInClause:
		return false
	case python.ReturnStmt: // whoever awaits a coroutine function gets the coroutine
		return !up.Function().IsAsync()
	case python.Attribute:
		return ofCoroutine(up, up.Child(python.FieldAttribute).Text())
	case python.ArgumentList:
		return formatter(p, up.Parent()) == ""
	}
	return true
}

// ofCoroutine says whether an attribute is meant to be that of a coroutine object itself. Whoever awaits what send, throw or
// close gives means a method of the same name of what the coroutine returns.
func ofCoroutine(attribute python.Node, name string) bool {
	if call := attribute.Parent(); own[name] && call.Kind() == python.Call && attribute.Field() == python.FieldFunction && call.Parent().Kind() == python.Await {
		return false
	}
	return own[name] || strings.HasPrefix(name, "__")
}

// own are the attributes of a coroutine object itself, beside the dunders.
var own = map[string]bool{
	"send": true, "throw": true, "close": true,
	"cr_await": true, "cr_frame": true, "cr_running": true, "cr_code": true, "cr_origin": true, "cr_suspended": true,
}

// inGenerator says whether the expression stands where await would turn a generator expression into an async one.
func inGenerator(n python.Node) bool {
	return n.Up(python.GeneratorExpr, python.FunctionDef, python.Lambda, python.ClassDef).Kind() == python.GeneratorExpr
}

// nestedBlocks is more blocks than Python nests (CO_MAXBLOCKS in Include/cpython/code.h, 20 in Python 3.11); each context manager of
// a with statement is one.
const nestedBlocks = 40

// expectsFailure says whether the node stands in a block that expects what it does to fail or to warn, such as
// "with pytest.raises(...)": tests call coroutine functions without await there on purpose.
func expectsFailure(n python.Node) bool {
	for w := n.Up(python.WithStmt, python.FunctionDef, python.Lambda); w.Kind() == python.WithStmt; w = w.Up(python.WithStmt, python.FunctionDef, python.Lambda) {
		for c := range w.Named {
			if c.Kind() != python.WithClause {
				continue
			}
			managers := 0
			for call := range c.Walk {
				if call.Kind() == python.WithItem {
					if managers++; managers > nestedBlocks {
						break
					}
				}
				if call.Kind() != python.Call {
					continue
				}
				fn := call.Child(python.FieldFunction)
				if fn.Kind() == python.Attribute {
					fn = fn.Child(python.FieldAttribute)
				}
				switch name := fn.Text(); {
				case name == "raises", name == "warns", name == "deprecated_call", name == "catch_warnings", name == "RaisesGroup",
					strings.HasPrefix(name, "assertRaises"), strings.HasPrefix(name, "assertWarns"), strings.HasPrefix(name, "assert_raises"):
					return true
				}
			}
		}
	}
	return false
}

// waits says whether the tables say that the call exists only to be waited for.
func waits(from *program.Func) bool { return from.Decl.Facts != nil && from.Decl.Facts.Waits }

// formatter is what a call of a builtin, or of json, does with an argument whatever it is: "prints"; "" for other calls.
func formatter(p *diagnostics.Pass, call python.Node) string {
	if call.Kind() != python.Call {
		return ""
	}
	c, ok := p.Callee(call)
	if !ok {
		return ""
	}
	if name, ok := strings.CutPrefix(c.Name, "logging."); ok && logged[name[strings.LastIndexByte(name, '.')+1:]] {
		return "logged"
	}
	if name, ok := strings.CutPrefix(c.Name, "unittest.TestCase.assert"); ok && asserted[name] {
		return "compared"
	}
	return formatters[strings.TrimPrefix(c.Name, "builtins.")]
}

// asserted are the assertions of unittest that compare their arguments: assertEqual.
var asserted = map[string]bool{
	"Equal": true, "NotEqual": true, "AlmostEqual": true, "NotAlmostEqual": true, "Is": true, "IsNot": true, "IsNone": true, "IsNotNone": true,
	"In": true, "NotIn": true, "Greater": true, "GreaterEqual": true, "Less": true, "LessEqual": true, "Regex": true, "NotRegex": true,
	"CountEqual": true, "DictEqual": true, "ListEqual": true, "MultiLineEqual": true, "SequenceEqual": true, "SetEqual": true, "TupleEqual": true,
}

// logged are the functions of logging, and the methods of loggers, that spell their arguments as text.
var logged = map[string]bool{
	"debug": true, "info": true, "warning": true, "warn": true, "error": true, "exception": true, "critical": true, "log": true,
}

// listed are the expressions that an iterable gives one by one, as it is written: the items of a display, or what a comprehension makes.
func listed(n python.Node) []python.Node {
	switch n = n.Unwrap(); n.Kind() {
	case python.ListExpr, python.TupleExpr, python.SetExpr:
		var items []python.Node
		for c := range n.Named {
			items = append(items, c)
		}
		return items
	case python.ListComp, python.SetComp, python.GeneratorExpr:
		return []python.Node{n.Child(python.FieldBody)}
	}
	return nil
}

var formatters = map[string]string{
	"str": "spelt as text", "repr": "spelt as text", "ascii": "spelt as text", "format": "spelt as text", "print": "printed", "bytes": "converted", "bytearray": "converted",
	"len": "measured", "int": "converted", "float": "converted", "complex": "converted", "abs": "used as a number", "round": "used as a number",
	"sum": "iterated", "max": "iterated", "min": "iterated", "sorted": "iterated", "list": "iterated", "tuple": "iterated", "set": "iterated",
	"frozenset": "iterated", "dict": "iterated", "enumerate": "iterated", "zip": "iterated", "reversed": "iterated", "any": "iterated", "all": "iterated",
	"iter": "iterated", "next": "iterated", "ord": "converted", "chr": "converted", "bool": "tested",
	"json.dumps": "serialised", "json.dump": "serialised", "json.loads": "parsed", "json.load": "parsed",
	"pickle.dumps": "serialised", "pickle.dump": "serialised",
	"str.format": "spelt as text", "str.join": "iterated", "bytes.join": "iterated", "list.extend": "iterated",
	"click.echo": "printed", "click.secho": "printed", "typer.echo": "printed", "typer.secho": "printed", "pprint.pprint": "printed",
}
