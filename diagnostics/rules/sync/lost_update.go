package sync

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed lost-update-across-await.md
var lostUpdateDoc string

// LostUpdate reports shared state that is written after an await from what was read before it.
var LostUpdate = &diagnostics.Rule{
	Code:     "AIO503",
	Name:     "lost-update-across-await",
	Family:   "sync",
	Severity: diagnostics.Warning,
	Doc:      lostUpdateDoc,
	On:       []python.Kind{python.Assignment, python.AugmentedAssignment},
	Check: func(p *diagnostics.Pass, write python.Node) {
		if !p.InCoroutine(write) {
			return
		}
		fn, target := write.Function(), write.Child(python.FieldLeft)
		right := write.Child(python.FieldRight)
		if !target.Is(python.Attribute, python.Subscript, python.Identifier) || !right.Valid() || !shareable(fn, target) || !waits(p, fn) {
			return
		}
		u := update{fn: fn, write: write, place: placeOf(fn, target)}
		if u.place.kind == noPlace {
			return
		}
		direct := false
		if write.Kind() == python.AugmentedAssignment {
			if direct = suspends(right).Valid() && !inPlace(p, target); !direct {
				return
			}
		} else {
			direct = u.changes(right, func(n python.Node) bool { return u.place.reads(fn, n) }) && suspends(right).Valid()
			if !direct && !u.fromLocals(right) {
				return
			}
		}
		read, wait := u.lost(p)
		if !wait.Valid() || serialised(p, fn) {
			return
		}
		severity := severityOf(p, fn, u.place)
		if severity == diagnostics.Warning && transient(p, fn) && runs(p, fn) != several {
			severity = diagnostics.Info
		}
		how, advice := "is written from what it was before the await", "read it again, or hold "+diagnostics.Indefinite(p.Library()+".Lock")
		if direct {
			how, advice = "is read before the await and written after it", "await first, and then update it"
		}
		r := p.Report(target, "`"+diagnostics.OneLine(target)+"` "+how+", so that what other tasks change meanwhile is lost; "+advice).Related(wait, "others run here").Severity(severity)
		if direct {
			awaitFirst(p, r, write, right)
		}
		guard(p, r, u.place, read, write)
	},
}

// shareable says, by its spelling alone, whether an assignment target may be shared: a name must be declared global or nonlocal.
func shareable(fn, target python.Node) bool {
	if target.Kind() != python.Identifier {
		return true
	}
	l := target.Scope().Lookup(target.Text())
	return l == nil || l.Scope.Node != fn
}

// update is a write that may lose what others wrote.
type update struct {
	fn, write python.Node
	place     place
	names     []string // the locals through which the old value may come, at most 8
}

// pure are builtins whose result is made of their arguments.
var pure = map[string]bool{"max": true, "min": true, "int": true, "float": true, "str": true, "round": true, "abs": true, "sum": true, "list": true, "dict": true, "set": true, "tuple": true, "sorted": true}

// changes says whether an expression computes something new of what old says is the old value.
func (u *update) changes(n python.Node, old func(python.Node) bool) bool {
	for c := range n.Walk {
		if !c.Is(python.Attribute, python.Subscript, python.Identifier, python.Call) || !old(c) {
			continue
		}
		changed := false
		for child, up := c, c.Parent(); ; child, up = up, up.Parent() {
			if child == n {
				if changed {
					return true
				}
				break
			}
			switch up.Kind() {
			case python.BinaryOperator, python.UnaryOperator, python.Interpolation, python.ListSplat, python.DictionarySplat, python.ListExpr, python.DictExpr, python.SetExpr:
				changed = true
				continue
			case python.Paren, python.String, python.ConcatenatedString:
				continue
			case python.ConditionalExpression:
				if child != decider(up) {
					continue
				}
			case python.ArgumentList:
				if fn := up.Parent().Child(python.FieldFunction); fn.Kind() == python.Identifier && pure[fn.Text()] {
					changed = true
					continue
				}
			case python.Call:
				if up.Child(python.FieldArguments) == child {
					continue
				}
			}
			break
		}
	}
	return false
}

// given is the expression of which a binding gives its name the value, by itself or as part of a tuple that is written out; no node when there is
// none.
func given(b *python.Binding) python.Node {
	switch {
	case b.Kind != python.BindAssign && b.Kind != python.BindAugment || !b.Value.Valid():
		return python.Node{}
	case len(b.Path) == 0:
		return b.Value
	case len(b.Path) == 1 && b.Value.Is(python.TupleExpr, python.ExpressionList):
		i := 0
		for c := range b.Value.Named {
			if c.Is(python.ListSplat, python.ParenthesizedListSplat) {
				break
			}
			if i == b.Path[0] {
				return c
			}
			i++
		}
	}
	return python.Node{}
}

// decider is what a conditional expression decides by.
func decider(n python.Node) python.Node {
	i := 0
	for c := range n.Named {
		if i == 1 {
			return c
		}
		i++
	}
	return python.Node{}
}

// fromLocals says whether the value that is written is computed of locals that hold what was read, and notes their names.
func (u *update) fromLocals(right python.Node) bool {
	isLocal := func(n python.Node) *python.Local {
		if n.Kind() != python.Identifier || n.Field() == python.FieldAttribute || n.Field() == python.FieldName {
			return nil
		}
		if l := n.Scope().Lookup(n.Text()); l != nil && l.Scope.Kind == python.FunctionScope && l.Scope.Node == u.fn {
			return l
		}
		return nil
	}
	reads := false
	var add func(n python.Node)
	add = func(n python.Node) {
		for c := range n.Walk {
			l := isLocal(c)
			if l == nil || slices.Contains(u.names, l.Name) || len(u.names) == 8 || l.Captured {
				continue
			}
			u.names = append(u.names, l.Name)
			for _, b := range l.Bindings {
				if v := given(b); v.Valid() {
					reads = reads || u.place.readIn(u.fn, v)
					add(v)
				}
			}
		}
	}
	add(right)
	if !reads {
		return false
	}
	// The plain old value is what was there: putting it back is no update.
	return u.changes(right, func(n python.Node) bool { return isLocal(n) != nil && slices.Contains(u.names, n.Text()) }) || u.computed(right)
}

// computed says whether the value is a local name that is bound to something new made of the old value.
func (u *update) computed(right python.Node) bool {
	right = right.Unwrap()
	if right.Kind() != python.Identifier {
		return false
	}
	l := right.Scope().Lookup(right.Text())
	if l == nil {
		return false
	}
	for _, b := range l.Bindings {
		if v := given(b); b.Kind == python.BindAugment || v.Valid() && u.changes(v, func(n python.Node) bool {
			return u.place.reads(u.fn, n) || n.Kind() == python.Identifier && slices.Contains(u.names, n.Text()) && n.Text() != right.Text()
		}) {
			return true
		}
	}
	return false
}

// age says what is known of a value on a way.
type age uint8

const (
	other age = iota // it has nothing to do with what the place held
	fresh            // it is what the place held, or was made of it
	stale            // others may have changed the place since
)

// updateState is what is known of a way to the write.
type updateState struct {
	held  guarded
	read  age    // of the place itself, where it was read last
	names [8]age // of the locals
}

func (s *updateState) pass() {
	grow := func(a *age) {
		if *a == fresh {
			*a = stale
		}
	}
	grow(&s.read)
	for i := range s.names {
		grow(&s.names[i])
	}
}

// again is what is known once the place was looked at again.
func (s *updateState) again() {
	if s.read == stale {
		s.read = other
	}
	for i := range s.names {
		if s.names[i] == stale {
			s.names[i] = other
		}
	}
}

// lost is where the place is read and where others may run between that and the write, on some way; no nodes when there is none.
func (u *update) lost(p *diagnostics.Pass) (first, between python.Node) {
	var read, wait python.Node
	right := u.write.Child(python.FieldRight)
	target := u.write.Child(python.FieldLeft)
	raises := func(s python.Step, _ updateState) python.Exc { return released(p, s) }
	diagnostics.FollowRaising(p, u.fn, updateState{}, raises, func(s python.Step, k updateState) (updateState, bool) {
		switch s.Kind {
		case python.StepRead:
			if u.place.reads(u.fn, s.Node) {
				k.read, read = fresh, s.Node
			}
		case python.StepEval:
			if s.Node.Kind() == python.Call && u.place.reads(u.fn, s.Node) {
				k.read, read = fresh, s.Node
			}
		case python.StepTrue, python.StepFalse:
			if u.place.readIn(u.fn, s.Node) {
				k.again()
			}
		case python.StepDelete:
			if placeOf(u.fn, s.Node) == u.place {
				k.read, k.names = other, [8]age{}
			}
		case python.StepBind:
			if s.Node == target {
				if u.write.Kind() == python.AugmentedAssignment || u.place.readIn(u.fn, right) {
					if k.read == stale {
						first, between = read, wait
						return k, false
					}
				}
				for c := range right.Walk {
					if i := u.index(c); i >= 0 && k.names[i] == stale {
						first, between = read, wait
						return k, false
					}
				}
				k.read, k.names = other, [8]age{}
				return k, true
			}
			if s.Node.Kind() == python.Identifier {
				if i := slices.Index(u.names, s.Node.Text()); i >= 0 {
					k.names[i] = u.bound(s.Node, i, k)
				}
				if u.place.mentions(s.Node.Text()) { // another key
					k.read, k.names = other, [8]age{}
				}
				if u.place.kind == onSelf || u.place.kind == global && s.Node.Text() != u.place.text {
					return k, true
				}
			}
			if x := placeOf(u.fn, s.Node); x.kind == u.place.kind && strings.HasPrefix(u.place.text, x.text) && x.root == u.place.root {
				k.read, k.names = other, [8]age{} // who writes it in between has made sure of it
			}
		}
		var others bool
		if k.held, others = k.held.step(p, s); others {
			wait = s.Node
			k.pass()
		}
		return k, true
	})
	return first, between
}

// index is the number of the local that an identifier reads; -1 when it is none of them.
func (u *update) index(n python.Node) int {
	if n.Kind() != python.Identifier || n.Field() == python.FieldAttribute || n.Field() == python.FieldName {
		return -1
	}
	return slices.Index(u.names, n.Text())
}

// bound is the age of what a binding gives a name.
func (u *update) bound(id python.Node, i int, k updateState) age {
	b := id.Binding()
	if b == nil {
		return other
	}
	value := given(b)
	if !value.Valid() {
		return other
	}
	a := other
	if b.Kind == python.BindAugment {
		a = k.names[i]
	}
	if value.Kind() == python.AugmentedAssignment {
		value = value.Child(python.FieldRight)
	}
	if u.place.readIn(u.fn, value) {
		a = max(a, k.read)
	}
	for c := range value.Walk {
		if j := u.index(c); j >= 0 {
			a = max(a, k.names[j])
		}
	}
	return a
}

// inPlace says whether += changes what the target holds, rather than to put something else in its place.
func inPlace(p *diagnostics.Pass, target python.Node) bool {
	for _, a := range p.Type(target).Atoms() {
		if a.Kind != program.Instance {
			continue
		}
		if _, ok := p.Program.Member(a, "__iadd__"); ok {
			return true
		}
		switch a.QName() {
		case "list", "set", "dict", "bytearray", "collections.deque", "collections.Counter", "collections.defaultdict":
			return true
		}
	}
	return false
}

// awaitFirst offers to await before the statement and update behind that.
func awaitFirst(p *diagnostics.Pass, r diagnostics.Reporter, write, right python.Node) {
	stmt := write.Parent()
	text, s := stmt.Block().Text(), stmt.Span()
	start := strings.LastIndexByte(text[:s.Start], '\n') + 1
	indent := text[start:s.Start]
	if stmt.Kind() != python.ExprStmt || strings.TrimSpace(indent) != "" {
		return
	}
	var await python.Node
	for n := range right.Walk {
		switch {
		case n.Is(python.ConditionalExpression, python.BooleanOperator, python.Lambda, python.ListComp, python.SetComp, python.DictComp, python.GeneratorExpr):
			return // it may not be evaluated, or more than once
		case n.Kind() == python.Await && await.Valid() && !n.Inside(await):
			return
		case n.Kind() == python.Await && !await.Valid():
			await = n
		}
	}
	name := "result"
	for i := 0; write.Scope().Lookup(name) != nil || p.Global(name) != nil; i++ {
		if i == 3 {
			return
		}
		name = []string{"added", "update", "new_result"}[i]
	}
	value := await
	if value.Parent().Kind() == python.Paren {
		value = value.Parent()
	}
	r.Fix(diagnostics.Fix{Title: "Await first, and then update it", Edits: []diagnostics.Edit{
		{Span: python.Span{Start: s.Start, End: s.Start}, New: name + " = " + await.Text() + "\n" + indent},
		diagnostics.Replace(value, name),
	}})
}
