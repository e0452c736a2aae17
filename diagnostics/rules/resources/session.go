package resources

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed session-per-request.md
var sessionDoc string

// Session reports a client session or a pool that is made again for each item or each request, so that it never uses a connection
// twice.
var Session = &diagnostics.Rule{
	Code:     "AIO702",
	Name:     "session-per-request",
	Family:   "resources",
	Severity: diagnostics.Info,
	Doc:      sessionDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		fn := call.Function()
		if fn.Kind() != python.FunctionDef {
			return
		}
		c, ok := p.Callee(call)
		if !ok || !c.Facts.Pools || !used(call) {
			return
		}
		for _, name := range c.Facts.Borrows {
			if p.ArgumentOf(call, c, name).Valid() {
				return
			}
		}
		const instead = "; make one and share it"
		what := "`" + diagnostics.Short(call) + "`"
		if loop := repeats(call); loop.Valid() {
			if !depends(call, targets(loop)) {
				p.Report(call, what+" opens new connections for each item, and uses none of them again"+instead).Related(loop, "for each item of this loop")
			}
			return
		}
		name := fn.Child(python.FieldName)
		if depends(call, parameters(fn)) {
			return
		}
		if serves(p, fn) {
			p.Report(call, what+" opens new connections for each request that `"+name.Text()+"` serves, and uses none of them again"+instead)
			return
		}
		for n := range p.Occurrences(name.Text()) {
			outer := calls(p, n, fn)
			if !outer.Valid() {
				continue
			}
			if loop := repeats(outer); loop.Valid() && depends(outer, targets(loop)) {
				p.Report(call, what+" opens new connections each time `"+name.Text()+"` is called, and uses none of them again"+instead).Related(outer, "for each item it is called here")
				return
			}
			if by := outer.Function(); by.Kind() == python.FunctionDef && serves(p, by) {
				p.Report(call, what+" opens new connections each time `"+name.Text()+"` is called, and uses none of them again"+instead).Related(outer, "for each request it is called here")
				return
			}
		}
	},
}

// used says whether what a call makes is used where it is made: it is entered, or held by a local name, or called.
func used(call python.Node) bool {
	n, up := call, call.Parent()
	for up.Is(python.Paren, python.Await) {
		n, up = up, up.Parent()
	}
	switch up.Kind() {
	case python.WithItem, python.WithClause:
		return true
	case python.AsPattern:
		return up.FirstNamed() == n
	case python.Attribute:
		return n.Field() == python.FieldObject && up.Parent().Kind() == python.Call
	case python.Assignment:
		b := up.Child(python.FieldLeft).Binding()
		if b == nil || b.Scope.Kind != python.FunctionScope {
			return false
		}
		l := b.Scope.Lookup(b.Name)
		if l == nil || l.Captured {
			return false
		}
		for x := range b.Scope.Node.Child(python.FieldBody).Walk { // handed on: it may be kept for the next time
			if x.Kind() == python.Identifier && x.Text() == b.Name && x.Binding() == nil && x.Field() != python.FieldAttribute {
				switch out := x.Parent(); out.Kind() {
				case python.ReturnStmt, python.Yield, python.Assignment, python.ListExpr, python.DictExpr, python.Pair, python.TupleExpr, python.ExpressionList:
					return false
				}
			}
		}
		return true
	}
	return false
}

// repeats is the loop over items, within its function, that evaluates a node again and again; no node when there is none. Loops that
// try again, or that go on until something happens, are none.
func repeats(n python.Node) python.Node {
	fn := n.Function()
	for child, up := n, n.Parent(); up.Valid() && child != fn; child, up = up, up.Parent() {
		switch up.Kind() {
		case python.ForStmt:
			if child.Field() == python.FieldBody && !retries(up) && !once(child) {
				return up
			}
		case python.ListComp, python.SetComp, python.DictComp, python.GeneratorExpr:
			for c := range up.Named {
				if c.Kind() == python.ForInClause {
					if child != c && !retries(c) {
						return c
					}
					break
				}
			}
		case python.ArgumentList: // map(fetch, urls)
		}
	}
	return python.Node{}
}

// retries says whether a loop only counts how often something is tried.
func retries(loop python.Node) bool {
	left := strings.ToLower(loop.Child(python.FieldLeft).Text())
	for _, word := range []string{"attempt", "retr", "try", "tries", "delay", "backoff"} {
		if strings.Contains(left, word) {
			return true
		}
	}
	return loop.Child(python.FieldRight).Child(python.FieldFunction).Text() == "range" && strings.HasPrefix(left, "_")
}

// once says whether the body of a loop always leaves it at its end.
func once(body python.Node) bool {
	last := python.Node{}
	for s := range body.Named {
		last = s
	}
	return last.Is(python.BreakStmt, python.ReturnStmt, python.RaiseStmt)
}

// targets are the names that a loop gives to its items.
func targets(loop python.Node) map[string]bool {
	names := map[string]bool{}
	for n := range loop.Child(python.FieldLeft).Walk {
		if n.Kind() == python.Identifier {
			names[n.Text()] = true
		}
	}
	for n := range loop.Child(python.FieldBody).Walk { // and what is made of them
		if n.Kind() == python.Assignment && mentioned(n.Child(python.FieldRight), names) {
			for t := range n.Child(python.FieldLeft).Walk {
				if t.Kind() == python.Identifier && t.Field() != python.FieldAttribute {
					names[t.Text()] = true
				}
			}
		}
	}
	return names
}

// parameters are the names of the parameters of a function, and of what it makes of them.
func parameters(fn python.Node) map[string]bool {
	names := map[string]bool{}
	for _, q := range fn.Func().Params {
		if q.Name != "self" && q.Name != "cls" {
			names[q.Name] = true
		}
	}
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() == python.Assignment && mentioned(n.Child(python.FieldRight), names) {
			if left := n.Child(python.FieldLeft); left.Kind() == python.Identifier {
				names[left.Text()] = true
			}
		}
	}
	return names
}

// depends says whether the arguments of a call mention one of the names: what it gives is not the same for another item.
func depends(call python.Node, names map[string]bool) bool {
	return mentioned(call.Child(python.FieldArguments), names)
}

func mentioned(n python.Node, names map[string]bool) bool {
	for c := range n.Walk {
		if c.Kind() == python.Identifier && names[c.Text()] && c.Field() != python.FieldAttribute && !(c.Field() == python.FieldName && c.Parent().Kind() == python.KeywordArgument) {
			return true
		}
	}
	return false
}

// calls is the call of a function that one of the places is at which the file has its name; no node when it is none.
func calls(p *diagnostics.Pass, n, fn python.Node) python.Node {
	callee := n
	if n.Parent().Kind() == python.Attribute && n.Field() == python.FieldAttribute {
		callee = n.Parent()
	}
	call := callee.Parent()
	if callee.Field() != python.FieldFunction || call.Kind() != python.Call {
		return python.Node{}
	}
	c, ok := p.Callee(call)
	if !ok || c.Func == nil || c.Func.Module != p.Module || c.Func.Decl.Path == "" || c.Func.Decl.Path != fn.Func().Path {
		return python.Node{}
	}
	return call
}

// serves says whether a web framework calls a function for each request, as its decorator or its parameter tells.
func serves(p *diagnostics.Pass, fn python.Node) bool {
	for d := range python.Decorators(fn) {
		target := d
		if d.Kind() == python.Call {
			target = d.Child(python.FieldFunction)
		}
		for _, a := range p.Type(target).Atoms() {
			name := a.QName()
			top, _, _ := strings.Cut(name, ".")
			if frameworks[top] && routes[name[strings.LastIndexByte(name, '.')+1:]] {
				return true
			}
		}
	}
	for _, q := range fn.Func().Params {
		if q.Annotation == nil {
			continue
		}
		for _, a := range p.Program.Declared(p.Module, q.Annotation).Atoms() {
			switch a.QName() {
			case "aiohttp.web_request.Request", "starlette.requests.Request", "sanic.request.Request", "sanic.request.types.Request", "litestar.connection.Request":
				return true
			}
		}
	}
	return false
}

var frameworks = map[string]bool{"fastapi": true, "starlette": true, "quart": true, "sanic": true, "litestar": true, "aiohttp": true}

var routes = map[string]bool{
	"get": true, "put": true, "post": true, "delete": true, "options": true, "head": true, "patch": true, "trace": true, "route": true, "api_route": true, "websocket": true,
}
