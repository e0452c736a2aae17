package hover

import (
	"fmt"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// shared is something that other tasks can reach, too, as it is spelled: "self.count", "cache".
type shared struct {
	name  string
	read  python.Node // the last read before the await
	write python.Node // the first write behind it that does not look again
}

// interleaved says what other tasks may change during an await: what the coroutine has read before, and writes afterwards without looking
// again. It is "" where that is nothing: most awaits have nothing to fear.
func interleaved(p *diagnostics.Pass, file *python.File, start int, await python.Node) string {
	fn := await.Function()
	if fn.Kind() != python.FunctionDef || !fn.IsAsync() {
		return ""
	}
	var parts []string
	for _, s := range stale(p, fn, await) {
		place := fmt.Sprintf("read on line %d and written on line %d", line(file, start, s.read), line(file, start, s.write))
		if line(file, start, s.read) == line(file, start, s.write) {
			place = "read before it and written behind it"
		}
		text := "`" + s.name + "`, " + place + ", may have changed in between."
		if others := writers(file, fn, s.name); len(others) > 0 {
			text += " " + sentence(others) + "."
		}
		parts = append(parts, text)
	}
	if parts == nil {
		return ""
	}
	return "Other tasks may run during this `await`.\n\n" + strings.Join(parts, "\n\n")
}

func line(file *python.File, start int, n python.Node) int {
	return file.Text().LineAt(start+n.Span().Start) + 1
}

const maxShared = 6 // of a coroutine; more would not fit the box

// stale follows the ways through a coroutine by an await and finds what is read before it and written behind it.
func stale(p *diagnostics.Pass, fn, await python.Node) []shared {
	var found []shared
	for _, name := range written(fn) {
		if s, ok := across(p, fn, await, name); ok {
			found = append(found, s)
		}
		if len(found) == maxShared {
			break
		}
	}
	return found
}

// written are the names of what others can reach that a coroutine writes, in the order of the text.
func written(fn python.Node) []string {
	var names []string
	seen := map[string]bool{}
	for n := range fn.Child(python.FieldBody).Walk {
		var targets python.Node
		switch n.Kind() {
		case python.Assignment, python.AugmentedAssignment, python.ForStmt:
			targets = n.Child(python.FieldLeft)
		case python.DeleteStmt, python.AsPatternTarget:
			targets = n
		default:
			continue
		}
		for t := range targets.Walk {
			if name := reachable(t, fn); name != "" && !seen[name] && writes(t, targets) {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// writes says whether a name among the targets of a statement is itself assigned, or the container that is.
func writes(n, targets python.Node) bool {
	for n != targets {
		up := n.Parent()
		switch {
		case up.Kind() == python.Subscript && n.Field() == python.FieldValue:
		case up.Is(python.PatternList, python.TuplePattern, python.ListPattern, python.ListSplatPattern, python.ExpressionList, python.TupleExpr, python.ListExpr):
		case up.Is(python.DeleteStmt, python.AsPatternTarget):
		default:
			return false
		}
		n = up
	}
	return true
}

// reachable is the spelling of an attribute of the own object, of a name of the module, or of a function around, where the node is
// one; "" otherwise.
func reachable(n, fn python.Node) string {
	switch n.Kind() {
	case python.Attribute:
		object := n.Child(python.FieldObject)
		if object.Kind() == python.Identifier && n.Function() == fn && ofSelf(object) {
			return n.Text()
		}
	case python.Identifier:
		if n.Field() == python.FieldAttribute || n.Field() == python.FieldName && n.Parent().Kind() == python.KeywordArgument || n.Function() != fn {
			return ""
		}
		if l := n.Scope().Lookup(n.Text()); l == nil || l.Scope.Kind == python.FunctionScope && l.Scope.Node != fn {
			return n.Text()
		}
	}
	return ""
}

// ofSelf says whether an identifier is the own object of a method, or its class.
func ofSelf(object python.Node) bool {
	op := object.Value().Op
	return op == shape.Self || op == shape.Cls
}

// way is what is known of something shared on a way through the coroutine.
type way struct {
	read   python.Node // the last read, unless the coroutine has written it itself since
	passed bool        // the await came after that
}

// across finds a read before an await and a write behind it on one way, with nothing in between that looks again.
func across(p *diagnostics.Pass, fn, await python.Node, name string) (s shared, ok bool) {
	diagnostics.Follow(p, fn, way{}, func(step python.Step, w way) (way, bool) {
		switch step.Kind {
		case python.StepEval:
			if step.Node == await && w.read.Valid() {
				w.passed = true
			}
		case python.StepRead:
			if reachable(step.Node, fn) == name && !target(step.Node) {
				w = way{read: step.Node}
			}
		case python.StepBind, python.StepDelete:
			n := step.Node
			for n.Kind() == python.Subscript {
				n = n.Child(python.FieldValue)
			}
			if reachable(n, fn) != name {
				break
			}
			if w.passed && !ok && !locked(p, w.read, await, n) {
				s, ok = shared{name, w.read, n}, true
			}
			w = way{}
		}
		return w, !ok
	})
	return s, ok
}

// target says whether a read only gets hold of a container in order to write into it.
func target(n python.Node) bool {
	child := n
	for up := n.Parent(); up.Kind() == python.Subscript && child.Field() == python.FieldValue; up = up.Parent() {
		child = up
	}
	if child == n {
		return false
	}
	up := child.Parent()
	return up.Kind() == python.Assignment && child.Field() == python.FieldLeft || up.Is(python.DeleteStmt, python.PatternList)
}

// locked says whether a lock is held from a read to a write, or seems to be: other tasks that take it wait until then.
func locked(p *diagnostics.Pass, read, await, write python.Node) bool {
	for with := await.Up(python.WithStmt); with.Valid(); with = with.Up(python.WithStmt) {
		if !with.IsAsync() || !read.Inside(with) || !write.Inside(with) {
			continue
		}
		for item := range with.Walk {
			if item.Kind() == python.WithItem && item.Up(python.WithStmt) == with && isLock(p, item.FirstNamed()) {
				return true
			}
		}
	}
	for n := range await.Function().Child(python.FieldBody).Walk { // lock.acquire() ... lock.release()
		if n.Kind() == python.Attribute && n.Child(python.FieldAttribute).Text() == "acquire" {
			return true
		}
	}
	return false
}

// isLock says whether entering a context manager lets one task in at a time; a name that is not resolved counts by how it is spelled.
func isLock(p *diagnostics.Pass, manager python.Node) bool {
	if manager.Kind() == python.AsPattern {
		manager = manager.FirstNamed()
	}
	t := p.Type(manager)
	for _, a := range t.Atoms() {
		if a.Kind != program.Instance {
			continue
		}
		switch name := a.QName(); name[strings.LastIndexByte(name, '.')+1:] {
		case "Lock", "Condition", "Semaphore", "BoundedSemaphore", "StrictFIFOLock":
			return true
		}
	}
	spelled := strings.ToLower(manager.Text())
	return t.Open() && (strings.Contains(spelled, "lock") || strings.Contains(spelled, "mutex") || strings.Contains(spelled, "sem"))
}

// writers are the other functions of the file that write something shared: the methods of the same class, or any function for a name
// of the module.
func writers(file *python.File, fn python.Node, name string) []string {
	word := name[strings.LastIndexByte(name, '.')+1:]
	own := fn.Block().Class()
	var names []string
	for b := range file.Blocks {
		if !strings.Contains(b.Text(), word) || strings.Contains(name, ".") && b.Class() != own {
			continue
		}
		for other := range b.Root().Walk {
			if other.Kind() != python.FunctionDef || other == fn || other.Child(python.FieldName).Text() == "__init__" {
				continue
			}
			for _, w := range written(other) {
				if w == name {
					names = append(names, "`"+other.Child(python.FieldName).Text()+"`")
					break
				}
			}
		}
	}
	return names
}

// sentence says who writes it, too.
func sentence(names []string) string {
	const most = 3
	verb := " writes it, too"
	if len(names) > 1 {
		verb = " write it, too"
	}
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d others", len(names)-most) + verb
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1] + verb
	}
	return names[0] + verb
}
