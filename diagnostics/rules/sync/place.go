package sync

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// place is state that tasks may share: an attribute of self, a name of the module or of the function around, or an attribute or
// item of one of them.
type place struct {
	kind  placeKind
	root  string        // the attribute of self or the name that it hangs on: "x" for self.x.y[z]
	class string        // the class of self
	local *python.Local // the name of the function around
	text  string        // all of it, without white space
}

type placeKind uint8

const (
	noPlace  placeKind = iota
	onSelf             // self.x
	global             // a name of the module
	captured           // a name of the function around
)

// placeOf is the place that an expression in a function names; its kind is noPlace when it names none.
func placeOf(fn, n python.Node) place {
	n = n.Unwrap()
	switch n.Kind() {
	case python.Identifier:
		return nameOf(fn, n)
	case python.Attribute:
		object, name := n.Child(python.FieldObject).Unwrap(), n.Child(python.FieldAttribute).Text()
		if object.Kind() == python.Identifier {
			if v := object.Value(); v.Op == shape.Self || v.Op == shape.Cls {
				return place{kind: onSelf, root: name, class: classOf(n), text: object.Text() + "." + name}
			}
		}
		x := placeOf(fn, object)
		x.text += "." + name
		return x
	case python.Subscript:
		x := placeOf(fn, n.Child(python.FieldValue))
		key := n.Child(python.FieldSubscript)
		if !key.Valid() || key.Kind() == python.Slice {
			return place{}
		}
		return x.item(key)
	}
	return place{}
}

// nameOf is the place that a name is in a function.
func nameOf(fn, id python.Node) place {
	name := id.Text()
	l := id.Scope().Lookup(name)
	switch {
	case l == nil:
		return place{kind: global, root: name, text: name}
	case l.Scope.Kind == python.FunctionScope && l.Scope.Node != fn && fn.Inside(l.Scope.Node):
		return place{kind: captured, root: name, local: l, text: name}
	}
	return place{}
}

// steady says whether an expression gives the same each time as long as its names are not bound anew.
func steady(n python.Node) bool {
	if !n.Valid() {
		return false
	}
	for c := range n.Walk {
		switch c.Kind() {
		case python.Await, python.NamedExpression, python.Yield, python.Lambda:
			return false
		case python.Call:
			switch diagnostics.LastName(c.Child(python.FieldFunction)) {
			case "next", "pop", "popleft", "popitem", "get_nowait", "random", "randint", "choice", "uuid4", "time", "monotonic":
				return false
			}
		}
	}
	return true
}

// classOf is the name of the class in which a node stands.
func classOf(n python.Node) string {
	if c := n.Up(python.ClassDef); c.Valid() {
		return c.Child(python.FieldName).Text()
	}
	return n.Block().Class()
}

// compact is the text of an expression without white space.
func compact(n python.Node) string {
	text := n.Text()
	if !strings.ContainsAny(text, " \t\r\n\f\v") { // mostly
		return text
	}
	return strings.Join(strings.Fields(text), "")
}

// item is the place in a container under a key.
func (x place) item(key python.Node) place {
	if x.kind == noPlace || !steady(key) {
		return place{}
	}
	if key.Kind() == python.TupleExpr { // x[(a, b)] is x[a, b]
		x.text += "[" + strings.TrimSuffix(strings.TrimPrefix(compact(key), "("), ")") + "]"
		return x
	}
	x.text += "[" + compact(key)
	for next := key.Next(); key.Field() == python.FieldSubscript && next.Valid(); next = next.Next() { // of x[a, b]
		if next.Field() != python.FieldSubscript {
			continue
		}
		if !steady(next) {
			return place{}
		}
		x.text += "," + compact(next)
	}
	x.text += "]"
	return x
}

// reads says whether an expression is a read of the place: the place itself, or get with its key.
func (x place) reads(fn, n python.Node) bool {
	switch n.Kind() {
	case python.Attribute, python.Subscript, python.Identifier:
		return placeOf(fn, n) == x
	case python.Call:
		f := n.Child(python.FieldFunction)
		if f.Kind() != python.Attribute || f.Child(python.FieldAttribute).Text() != "get" {
			return false
		}
		key := n.Child(python.FieldArguments).FirstNamed()
		return key.Valid() && placeOf(fn, f.Child(python.FieldObject)).item(key) == x
	}
	return false
}

// readIn says whether an expression reads the place.
func (x place) readIn(fn, n python.Node) bool {
	for c := range n.Walk {
		if c.Is(python.Attribute, python.Subscript, python.Identifier, python.Call) && x.reads(fn, c) {
			return true
		}
	}
	return false
}

// mentions says whether a name is part of what the place is reached by, such as the key of an item.
func (x place) mentions(name string) bool {
	for at := 0; ; {
		i := strings.Index(x.text[at:], name)
		if i < 0 {
			return false
		}
		i += at
		at = i + len(name)
		if (i == 0 || !wordByte(x.text[i-1]) && x.text[i-1] != '.') && (at == len(x.text) || !wordByte(x.text[at])) {
			return true
		}
	}
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// overlaps says whether another place may be the same: items under keys that are not constants may be.
func (x place) overlaps(y place) bool {
	a, b := x.text, y.text
	if x.kind != y.kind || x.root != y.root {
		return false
	}
	for a != b {
		i, j := strings.IndexByte(a, '['), strings.IndexByte(b, '[')
		if i < 0 || j < 0 || a[:i] != b[:j] {
			return false
		}
		keyA, restA := cutKey(a[i:])
		keyB, restB := cutKey(b[j:])
		if keyA != keyB && constantKey(keyA) && constantKey(keyB) {
			return false
		}
		a, b = restA, restB
	}
	return true
}

// cutKey splits a text that begins with a bracket behind the one that closes it.
func cutKey(s string) (key, rest string) {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return s[1:i], s[i+1:]
			}
		}
	}
	return s, ""
}

// constantKey says whether a key is a literal, or a name that is written as that of a constant.
func constantKey(key string) bool {
	return key != "" && !strings.ContainsFunc(key, func(r rune) bool { return r >= 'a' && r <= 'z' }) || strings.HasPrefix(key, `"`) || strings.HasPrefix(key, "'")
}

// names calls yield for each identifier of the file that names the root of the place, and the expression that it makes: the
// attribute of self in the methods of its class, or the name.
func (x place) names(p *diagnostics.Pass) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		if x.kind == captured {
			for n := range x.local.Scope.Node.Walk {
				if n.Kind() == python.Identifier && n.Text() == x.root && n.Scope().Lookup(x.root) == x.local && !yield(n) {
					return
				}
			}
			return
		}
		for n := range p.Occurrences(x.root) {
			if n.Kind() != python.Identifier {
				continue
			}
			up := n.Parent()
			attribute := up.Kind() == python.Attribute && n.Field() == python.FieldAttribute
			switch {
			case x.kind == onSelf && attribute:
				object := up.Child(python.FieldObject)
				if v := object.Value(); object.Kind() != python.Identifier || v.Op != shape.Self && v.Op != shape.Cls || classOf(n) != x.class {
					continue
				}
				n = up
			case x.kind == global && !attribute && n.Field() != python.FieldName && n.Scope().Lookup(x.root) == nil:
			default:
				continue
			}
			if !yield(n) {
				return
			}
		}
	}
}

// guards says whether an expression is a lock, or looks like one: what it is named after is enough to keep silent.
func guards(p *diagnostics.Pass, n python.Node) bool {
	n = n.Unwrap()
	if n.Kind() == python.Await {
		n = n.FirstNamed()
	}
	name := n
	if n.Kind() == python.Call {
		name = n.Child(python.FieldFunction)
	}
	for name.Is(python.Subscript, python.Attribute) {
		if name.Kind() == python.Subscript {
			name = name.Child(python.FieldValue)
			continue
		}
		if lockish(name.Child(python.FieldAttribute).Text()) {
			return true
		}
		name = name.Child(python.FieldObject)
	}
	if name.Kind() == python.Identifier && lockish(name.Text()) {
		return true
	}
	switch primitiveOf(p, p.Type(n)).role {
	case lock, reentrant, condition, semaphore:
		return true
	}
	for _, a := range p.Type(n).Atoms() {
		if a.Kind != program.NoneObject && lockish(a.QName()) {
			return true
		}
	}
	return false
}

// lockish says whether a name sounds like that of a lock.
func lockish(name string) bool {
	name = strings.ToLower(name)
	for _, other := range []string{"block", "clock"} {
		name = strings.ReplaceAll(name, other, "")
	}
	for _, word := range []string{"lock", "mutex", "sem", "limiter", "condition", "cond", "guard", "exclusive", "serial", "synchron", "critical"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// guarding is what a step does to the locks that are held: 1 takes one, -1 releases one.
func guarding(p *diagnostics.Pass, s python.Step) int8 {
	switch s.Kind {
	case python.StepEnter:
		if guards(p, s.Manager()) {
			return 1
		}
	case python.StepExit:
		if guards(p, s.Manager()) {
			return -1
		}
	case python.StepEval:
		if s.Node.Kind() != python.Call {
			return 0
		}
		f := s.Node.Child(python.FieldFunction)
		if f.Kind() != python.Attribute {
			return 0
		}
		switch f.Child(python.FieldAttribute).Text() {
		case "acquire", "acquire_nowait":
			if guards(p, f.Child(python.FieldObject)) {
				return 1
			}
		case "release":
			if guards(p, f.Child(python.FieldObject)) {
				return -1
			}
		}
	}
	return 0
}

// guarded is how many locks a task holds on a way.
type guarded int8

// step is what is held behind a step, and whether other tasks may run there while none is held.
func (held guarded) step(p *diagnostics.Pass, s python.Step) (after guarded, others bool) {
	change := guarding(p, s)
	after = max(0, min(8, held+guarded(change)))
	switch {
	case !s.Suspends(), s.Kind == python.StepExit && change < 0: // to let go is no reason to wait
		return after, false
	case s.Kind == python.StepEval && acquires(p, s.Node):
		return after, held <= 1 // the call has been counted, but the task waits until it gets in
	}
	return after, held == 0
}

// acquires says whether an await is that of a lock.
func acquires(p *diagnostics.Pass, await python.Node) bool {
	call := await.FirstNamed()
	f := call.Child(python.FieldFunction)
	return await.Kind() == python.Await && f.Kind() == python.Attribute && f.Child(python.FieldAttribute).Text() == "acquire" && guards(p, f.Child(python.FieldObject))
}

// released is what may come out of a step, where letting go of a lock always succeeds.
func released(p *diagnostics.Pass, s python.Step) python.Exc {
	if guarding(p, s) < 0 {
		return python.NoExc
	}
	return s.Raises()
}
