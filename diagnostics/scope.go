package diagnostics

import (
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// Scope is what a context manager may do to the code in it, as the tables say: "timeout", "cancel" or "group"; "" when it
// does none of that, or when it is not certain.
func (p *Pass) Scope(manager python.Node) string {
	manager = manager.Unwrap()
	if manager.Kind() == python.NamedExpression {
		manager = manager.Child(python.FieldValue)
	}
	if manager.Kind() == python.Call {
		if c, ok := p.Callee(manager); ok && c.Facts.Scope != "" {
			return c.Facts.Scope
		}
	}
	return p.ScopeOf(p.Type(manager))
}

// ScopeOf is [Pass.Scope] of whatever has the type.
func (p *Pass) ScopeOf(t program.Type) string {
	if t.Open() {
		return ""
	}
	scope := ""
	for _, a := range t.Atoms() {
		if a.Kind == program.NoneObject {
			continue
		}
		var init program.Type
		if a.Kind == program.Instance {
			init, _ = p.Program.Member(a, "__init__")
		}
		atoms := init.Atoms()
		if len(atoms) != 1 || atoms[0].Kind != program.Function || atoms[0].Func.Decl.Facts == nil ||
			scope != "" && scope != atoms[0].Func.Decl.Facts.Scope {
			return ""
		}
		scope = atoms[0].Func.Decl.Facts.Scope
	}
	return scope
}
