package diagnostics

import (
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// Stream is the class of what a name is bound to, StreamReader or StreamWriter of asyncio, when it is a parameter without an annotation of
// a function that the file gives to start_server or start_unix_server; "" for other names.
func (p *Pass) Stream(name python.Node) string {
	l := name.Scope().Lookup(name.Text())
	if l == nil || len(l.Bindings) != 1 || l.Bindings[0].Kind != python.BindParam || l.Bindings[0].Annotation.Valid() {
		return ""
	}
	fn := l.Scope.Node
	if fn.Kind() != python.FunctionDef {
		return ""
	}
	var params []python.Node
	for q := range fn.Child(python.FieldParameters).Named {
		params = append(params, q)
	}
	class := ""
	switch n := len(params); {
	case n < 2 || n > 3: // self
		return ""
	case params[n-2] == l.Bindings[0].Node:
		class = "StreamReader"
	case params[n-1] == l.Bindings[0].Node:
		class = "StreamWriter"
	default:
		return ""
	}
	for n := range p.Occurrences(fn.Child(python.FieldName).Text()) {
		if n.Parent().Kind() == python.Attribute && n.Field() == python.FieldAttribute {
			n = n.Parent()
		}
		if n.Parent().Kind() != python.ArgumentList {
			continue
		}
		call := n.Parent().Parent()
		c, ok := p.Callee(call)
		if !ok || c.Name != "asyncio.start_server" && c.Name != "asyncio.start_unix_server" || p.Argument(call, 0, "client_connected_cb") != n {
			continue
		}
		for _, a := range p.Type(n).Atoms() {
			if a.Kind == program.Function && a.Func.Module == p.Module && a.Func.Decl.Path != "" && a.Func.Decl.Path == fn.Func().Path {
				return class
			}
		}
	}
	return ""
}
