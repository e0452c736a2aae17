package tasks

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed task-overwritten.md
var overwrittenDoc string

// Overwritten reports a task that takes the place of another one, which may still be running.
var Overwritten = &diagnostics.Rule{
	Code:     "AIO306",
	Name:     "task-overwritten",
	Family:   "tasks",
	Severity: diagnostics.Warning,
	Doc:      overwrittenDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		a := call.Parent()
		if a.Kind() != python.Assignment || a.Child(python.FieldRight) != call || a.Parent().Kind() != python.ExprStmt || !mayBe(p, call, "create_task", "ensure_future", "Task") {
			return
		}
		target := a.Child(python.FieldLeft)
		fn := call.Function()
		if fn.Kind() != python.FunctionDef || !target.Is(python.Identifier, python.Attribute) || !rootOf(target).Valid() {
			return
		}
		if target.Kind() == python.Identifier { // a local that is read in the end, but for the last task
			b := target.Binding()
			if b == nil || target.Text() == "_" {
				return
			}
			if reads, sure := b.Reads(); !sure || len(reads) == 0 {
				return
			}
		}
		if !spawns(p, call) || expected(call) {
			return
		}
		if overwrites(p, fn, call, target, handler(fn, call, target)) {
			p.Report(call, "the task takes the place of the one before in `"+target.Text()+"`, which may still be running and which nothing refers to any more; await or cancel that one first, or keep both")
		}
	},
}

// rootOf is the name that a chain of attributes begins with; no node when it begins with something else.
func rootOf(target python.Node) python.Node {
	for target.Kind() == python.Attribute {
		target = target.Child(python.FieldObject)
	}
	if target.Kind() != python.Identifier {
		return python.Node{}
	}
	return target
}

// handler says whether a method is called each time that something happens, and assigns the task to the same attribute each time.
func handler(fn, call, target python.Node) bool {
	name := strings.TrimLeft(fn.Child(python.FieldName).Text(), "_")
	if target.Kind() != python.Attribute || target.Child(python.FieldObject).Text() != "self" || !strings.HasPrefix(name, "on_") && !strings.HasPrefix(name, "handle_") {
		return false
	}
	for _, once := range []string{"start", "connect", "open", "ready", "load", "mount", "enter", "init", "join", "setup", "begin", "boot", "launch", "activate", "added", "attach", "made", "run"} {
		if strings.Contains(name, once) {
			return false
		}
	}
	stmt := call.Parent().Parent()
	if stmt.Parent() != fn.Child(python.FieldBody) {
		return false
	}
	for s := stmt.Parent().FirstNamed(); s.Valid() && s != stmt; s = s.Next() {
		for n := range s.Walk {
			if n.Is(python.ReturnStmt, python.RaiseStmt) && n.Function() == fn {
				return false
			}
		}
	}
	return true
}

// overwrites says whether control comes from an assignment of a task to another one of a task to the same place with nothing done about
// the first between. live says that there is a task from an earlier call of the function.
func overwrites(p *diagnostics.Pass, fn, call, target python.Node, live bool) bool {
	key := target.Text()
	root := rootOf(target)
	others := map[python.Node]bool{} // the targets of other assignments of tasks
	task := func(n python.Node) bool {
		if n == target {
			return true
		}
		known, ok := others[n]
		if !ok {
			up := n.Parent()
			right := up.Child(python.FieldRight)
			known = up.Kind() == python.Assignment && n.Field() == python.FieldLeft && right.Kind() == python.Call && spawns(p, right)
			others[n] = known
		}
		return known
	}
	found := false
	diagnostics.FollowRaising(p, fn, live, func(python.Step, bool) python.Exc { return python.NoExc }, func(s python.Step, live bool) (bool, bool) {
		switch s.Kind {
		case python.StepBind:
			switch {
			case s.Node.Text() == key && s.Node.Kind() == target.Kind():
				if s.Node == target && live {
					found = true
				}
				live = task(s.Node)
			case s.Node.Kind() == python.Identifier && s.Node.Text() == root.Text():
				live = false // of another object
			}
		case python.StepDelete:
			if s.Node.Text() == key {
				live = false
			}
		case python.StepRead:
			if s.Node.Kind() == target.Kind() && s.Node.Text() == key {
				live = false
			}
		case python.StepEval:
			if live && s.Node.Kind() == python.Call && s.Node != call && mayHandle(p, s.Node, target) {
				live = false
			}
		}
		return live, !found
	})
	return found
}

// mayHandle says whether a call may do something about the task: a method of the same object that mentions it, or something that is
// given the object.
func mayHandle(p *diagnostics.Pass, call, target python.Node) bool {
	if target.Kind() == python.Identifier {
		return false
	}
	object, word := target.Child(python.FieldObject).Text(), target.Child(python.FieldAttribute).Text()
	for a := range call.Child(python.FieldArguments).Walk {
		if a.Kind() == python.Identifier && a.Text() == object && a.Parent().Kind() != python.Attribute {
			return true
		}
	}
	fn := call.Child(python.FieldFunction)
	if fn.Kind() != python.Attribute || fn.Child(python.FieldObject).Text() != object && fn.Child(python.FieldObject).Text() != "super()" {
		return false
	}
	name := fn.Child(python.FieldAttribute).Text()
	if ends(name) {
		return true
	}
	found := false
	for n := range p.Occurrences(name) {
		def := n.Parent()
		if def.Kind() != python.FunctionDef || n.Field() != python.FieldName {
			continue
		}
		found = true
		if strings.Contains(def.Text(), word) {
			return true
		}
	}
	return !found // one of a base class
}
