// Package sync finds mistakes with what tasks share: locks that do not keep anybody out, or keep out for ever, queues whose
// items are never done with, and state that others change while a task waits.
//
// It knows the primitives of asyncio, anyio, trio, threading and multiprocessing by their types. What looks like a lock by
// its name only is never reported, but counts as one where that makes a rule silent.
package sync

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// role is what a primitive does for those who share it.
type role uint8

const (
	noRole    role = iota
	lock           // lets one in at a time
	reentrant      // a lock that whoever holds it may take again
	condition      // a lock with a queue of those who wait for something to change
	semaphore      // lets so many in at a time
	event          // lets those go on who wait for it once it is set
	queue          // hands items on
)

// primitive is what is known of something by its type.
type primitive struct {
	role
	name    string // qualified: "asyncio.Lock"
	threads bool   // it keeps threads apart, not tasks
}

// primitives are the roles of the classes that are told by their names.
var primitives = map[string]role{
	"asyncio.Lock": lock, "asyncio.Condition": condition, "asyncio.Semaphore": semaphore, "asyncio.BoundedSemaphore": semaphore, "asyncio.Event": event,
	"asyncio.Queue": queue, "asyncio.PriorityQueue": queue, "asyncio.LifoQueue": queue,
	"anyio.Lock": lock, "anyio.Condition": condition, "anyio.Semaphore": semaphore, "anyio.CapacityLimiter": semaphore, "anyio.Event": event,
	"trio.Lock": lock, "trio.StrictFIFOLock": lock, "trio.Condition": condition, "trio.Semaphore": semaphore, "trio.CapacityLimiter": semaphore, "trio.Event": event,
	"threading.Lock": lock, "threading.RLock": reentrant, "threading._RLock": reentrant, "threading.Condition": condition, "threading.Semaphore": semaphore, "threading.BoundedSemaphore": semaphore,
	"multiprocessing.synchronize.Lock": lock, "multiprocessing.synchronize.RLock": reentrant, "multiprocessing.synchronize.Condition": condition,
	"multiprocessing.synchronize.Semaphore": semaphore, "multiprocessing.synchronize.BoundedSemaphore": semaphore,
}

// ofThreads says whether a primitive of the name keeps threads or processes apart.
func ofThreads(name string) bool {
	return strings.HasPrefix(name, "threading.") || strings.HasPrefix(name, "multiprocessing.")
}

// primitiveOf is the primitive that a value of the type certainly is, if it is not None; its role is noRole when that is not
// certain.
func primitiveOf(p *diagnostics.Pass, t program.Type) primitive {
	var found primitive
	known := t.Every(func(a program.Atom) bool {
		if a.Kind != program.Instance {
			return false
		}
		x := primitiveClass(p, a.Class)
		if found.role == noRole {
			found = x
		}
		return x.role != noRole && x.role == found.role && x.threads == found.threads
	})
	if !known {
		return primitive{}
	}
	return found
}

// primitiveClass is the primitive that the instances of a class are.
func primitiveClass(p *diagnostics.Pass, c *program.Class) primitive {
	if r := primitives[c.Name]; r != noRole {
		return primitive{r, c.Name, ofThreads(c.Name)}
	}
	if c.Project() {
		for name, r := range primitives {
			// The bases of BoundedSemaphore and the like have the same role.
			if p.Program.Subclass(c, name) {
				return primitive{r, base(name), ofThreads(name)}
			}
		}
	}
	return primitive{}
}

// base is the class of which a known class is a special case, so that the name does not hang on the order of the search.
func base(name string) string {
	switch name {
	case "asyncio.BoundedSemaphore", "threading.BoundedSemaphore", "multiprocessing.synchronize.BoundedSemaphore":
		return strings.Replace(name, "Bounded", "", 1)
	case "asyncio.PriorityQueue", "asyncio.LifoQueue":
		return "asyncio.Queue"
	}
	return name
}

// made is the primitive that a call certainly makes.
func made(p *diagnostics.Pass, call python.Node) primitive {
	c, ok := p.Callee(call)
	if !ok {
		return primitive{}
	}
	if c.Class != nil {
		return primitiveClass(p, c.Class)
	}
	if r := primitives[c.Name]; r != noRole && c.Name == "threading.RLock" {
		return primitive{r, c.Name, true}
	}
	if strings.HasPrefix(c.Name, "multiprocessing.") {
		return primitiveOf(p, p.Type(call))
	}
	return primitive{}
}

// suspends is the first node below n, and in the same function, where the task gives way to others; no node when there is none.
func suspends(n python.Node) python.Node {
	fn := n.Function()
	for c := range n.Walk {
		switch c.Kind() {
		case python.Await:
		case python.ForStmt, python.WithStmt, python.ForInClause:
			if !c.IsAsync() {
				continue
			}
		default:
			continue
		}
		if c.Function() == fn && c.Live() {
			return c
		}
	}
	return python.Node{}
}

type waitsKey struct{}

// waits says whether the task may give way to others anywhere in a function.
func waits(p *diagnostics.Pass, fn python.Node) bool {
	return diagnostics.Once(p, waitsKey{}, fn, func() bool { return suspends(fn.Child(python.FieldBody)).Valid() })
}

// inTest says whether a node is in a test function, which may show what locks and queues do with no other task around.
func inTest(n python.Node) bool {
	for fn := n.Function(); fn.Valid(); fn = fn.Function() {
		if fn.Kind() == python.FunctionDef && strings.HasPrefix(fn.Child(python.FieldName).Text(), "test") {
			return true
		}
	}
	return false
}

// spell is how to write a qualified name where a node stands; ok is false when a local name hides it there.
func spell(p *diagnostics.Pass, at python.Node, name string) (text string, imports []string, ok bool) {
	text, imports = p.Spell(name)
	first, _, _ := strings.Cut(text, ".")
	return text, imports, at.Scope().Lookup(first) == nil
}
