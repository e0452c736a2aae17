package awaits

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed coroutine-used-as-value.md
var valueDoc string

// Value reports a coroutine that is used as if it were its result.
var Value = &diagnostics.Rule{
	Code:     "AIO104",
	Name:     "coroutine-used-as-value",
	Family:   "awaits",
	Severity: diagnostics.Error,
	Doc:      valueDoc,
	On: []python.Kind{
		python.Interpolation, python.Call, python.BinaryOperator, python.UnaryOperator, python.ComparisonOperator, python.AugmentedAssignment,
		python.Attribute, python.Subscript, python.ForStmt, python.ForInClause, python.ListSplat, python.DictionarySplat, python.Assignment,
		python.RaiseStmt, python.MatchStmt, python.ReturnStmt,
	},
	Check: func(p *diagnostics.Pass, n python.Node) {
		switch n.Kind() {
		case python.Interpolation:
			use(p, n.FirstNamed(), "spelt as text", true)
		case python.Call:
			arguments(p, n)
		case python.BinaryOperator:
			if operator := n.Child(python.FieldOperator).Text(); operator == "%" {
				use(p, n.Child(python.FieldLeft), "used with `%`", false)
				format(p, n.Child(python.FieldRight), n.Child(python.FieldLeft))
			} else {
				useHeld(p, n.Child(python.FieldLeft), "used with `"+operator+"`")
				useHeld(p, n.Child(python.FieldRight), "used with `"+operator+"`")
			}
		case python.UnaryOperator:
			use(p, n.Child(python.FieldArgument), "used as a number", false)
		case python.AugmentedAssignment:
			useHeld(p, n.Child(python.FieldRight), "used with `"+n.Child(python.FieldOperator).Text()+"`")
		case python.ComparisonOperator:
			operator := n.Child(python.FieldOperators).Text()
			value := strings.HasPrefix(operator, "=") || strings.HasPrefix(operator, "!")
			for c := range n.Named {
				if other := n.FirstNamed(); value && (spelt(other) || spelt(nextNamed(other))) {
					useHeld(p, c, "compared")
				} else {
					use(p, c, "compared", strings.HasPrefix(operator, "is"))
				}
			}
		case python.Attribute:
			if name := n.Child(python.FieldAttribute).Text(); !ofCoroutine(n, name) {
				use(p, n.Child(python.FieldObject), "asked for its attribute `"+name+"`", false)
				pending(p, n.Child(python.FieldObject), name)
			}
		case python.Subscript:
			useHeld(p, n.Child(python.FieldValue), "subscripted")
		case python.ForStmt, python.ForInClause:
			if !n.IsAsync() {
				useHeld(p, n.Child(python.FieldRight), "iterated")
			}
		case python.ListSplat:
			use(p, n.FirstNamed(), "unpacked", false)
		case python.DictionarySplat:
			use(p, n.FirstNamed(), "unpacked", false)
		case python.Assignment:
			if n.Child(python.FieldLeft).Is(python.PatternList, python.TuplePattern, python.ListPattern) {
				useHeld(p, n.Child(python.FieldRight), "unpacked")
			}
		case python.RaiseStmt:
			use(p, n.FirstNamed(), "raised", false)
		case python.MatchStmt:
			use(p, n.Child(python.FieldSubject), "matched", false)
		case python.ReturnStmt:
			returned(p, n)
		}
	},
}

// use reports an expression that is a coroutine. text says that every object can be used so: then a variable that
// is also awaited or handed on is fine.
func use(p *diagnostics.Pass, n python.Node, how string, text bool) {
	v := inner(n)
	if v.Is(python.ListSplat, python.DictionarySplat) {
		return
	}
	if _, ok := coroutine(p, v); !ok || expectsFailure(v) {
		return
	}
	if v.Kind() == python.Identifier && text {
		if _, ok := origin(p, v); !ok {
			return
		}
	}
	if v.Kind() == python.Identifier {
		how = "is " + how + " although it holds a coroutine, not its result"
	} else {
		how = "is " + how + " without await: it is a coroutine, not its result"
	}
	await(p, p.Report(v, "`"+short(v)+"` "+how+"; await it"), n)
}

// spelt says whether an expression spells a value out, which no future equals.
func spelt(n python.Node) bool {
	return n.Is(python.String, python.IntLit, python.FloatLit, python.True, python.False, python.ListExpr, python.TupleExpr, python.DictExpr, python.SetExpr)
}

// kept says whether an expression is an attribute of self that only ever holds coroutines.
func kept(p *diagnostics.Pass, v python.Node) bool {
	if v.Kind() != python.Attribute || v.Child(python.FieldObject).Value().Op != shape.Self {
		return false
	}
	from, ok := coroutineOf(p.Type(v))
	return ok && from.Decl.Name != v.Child(python.FieldAttribute).Text()
}

// future says whether an expression is certainly a future or a task of asyncio that a call has just given, or a local name for it.
func future(p *diagnostics.Pass, v python.Node) bool {
	return v.Is(python.Call, python.Identifier) && certain(p.Type(v), func(a program.Atom) bool {
		return a.Kind == program.Instance && a.From != nil && (a.Class.Name == "asyncio.Future" || a.Class.Name == "asyncio.Task")
	})
}

// pending reports that what a request or a pool gives, which has to be awaited or entered first, is asked for an attribute of
// what that gives: session.get(url).json().
func pending(p *diagnostics.Pass, object python.Node, name string) {
	v := inner(object)
	if !v.Is(python.Call, python.Identifier) || expectsFailure(v) {
		return
	}
	t := p.Type(v)
	if !certain(t, func(a program.Atom) bool {
		if a.From == nil || isCoroutine(a) || a.Class.Project() || !has(p, a, "__aenter__") && a.Class.Name != "asyncio.Future" && a.Class.Name != "asyncio.Task" {
			return false
		}
		_, ok := p.Program.Member(a, name)
		return !ok
	}) {
		return
	}
	if !certain(p.Program.Await(t), func(a program.Atom) bool {
		if a.Kind != program.Instance {
			return false
		}
		_, ok := p.Program.Member(a, name)
		return ok
	}) {
		return
	}
	r := p.Report(v, "`"+short(v)+"` has no `"+name+"` before it is awaited")
	if v.Kind() == python.Call && p.InCoroutine(v) && !inGenerator(v) {
		r.Fix(diagnostics.Fix{Title: "Await `" + short(v) + "`", Edits: diagnostics.Await(v)})
	}
}

// useHeld is use for what no future can be used for either.
func useHeld(p *diagnostics.Pass, n python.Node, how string) {
	v := inner(n)
	what := ""
	switch {
	case kept(p, v):
		what = "a coroutine"
	case future(p, v):
		what = "a future"
	default:
		use(p, n, how, false)
		return
	}
	if !expectsFailure(v) {
		p.Report(v, "`"+short(v)+"` is "+how+" although it is "+what+", not its result; await it")
	}
}

// arguments checks the arguments of a builtin that uses values, and those for parameters that promise another type.
func arguments(p *diagnostics.Pass, call python.Node) {
	args := call.Child(python.FieldArguments)
	items(p, call)
	sent(p, call)
	maybe := false
	for a := range args.Named {
		if v := inner(value(a)); v.Is(python.Call, python.Identifier, python.Attribute) {
			if _, ok := coroutine(p, v); ok {
				maybe = true
			}
		}
	}
	if !maybe || args.Kind() != python.ArgumentList {
		return
	}
	if how := formatter(p, call); how != "" {
		text := how == "spelt as text" || how == "printed" || how == "tested" || how == "logged" || how == "compared"
		for a := range args.Named {
			if a.Kind() != python.KeywordArgument && (how != "tested" || a == args.FirstNamed()) {
				use(p, a, how, text)
			}
		}
		return
	}
	c, ok := p.Callee(call)
	if !ok || c.Func == nil || len(c.Func.Decl.Decorators) > 0 {
		return
	}
	for _, q := range c.Func.Decl.Params {
		if q.Annotation == nil || q.Kind == shape.VarArgs || q.Kind == shape.VarKw {
			continue
		}
		a := p.ArgumentOf(call, c, q.Name)
		if !a.Valid() || !refuses(p, c.Func.Module, q.Annotation) {
			continue
		}
		use(p, a, "passed as `"+q.Name+"`", false)
	}
}

// responses are what web frameworks answer with, by qualified name, and the parameter that is sent.
var responses = map[string]string{
	"starlette.responses.Response": "content", "starlette.responses.HTMLResponse": "content", "starlette.responses.PlainTextResponse": "content",
	"starlette.responses.JSONResponse": "content", "fastapi.responses.ORJSONResponse": "content", "fastapi.responses.UJSONResponse": "content",
	"starlette.responses.StreamingResponse": "content", "aiohttp.web_response.Response": "text", "aiohttp.web_response.json_response": "data",
	"django.http.HttpResponse": "content", "django.http.JsonResponse": "data", "quart.jsonify": "",
	"sanic.response.json": "body", "sanic.response.text": "body", "sanic.response.html": "body",
}

// sent reports a coroutine in what a response sends.
func sent(p *diagnostics.Pass, call python.Node) {
	switch diagnostics.LastName(call.Child(python.FieldFunction)) {
	case "Response", "HTMLResponse", "PlainTextResponse", "JSONResponse", "ORJSONResponse", "UJSONResponse", "StreamingResponse", "HttpResponse", "JsonResponse",
		"json_response", "jsonify", "json", "text", "html":
	default:
		return
	}
	c, ok := p.Callee(call)
	param, known := responses[c.Name]
	if !ok || !known {
		return
	}
	position := 0
	if c.Name == "aiohttp.web_response.Response" { // its parameters are named
		position = -1
	}
	for _, v := range leaves(p.Argument(call, position, param), nil) {
		use(p, v, "sent", false)
	}
}

// leaves are the values in the displays that an expression is made of.
func leaves(n python.Node, found []python.Node) []python.Node {
	switch n = n.Unwrap(); n.Kind() {
	case python.DictExpr:
		for c := range n.Named {
			if c.Kind() == python.Pair {
				found = leaves(c.Child(python.FieldValue), found)
			}
		}
	case python.ListExpr, python.TupleExpr, python.SetExpr:
		for c := range n.Named {
			found = leaves(c, found)
		}
	default:
		if n.Valid() {
			found = append(found, n)
		}
	}
	return found
}

// consumers are what becomes of the items of an iterable that is given to a function.
var consumers = map[string]string{
	"sum": "added up", "max": "compared", "min": "compared", "sorted": "compared", "str.join": "joined",
	"json.dumps": "serialised", "json.dump": "serialised",
}

// holdsCoroutines says whether a value is a container of coroutines, and of nothing else.
func holdsCoroutines(p *diagnostics.Pass, v python.Node) bool {
	return certain(p.Type(v), func(a program.Atom) bool {
		if a.Kind != program.Instance || len(a.Args) == 0 {
			return false
		}
		switch strings.TrimPrefix(a.Class.Name, "builtins.") {
		case "list", "set", "tuple", "dict", "typing.Generator":
			item := a.Args[0]
			if a.Class.Name == "dict" {
				item = a.Args[len(a.Args)-1]
			}
			_, ok := coroutineOf(item)
			return ok
		}
		return false
	})
}

// items checks the items of an iterable that a builtin uses.
func items(p *diagnostics.Pass, call python.Node) {
	iterable := p.Argument(call, 0, "")
	list := listed(iterable)
	if iterable.Unwrap().Kind() == python.DictExpr {
		list = slices.Collect(iterable.Unwrap().Named)
	}
	if len(list) == 0 && iterable.Kind() != python.Identifier || p.Argument(call, -1, "key").Valid() {
		return
	}
	c, ok := p.Callee(call)
	how := consumers[strings.TrimPrefix(c.Name, "builtins.")]
	if !ok || how == "" {
		return
	}
	if len(list) == 0 && holdsCoroutines(p, iterable) && unchanged(iterable) && !expectsFailure(call) {
		p.Report(iterable, "`"+short(iterable)+"` holds coroutines, which are "+how+" without await; await them first")
	}
	for _, item := range list {
		if how == "serialised" {
			serialised(p, item)
		} else if inner(item).Kind() == python.Call {
			use(p, item, how, false)
		}
	}
}

// serialised reports what json finds in a value: items of displays, and values of dictionaries, to any depth.
func serialised(p *diagnostics.Pass, v python.Node) {
	switch v = v.Unwrap(); v.Kind() {
	case python.ListExpr, python.TupleExpr, python.DictExpr:
		for c := range v.Named {
			serialised(p, c)
		}
	case python.Pair:
		serialised(p, v.Child(python.FieldValue))
	case python.Call, python.Identifier:
		use(p, v, "serialised", false)
	}
}

// looks are functions and methods that leave a container as it is.
var looks = map[string]bool{
	"len": true, "print": true, "sum": true, "max": true, "min": true, "sorted": true, "join": true, "dumps": true, "dump": true,
	"keys": true, "values": true, "items": true,
}

// unchanged says whether a local name still holds what it was bound to: what reads it can neither change it nor hand it to somebody
// who may.
func unchanged(name python.Node) bool {
	l := name.Scope().Lookup(name.Text())
	if l == nil || len(l.Bindings) != 1 {
		return false
	}
	reads, sure := l.Bindings[0].Reads()
	for _, r := range reads {
		switch up := r.Parent(); {
		case r == name, up.Kind() == python.ListSplat, up.Is(python.ForStmt, python.ForInClause) && r.Field() == python.FieldRight:
		case up.Kind() == python.ArgumentList && looks[diagnostics.LastName(up.Parent().Child(python.FieldFunction))]:
		case up.Kind() == python.Attribute && looks[up.Child(python.FieldAttribute).Text()]:
		default:
			return false
		}
	}
	return sure
}

// value is the expression of an argument.
func value(a python.Node) python.Node {
	if a.Kind() == python.KeywordArgument {
		return a.Child(python.FieldValue)
	}
	return a
}

// refuses says whether an annotation certainly excludes everything that can be awaited, whatever its arguments.
func refuses(p *diagnostics.Pass, m *program.Module, annotation *shape.Value) bool {
	t := declared(p, m, annotation)
	return t.Every(func(a program.Atom) bool { return plain(p, a) })
}

// plain says whether an atom is an instance of a class of values, so that a coroutine is certainly no instance: not a
// protocol, not an abstract class.
func plain(p *diagnostics.Pass, a program.Atom) bool {
	if a.Kind != program.Instance || !p.Program.Lacks(a, "__await__") {
		return false
	}
	if a.Class.Project() {
		return !p.Program.Subclass(a.Class, "typing.Protocol")
	}
	return concrete[strings.TrimPrefix(a.Class.Name, "builtins.")]
}

var concrete = map[string]bool{
	"str": true, "bytes": true, "bytearray": true, "int": true, "float": true, "complex": true, "bool": true,
	"list": true, "tuple": true, "dict": true, "set": true, "frozenset": true, "pathlib.Path": true,
}

// format checks the values of a format operator.
func format(p *diagnostics.Pass, values, left python.Node) {
	t := p.Type(left)
	if !certain(t, func(a program.Atom) bool {
		return a.Kind == program.Instance && (a.QName() == "str" || a.QName() == "bytes")
	}) {
		return
	}
	if values.Unwrap().Kind() != python.TupleExpr {
		use(p, values, "spelt as text", true)
		return
	}
	for c := range values.Unwrap().Named {
		use(p, c, "spelt as text", true)
	}
}

// returned checks the value of a return statement against what the function promises.
func returned(p *diagnostics.Pass, n python.Node) {
	v := inner(n.FirstNamed())
	fn := n.Function()
	if v.Is(python.Call, python.DictExpr, python.ListExpr) && endpoint(p, fn) {
		for _, v := range leaves(v, nil) {
			use(p, v, "sent", false)
		}
		return
	}
	if v.Kind() != python.Call || fn.Kind() != python.FunctionDef || !fn.IsAsync() {
		return // a plain function hands the coroutine on, and its annotation is merely wrong
	}
	f := fn.Func()
	if recursive(p, v, fn) {
		await(p, p.Report(v, "`"+short(v)+"` is returned by `"+f.Name+"` itself without await: however often it calls itself, it would have to be awaited so often; await it"), v)
		return
	}
	if _, ok := coroutine(p, v); !ok {
		return
	}
	if f.Generator || f.Returns == nil {
		return
	}
	t := declared(p, p.Module, f.Returns)
	none := !t.Open() && len(t.Atoms()) > 0
	for _, a := range t.Atoms() {
		none = none && a.Kind == program.NoneObject
	}
	if !none && !refuses(p, p.Module, f.Returns) {
		return
	}
	use(p, v, "returned as `"+strings.TrimSpace(fn.Child(python.FieldReturnType).Text())+"`", false)
}

// endpoint says whether what a coroutine function returns is sent by a web framework, which does not await it once more: the
// innermost decorator registers it.
func endpoint(p *diagnostics.Pass, fn python.Node) bool {
	if fn.Kind() != python.FunctionDef || !fn.IsAsync() {
		return false
	}
	var last python.Node
	for d := range python.Decorators(fn) {
		last = d
	}
	if last.Kind() != python.Call {
		return false
	}
	c, ok := p.Callee(last)
	return ok && c.Facts.Threads
}

// recursive says whether a coroutine function calls itself, with nothing around it that changes what a call gives.
func recursive(p *diagnostics.Pass, call, fn python.Node) bool {
	if text := call.Child(python.FieldFunction); diagnostics.LastName(text) != fn.Child(python.FieldName).Text() {
		return false
	}
	c, ok := p.Callee(call)
	if path := fn.Func().Path; !ok || c.Func == nil || c.Func.Module != p.Module || path == "" || c.Func.Decl.Path != path || c.Func.Decl.Generator {
		return false
	}
	plain, _, _ := p.Program.Decorated(c.Func)
	return plain
}
