package diagnostics

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// Routine is a function of a file, or something that code calls of which the source does not matter, such as time.sleep.
type Routine struct {
	Name  string       // "Store.load"; of what has no source the qualified name
	Async bool         // a coroutine function
	File  *python.File // nil when the source does not matter
	Span  python.Span  // its definition in the file, in bytes; no span when the source does not matter
	Head  python.Span  // its name there
}

// Calls are the calls of one routine in another.
type Calls struct {
	Routine Routine // the one that calls, or that is called
	Spans   []python.Span
}

// RoutineAt is the routine whose name stands at a byte offset of a file, where it is defined or called. ok is false where
// there is none.
func (c *Checker) RoutineAt(v *View, file *python.File, offset int, goal *Goal) (r Routine, ok bool) {
	b, start := file.At(offset)
	if b == nil {
		return r, false
	}
	n := b.At(offset - start)
	for n.Parent().Kind() == python.Attribute && n.Field() == python.FieldAttribute {
		n = n.Parent()
	}
	if n.Parent().Kind() == python.FunctionDef && n.Field() == python.FieldName {
		return routineOf(file, n.Parent()), true
	}
	call := Called(n)
	if !call.Valid() {
		return r, false
	}
	p := c.pass(v, file, b)
	if callee, ok := p.Callee(call); ok && callee.Func != nil {
		if decl, in := v.declaration(callee.Func), v.fileOf(callee.Func); decl.Kind() == python.FunctionDef && in != nil {
			return routineOf(in, decl), true
		}
	}
	if deed, ok := goal.at(p, call); ok {
		return Routine{Name: deed.What}, true
	}
	return r, false
}

// Word is what a call of the routine calls it, as a rule: the last part of its name, or of that of its class.
func (r *Routine) Word() string {
	name := strings.TrimSuffix(r.Name, ".__init__")
	return name[strings.LastIndexByte(name, '.')+1:]
}

// Outgoing are the calls in a routine that lead to a goal: those that reach it by themselves, those of functions that do, and those of
// coroutine functions that wait for such.
func (c *Checker) Outgoing(v *View, r Routine, goal *Goal) []Calls {
	fn, block := r.node()
	if !fn.Valid() {
		return nil
	}
	start, _ := r.File.Start(block)
	p := c.pass(v, r.File, block)
	found := collector{}
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Function() != fn || !n.Live() {
			continue
		}
		if deed, ok := goal.at(p, n); ok {
			found.add(Routine{Name: deed.What}, n.Span().Shift(start))
			continue
		}
		if !n.Is(calling...) {
			continue
		}
		if chain := p.Reach(n, goal); chain != nil {
			if to := chain.Steps[0].Func; v.declaration(to).Kind() == python.FunctionDef {
				found.add(routineOf(v.fileOf(to), v.declaration(to)), n.Span().Shift(start))
			}
			continue
		}
		if n.Kind() == python.Call {
			callee, ok := p.Callee(n)
			if ok && callee.Func != nil && callee.Func.Decl.Async && c.waits(v, callee.Func, goal, map[python.Node]bool{fn: true}) {
				found.add(routineOf(v.fileOf(callee.Func), v.declaration(callee.Func)), n.Span().Shift(start))
			}
		}
	}
	return found.calls
}

// Reached are the coroutine functions in some files that call a plain one, themselves or through other plain functions. holding gives the
// files that hold a word. all is false where there may be more: so many functions are looked at and no more.
func (c *Checker) Reached(v *View, r Routine, holding func(word string) iter.Seq[*python.File], goal *Goal) (by []Routine, all bool) {
	queue := []Routine{r}
	key := func(r Routine) string { return r.File.Path + "\x00" + r.Name }
	seen := map[string]bool{key(r): true}
	for i := 0; i < len(queue); i++ {
		if i == maxReached {
			return by, false
		}
		for _, calls := range c.Incoming(v, queue[i], holding(queue[i].Word()), goal) {
			switch from := calls.Routine; {
			case seen[key(from)]:
			case from.Async:
				seen[key(from)] = true
				by = append(by, from)
			default:
				seen[key(from)] = true
				queue = append(queue, from)
			}
		}
	}
	return by, true
}

// maxReached is how many functions are looked at, each of which takes a look at all files that hold its name.
const maxReached = 30

// waits says whether a coroutine function leads to a goal, by itself or through others that it calls.
func (c *Checker) waits(v *View, f *program.Func, goal *Goal, seen map[python.Node]bool) bool {
	fn, file := v.declaration(f), v.fileOf(f)
	if fn.Kind() != python.FunctionDef || file == nil || seen[fn] || len(seen) > 200 {
		return false
	}
	seen[fn] = true
	p := c.pass(v, file, fn.Block())
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Function() != fn || !n.Live() {
			continue
		}
		if _, ok := goal.at(p, n); ok {
			return true
		}
		if n.Is(calling...) && p.Reach(n, goal) != nil {
			return true
		}
		if n.Kind() == python.Call {
			if callee, ok := p.Callee(n); ok && callee.Func != nil && callee.Func.Decl.Async && c.waits(v, callee.Func, goal, seen) {
				return true
			}
		}
	}
	return false
}

// Incoming are the calls of a routine in functions of some files. goal says what those without a source are.
func (c *Checker) Incoming(v *View, r Routine, files iter.Seq[*python.File], goal *Goal) []Calls {
	word := r.Word()
	found := collector{}
	for file := range files {
		for b, start := range file.Blocks {
			if !strings.Contains(b.Text(), word) {
				continue
			}
			p := c.pass(v, file, b)
			for n := range b.Root().Walk {
				if n.Kind() != python.Call || LastName(n.Child(python.FieldFunction)) != word {
					continue
				}
				fn := n.Function()
				for fn.Kind() == python.Lambda {
					fn = fn.Function()
				}
				if fn.Valid() && n.Live() && c.calls(p, n, r, goal) {
					found.add(routineOf(file, fn), n.Span().Shift(start))
				}
			}
		}
	}
	return found.calls
}

// calls says whether a call is one of a routine.
func (c *Checker) calls(p *Pass, call python.Node, r Routine, goal *Goal) bool {
	if r.File == nil {
		deed, ok := goal.at(p, call)
		return ok && deed.What == r.Name
	}
	callees, _ := p.Callees(call)
	for _, callee := range callees {
		if callee.Func == nil {
			continue
		}
		if file := p.fileOf(callee.Func); file != nil && file.Path == r.File.Path && callee.Func.Decl.Path == r.Name {
			return true
		}
	}
	return false
}

// pass looks at a block outside of a check.
func (c *Checker) pass(v *View, file *python.File, b *python.Block) *Pass {
	return &Pass{env: v.env(file), file: file, Block: b, Settings: &c.settings, found: new([]raw), sought: new([]string)}
}

// routineOf is a function definition as a routine.
func routineOf(file *python.File, fn python.Node) Routine {
	start, _ := file.Start(fn.Block())
	name := fn.Child(python.FieldName)
	r := Routine{Name: name.Text(), Async: fn.IsAsync(), File: file, Span: fn.Span().Shift(start), Head: name.Span().Shift(start)}
	if f := fn.Func(); f != nil && f.Path != "" {
		r.Name = f.Path
	}
	return r
}

// node is the definition of a routine and its block; no node when it has none, or its file is another by now.
func (r *Routine) node() (fn python.Node, b *python.Block) {
	if r.File == nil {
		return fn, nil
	}
	b, start := r.File.At(r.Head.Start)
	if b == nil {
		return fn, nil
	}
	n := b.At(r.Head.Start - start)
	if n.Field() != python.FieldName || n.Parent().Kind() != python.FunctionDef {
		return fn, nil
	}
	return n.Parent(), b
}

// Find is a routine by its name in a file, as it is now.
func Find(file *python.File, name string) (Routine, bool) {
	for b := range file.Blocks {
		if !strings.Contains(b.Text(), name[strings.LastIndexByte(name, '.')+1:]) {
			continue
		}
		for n := range b.Root().Walk {
			if n.Kind() == python.FunctionDef {
				if r := routineOf(file, n); r.Name == name {
					return r, true
				}
			}
		}
	}
	return Routine{}, false
}

// collector puts the calls of the same routine together, in the order of their first.
type collector struct{ calls []Calls }

func (c *collector) add(r Routine, span python.Span) {
	i := slices.IndexFunc(c.calls, func(o Calls) bool {
		return o.Routine.Name == r.Name && o.Routine.Head == r.Head && (o.Routine.File == r.File || o.Routine.File != nil && r.File != nil && o.Routine.File.Path == r.File.Path)
	})
	if i < 0 {
		c.calls = append(c.calls, Calls{Routine: r})
		i = len(c.calls) - 1
	}
	if !slices.Contains(c.calls[i].Spans, span) {
		c.calls[i].Spans = append(c.calls[i].Spans, span)
		slices.SortFunc(c.calls[i].Spans, func(a, b python.Span) int { return cmp.Compare(a.Start, b.Start) })
	}
}
