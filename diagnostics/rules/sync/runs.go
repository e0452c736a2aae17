package sync

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// running says how often a coroutine function runs at a time, as far as its file shows.
type running uint8

const (
	unseen  running = iota // nothing in the file tells
	single                 // all that is seen runs it once at a time
	several                // it is seen to run several times at once
)

// runner finds out how coroutine functions are run.
type runner struct {
	p    *diagnostics.Pass
	busy map[python.Node]bool
}

// runs says how often a coroutine function runs at a time.
func runs(p *diagnostics.Pass, fn python.Node) running {
	r := runner{p, map[python.Node]bool{}}
	return r.runs(fn)
}

// maxCallers is how many functions are asked for who calls them.
const maxCallers = 12

func (r *runner) runs(fn python.Node) running {
	if fn.Kind() != python.FunctionDef || r.busy[fn] || len(r.busy) > maxCallers {
		return unseen
	}
	r.busy[fn] = true
	name := fn.Child(python.FieldName).Text()
	if handler(fn) {
		return several
	}
	if onceOnly(name) {
		return single
	}
	found, spawned := unseen, 0
	open := false
	for n := range r.uses(fn) {
		how, in := r.started(n)
		switch how {
		case startedOften:
			return several
		case startedOnce:
			spawned++
			if found == unseen {
				found = single
			}
		case calledBy:
			switch r.runs(in) {
			case several:
				return several
			case single:
				if found == unseen {
					found = single
				}
			default:
				open = true
			}
		default:
			open = true
		}
	}
	switch {
	case spawned > 1:
		return several
	case open:
		return unseen
	}
	return found
}

// uses are the expressions of the file that give a function: its name, or an attribute of self or of what is seen to be an
// object of its class.
func (r *runner) uses(fn python.Node) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		id := fn.Child(python.FieldName)
		outer := fn.Scope()
		class := ""
		if outer.Kind == python.ClassScope {
			class = classOf(fn)
		}
		for n := range r.p.Occurrences(id.Text()) {
			if n.Kind() != python.Identifier || n == id {
				continue
			}
			up := n.Parent()
			if up.Kind() == python.Attribute && n.Field() == python.FieldAttribute {
				if class == "" || !r.isOf(up.Child(python.FieldObject), class) {
					continue
				}
				n = up
			} else if class != "" || n.Field() == python.FieldName || !sameScope(n.Scope().Lookup(n.Text()), outer) {
				continue
			}
			if !yield(n) {
				return
			}
		}
	}
}

// sameScope says whether a name is one of the scope; nil is one of the module.
func sameScope(l *python.Local, s *python.Scope) bool {
	if l == nil {
		return s.Kind == python.ModuleScope
	}
	return l.Scope == s
}

// isOf says whether an expression is seen to be an object of a class: self in its methods, a name that is bound to a call
// of the class, or annotated with it.
func (r *runner) isOf(object python.Node, class string) bool {
	object = object.Unwrap()
	switch object.Kind() {
	case python.Call:
		return object.Child(python.FieldFunction).Text() == class
	case python.Identifier:
		if v := object.Value(); v.Op == shape.Self || v.Op == shape.Cls {
			return classOf(object) == class
		}
		l := object.Scope().Lookup(object.Text())
		if l == nil {
			s := r.p.Global(object.Text())
			if s == nil {
				return false
			}
			for _, v := range s.Values {
				if v.Op == shape.Call && v.X.Str == class {
					return true
				}
			}
			return false
		}
		for _, b := range l.Bindings {
			if b.Value.Kind() == python.Call && b.Value.Child(python.FieldFunction).Text() == class || b.Annotation.Valid() && strings.Trim(b.Annotation.Text(), `"'`) == class {
				return true
			}
		}
	}
	return false
}

// start is how an expression that gives a coroutine function starts it.
type start uint8

const (
	otherwise    start = iota
	startedOnce        // as one task, or as what the program runs
	startedOften       // as several tasks, or by a server
	calledBy           // a coroutine function awaits it
)

// started says how an expression that gives a coroutine function starts it, and the function around a call that is awaited
// there.
func (r *runner) started(n python.Node) (start, python.Node) {
	if n.Field() != python.FieldFunction || n.Parent().Kind() != python.Call {
		if n.Parent().Is(python.ArgumentList, python.KeywordArgument) {
			call := n.Up(python.Call)
			switch name := diagnostics.LastName(call.Child(python.FieldFunction)); {
			case tasks[name]:
				if looped(call) {
					return startedOften, n
				}
				return startedOnce, n
			case serves(name):
				return startedOften, n
			}
		}
		return otherwise, n
	}
	child := n.Parent()
	for up := child.Parent(); up.Valid(); child, up = up, up.Parent() {
		switch up.Kind() {
		case python.Paren, python.KeywordArgument, python.ListSplat, python.ListExpr, python.TupleExpr, python.ExpressionList:
		case python.Await, python.ReturnStmt:
			return calledBy, n.Function()
		case python.ArgumentList:
			call := up.Parent()
			switch name := diagnostics.LastName(call.Child(python.FieldFunction)); {
			case name == "wait_for" || name == "shield":
				child = up
				up = call
			case name == "run" || name == "run_until_complete" || name == "start":
				return startedOnce, n
			case tasks[name]:
				if looped(call) {
					return startedOften, n
				}
				return startedOnce, n
			case name == "append" && looped(call):
				return startedOften, n
			default:
				return otherwise, n
			}
		case python.ListComp, python.SetComp, python.DictComp, python.GeneratorExpr, python.Pair:
			return startedOften, n
		default:
			return otherwise, n
		}
	}
	return otherwise, n
}

// tasks are the functions that run what they are given beside their caller.
var tasks = map[string]bool{
	"create_task": true, "ensure_future": true, "start_soon": true, "gather": true, "wait": true, "Task": true, "spawn": true,
	"create_background_task": true, "run_coroutine_threadsafe": true, "as_completed": true, "add_task": true,
}

// serves says whether a function that is handed a coroutine function calls it for each connection or request.
func serves(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "server") || strings.Contains(name, "route") || name == "serve" || name == "add_get" || name == "add_post"
}

// looped says whether a node is in a loop or comprehension of its function.
func looped(n python.Node) bool {
	child := n
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda, python.ClassDef); child, up = up, up.Parent() {
		switch up.Kind() {
		case python.ForStmt, python.WhileStmt:
			if child.Field() == python.FieldBody {
				return true
			}
		case python.ListComp, python.SetComp, python.DictComp, python.GeneratorExpr:
			return true
		}
	}
	return false
}

// handler says whether a decorator hands the function to a framework that calls it for each request or event.
func handler(fn python.Node) bool {
	for d := range python.Decorators(fn) {
		if d.Kind() == python.Call {
			d = d.Child(python.FieldFunction)
		}
		if d.Kind() == python.Attribute && handles[d.Child(python.FieldAttribute).Text()] {
			return true
		}
	}
	return false
}

// handles are the names of the decorators of handlers.
var handles = map[string]bool{
	"get": true, "post": true, "put": true, "delete": true, "patch": true, "head": true, "options": true, "route": true, "api_route": true, "websocket": true,
	"event": true, "command": true, "message": true, "callback_query": true, "inline_query": true, "on_message": true, "on_event": false, "middleware": true, "tool": true, "listen": true,
	"message_handler": true, "subscriber": true, "slash_command": true, "hybrid_command": true, "listener": true,
}

// onceOnly says whether a function of the name is one that an object, or a program, runs once: it sets up, starts, stops.
func onceOnly(name string) bool {
	name = strings.Trim(strings.ToLower(name), "_")
	switch name {
	case "init", "aenter", "aexit", "enter", "exit", "main", "amain", "async_main", "run", "loop", "serve", "lifespan", "aclose", "del":
		return true
	}
	for _, prefix := range []string{"test", "setup", "set_up", "asyncsetup", "teardown", "tear_down", "asyncteardown", "start", "stop", "close", "shutdown", "disconnect", "connect", "open", "initialize", "initialise", "init_", "on_start", "on_stop", "on_shutdown", "on_ready", "run_forever", "reconnect", "terminate", "cleanup", "async_setup", "async_added", "async_will_remove"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
