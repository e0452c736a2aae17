package sync

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed wait-without-predicate.md
var predicateDoc string

// Predicate reports waiting for a condition without looking whether what it stands for holds, and for events that never come.
var Predicate = &diagnostics.Rule{
	Code:     "AIO510",
	Name:     "wait-without-predicate",
	Family:   "sync",
	Severity: diagnostics.Warning,
	Doc:      predicateDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		fn := call.Child(python.FieldFunction)
		if fn.Kind() != python.Attribute || fn.Child(python.FieldAttribute).Text() != "wait" || !p.InCoroutine(call) {
			return
		}
		object := fn.Child(python.FieldObject)
		x := primitiveOf(p, p.Type(object))
		if x.threads || inTest(call) {
			return
		}
		if x.role == event && unset(p, call.Function(), object) {
			r := p.Report(fn, "nothing sets `"+diagnostics.OneLine(object)+"`, so that `"+diagnostics.OneLine(fn)+"()` waits for ever; call `"+diagnostics.OneLine(object)+".set()` where what it stands for has come about")
			if object.Kind() == python.Attribute && strings.Contains(p.Module.Name(), ".") { // another module of the package may have the object, and set it
				r.Severity(diagnostics.Info)
			}
			return
		}
		if x.role != condition || lastly(call) {
			return
		}
		advice := "`while` it does not hold"
		if p.Library() != "trio" {
			advice += ", or use `wait_for()`"
		}
		p.Report(fn, "`"+diagnostics.OneLine(fn)+"()` returns when it is notified, whether what it waits for holds or not; wait "+advice)
	},
}

// lastly says whether nothing that needs what was waited for comes behind a call: the function only tells how things are, or comes to
// the call again in a loop, or lets go of the lock where it looked before it waited. Whoever waits like that, or
// calls who does, looks what has become of what it waits for.
func lastly(call python.Node) bool {
	last, returned, looked, locked := true, false, false, true
	for n := call; n.Valid() && n.Kind() != python.FunctionDef; n = n.Parent() {
		switch {
		case n.Kind() == python.WhileStmt:
			return true
		case n.Kind() == python.IfStmt:
			looked = true
		case n.Kind() == python.WithStmt && locked:
			if locked = false; last && looked {
				return true
			}
		case n.Kind() == python.ForStmt && !returned:
			last = false
		case n.Kind() == python.ReturnStmt:
			returned = true
		}
		if n.Parent().Kind() != python.BlockStmt {
			continue
		}
		for next := n.Next(); next.Valid() && !returned; next = next.Next() {
			switch next.Kind() {
			case python.Comment, python.PassStmt:
			case python.ReturnStmt:
				returned = true
				last = last && !consumes(next)
			default:
				last = false
			}
		}
	}
	return last
}

// consumes says whether a statement does more than look at things: it calls a method, or takes an item.
func consumes(stmt python.Node) bool {
	for n := range stmt.Walk {
		if n.Is(python.Subscript, python.Await) || n.Kind() == python.Call && n.Child(python.FieldFunction).Kind() == python.Attribute {
			return true
		}
	}
	return false
}

// unset says whether an event is seen to be made, and everything that is done with it is seen, and nothing of that sets it: it is a name of
// the function, or a private attribute. Programs that wait until they are interrupted do so on purpose.
func unset(p *diagnostics.Pass, fn, object python.Node) bool {
	x := placeOf(fn, object)
	l := object.Scope().Lookup(object.Text())
	switch {
	case object.Kind() == python.Identifier && l != nil && l.Scope.Node == fn:
		if onceOnly(fn.Child(python.FieldName).Text()) {
			return false
		}
		x = ofFunction(l)
	case x.kind == captured, x.kind == onSelf && strings.HasPrefix(x.root, "_") && object.Child(python.FieldAttribute).Text() == x.root:
	default:
		return false
	}
	if name := strings.ToLower(x.root); strings.Contains(name, "forever") || strings.Contains(name, "never") {
		return false
	}
	made := false
	if x.kind == onSelf { // whoever has the object may set it, too
		if mixed(p) {
			return false
		}
		for n := range p.Occurrences(x.root) {
			if use := n.Parent(); n.Kind() != python.Identifier || use.Kind() != python.Attribute || !reading(use, &made) {
				return false
			}
		}
		return made
	}
	for n := range x.names(p) {
		if !reading(n, &made) {
			return false
		}
	}
	return made
}

// mixed says whether the class of the block has a base of the project that another file defines, whose methods may set the event, or one
// that is not known.
func mixed(p *diagnostics.Pass) bool {
	class, ok := p.Class()
	if !ok || !p.Program.Closed(class.Class) {
		return true
	}
	for _, c := range p.Program.Lineage(class) {
		if c.Class.Project() && c.Class.Module != p.Module {
			return true
		}
	}
	return false
}

// reading says whether what is done with an event where it is named does not set it; made is set where it is made.
func reading(n python.Node, made *bool) bool {
	up := n.Parent()
	switch {
	case n.Field() == python.FieldLeft && up.Kind() == python.Assignment:
		value := up.Child(python.FieldRight)
		*made = *made || value.Kind() == python.Call && diagnostics.LastName(value.Child(python.FieldFunction)) == "Event"
		return *made && value.Kind() == python.Call
	case up.Kind() == python.Attribute && up.Field() == python.FieldFunction:
		switch up.Child(python.FieldAttribute).Text() {
		case "wait", "is_set", "clear":
			return true
		}
	}
	return false
}
