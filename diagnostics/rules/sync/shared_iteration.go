package sync

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed shared-iteration-across-await.md
var sharedIterationDoc string

// SharedIteration reports loops over a shared container that others change while the loop waits.
var SharedIteration = &diagnostics.Rule{
	Code:     "AIO512",
	Name:     "shared-iteration-across-await",
	Family:   "sync",
	Severity: diagnostics.Warning,
	Doc:      sharedIterationDoc,
	On:       []python.Kind{python.ForStmt, python.ForInClause},
	Check: func(p *diagnostics.Pass, loop python.Node) {
		if loop.IsAsync() || !p.InCoroutine(loop) {
			return
		}
		body := loop.Child(python.FieldBody)
		if loop.Kind() == python.ForInClause {
			body = loop.Parent()
			if body.Kind() == python.GeneratorExpr {
				return // it runs elsewhere
			}
		}
		wait := suspends(body)
		if !wait.Valid() || loop.Kind() == python.ForInClause && wait.Inside(loop.Child(python.FieldRight)) {
			return
		}
		fn := loop.Function()
		right, container, of := iterated(fn, loop.Child(python.FieldRight))
		if of.kind == noPlace {
			return
		}
		kind := containerOf(p, container)
		if kind == noContainer {
			return
		}
		change, removed := changed(p, fn, of, kind)
		if !change.Valid() || !comesBack(p, fn, loop) || serialised(p, fn) {
			return
		}
		harm := "the loop then fails with `RuntimeError`"
		if kind == listLike {
			harm = "the loop then leaves items out"
		}
		r := p.Report(right, "`"+diagnostics.OneLine(container)+"` may change while the loop over it awaits: "+harm+"; go over a copy, `list("+diagnostics.OneLine(right)+")`")
		if !removed && onceOnly(fn.Child(python.FieldName).Text()) {
			r.Severity(diagnostics.Info) // what comes while it ends is rare
		}
		r.Related(change, "it is changed here").Related(wait, "others run here")
		if loop.Scope().Lookup("list") == nil {
			r.Fix(diagnostics.Fix{Title: "Go over a copy", Safe: true, Edits: []diagnostics.Edit{diagnostics.Insert(right, "list("), diagnostics.Append(right, ")")}})
		}
	},
}

// iterated is what a loop goes over without a copy, the container itself, and the place that this is in; noPlace when it is none.
func iterated(fn, right python.Node) (view, container python.Node, x place) {
	right = right.Unwrap()
	view = right
	if right.Kind() == python.Call {
		f, args := right.Child(python.FieldFunction), right.Child(python.FieldArguments)
		first := args.FirstNamed()
		switch {
		case f.Kind() == python.Attribute && !first.Valid():
			switch f.Child(python.FieldAttribute).Text() {
			case "values", "items", "keys":
				right = f.Child(python.FieldObject)
			}
		case f.Kind() == python.Attribute && f.Child(python.FieldAttribute).Text() == "get" && first.Kind() != python.KeywordArgument:
			return view, right, placeOf(fn, f.Child(python.FieldObject)).item(first)
		case f.Kind() == python.Identifier && first.Valid():
			switch f.Text() {
			case "enumerate", "reversed", "iter", "zip":
				return iterated(fn, first)
			}
		}
	}
	right = right.Unwrap()
	if !right.Is(python.Attribute, python.Identifier, python.Subscript) {
		return view, right, place{}
	}
	return view, right, placeOf(fn, right)
}

// container is what a loop goes over.
type container uint8

const (
	noContainer container = iota
	listLike              // it may change while a loop goes over it, which then leaves out or repeats items
	setLike               // a set or deque: adding and removing fail
	dictLike              // a new or removed key fails
)

// containerOf is the kind of container that an expression certainly gives.
func containerOf(p *diagnostics.Pass, n python.Node) container {
	kind := noContainer
	known := p.Type(n).Every(func(a program.Atom) bool {
		if a.Kind != program.Instance {
			return false
		}
		k := noContainer
		switch {
		case p.Program.Subclass(a.Class, "list"):
			k = listLike
		case p.Program.Subclass(a.Class, "dict"):
			k = dictLike
		case p.Program.Subclass(a.Class, "set"), p.Program.Subclass(a.Class, "collections.deque"):
			k = setLike
		}
		if a.Class.Name == "weakref.WeakSet" || strings.HasPrefix(a.Class.Name, "weakref.") {
			return false
		}
		if kind == noContainer {
			kind = k
		}
		return k != noContainer && k == kind
	})
	if !known {
		return noContainer
	}
	return kind
}

// takesOut are the methods that take something out of a container; puts those that put something in.
var (
	takesOut = map[string]bool{"remove": true, "pop": true, "popitem": true, "popleft": true, "discard": true, "clear": true, "difference_update": true}
	puts     = map[string]bool{"add": true, "update": true, "setdefault": true, "insert": true, "appendleft": true}
)

// changed is where another function changes the container at a place, so that a loop over it may meet the change, and whether it
// takes something out; no node when nothing is seen to do so.
func changed(p *diagnostics.Pass, fn python.Node, x place, kind container) (at python.Node, removed bool) {
	var added python.Node
	for n := range x.names(p) {
		in := n.Function()
		if !in.Valid() || in == fn || in.Inside(fn) || !n.Live() {
			continue
		}
		name := in.Child(python.FieldName).Text()
		if begins(name) || strings.HasPrefix(name, "test") {
			continue
		}
		for n.Parent().Is(python.Attribute, python.Subscript) && n.Field() != python.FieldSubscript && !x.overlaps(placeOf(in, n)) {
			n = n.Parent() // self.a.b of self.a
		}
		if !x.overlaps(placeOf(in, n)) {
			continue
		}
		up := n.Parent()
		switch {
		case up.Kind() == python.Attribute && up.Parent().Is(python.ArgumentList, python.KeywordArgument) && takesOut[up.Child(python.FieldAttribute).Text()]:
			return up, true // add_done_callback(tasks.discard)
		case up.Kind() == python.Attribute && up.Field() == python.FieldFunction:
			switch method := up.Child(python.FieldAttribute).Text(); {
			case takesOut[method]:
				return up, true
			case puts[method] && (in.IsAsync() || kind == listLike):
				added = up
			}
		case up.Kind() == python.Subscript && n.Field() == python.FieldValue:
			switch {
			case up.Up(python.DeleteStmt).Valid() && up.Parent().Is(python.DeleteStmt, python.ExpressionList, python.TupleExpr):
				return up, true
			case kind == dictLike && up.Field() == python.FieldLeft && up.Parent().Kind() == python.Assignment && in.IsAsync():
				added = up
			}
		}
	}
	return added, false
}

// begins says whether a function of the name is one that runs before what is at work later.
func begins(name string) bool {
	name = strings.TrimPrefix(strings.Trim(strings.ToLower(name), "_"), "async_")
	for _, prefix := range []string{"init", "new", "post_init", "setup", "set_up", "start", "load", "asyncsetup", "build", "configure"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// comesBack says whether the loop goes on to its next item, with no lock held, after others have run.
func comesBack(p *diagnostics.Pass, fn, loop python.Node) bool {
	type state struct {
		held   guarded
		inside bool // of the loop: it has given an item
		waited bool
	}
	found := false
	raises := func(s python.Step, _ state) python.Exc { return released(p, s) }
	whole := diagnostics.FollowRaising(p, fn, state{}, raises, func(s python.Step, k state) (state, bool) {
		switch {
		case s.Kind == python.StepNext && s.Node == loop:
			if k.waited {
				found = true
				return k, false
			}
			k.inside = true
			return k, true
		case k.inside && !s.Node.Inside(loopOf(loop)):
			k.inside, k.waited = false, false
		}
		var others bool
		if k.held, others = k.held.step(p, s); k.inside && others {
			k.waited = true
		}
		return k, true
	})
	return found && whole || loop.Kind() == python.ForInClause && !heldAt(p, loop)
}

// loopOf is the statement or comprehension of a loop.
func loopOf(loop python.Node) python.Node {
	if loop.Kind() == python.ForInClause {
		return loop.Parent()
	}
	return loop
}
