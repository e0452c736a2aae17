package python

import (
	"cmp"
	"slices"
	"sync"

	"aiolens/diagnostics/shape"
)

// export is what a block adds to the shape of its module: a value of a name, or of an attribute of a class.
type export struct {
	class  string // the class whose attribute it is; "" for names of the module
	name   string
	value  *shape.Value // nil for a bare declaration
	annot  *shape.Value
	onSelf bool
}

// hashes are those of an export. They are apart from it because others may read that while they are worked out.
type hashes struct{ whole, result, body uint64 }

// Mentioned are texts whose mere presence in a file tells something that types do not: that sockets were made
// non-blocking, that event loops are managed by hand, that versions of Python are told apart, that it is a notebook.
var Mentioned = []string{"setblocking(", "settimeout(0", "BlockingIOError", "set_event_loop(", "run_until_complete", "version_info", "# %%"}

// exported is what a block shows to others.
type exported struct {
	once    sync.Once
	list    []export
	head    *shape.Class // the declaration of the class that a head opens, without members
	stars   []string
	spawned []*shape.Value

	hashOnce sync.Once
	hash     uint64
	outer    uint64   // without what functions do inside
	hashes   []hashes // of list
}

// classDecl is the declaration of a class that is whole in the block. The caller holds the lock.
func (b *Block) classDecl(n Node) *shape.Class {
	if c := b.lower.classes[n.i]; c != nil {
		return c
	}
	c := b.classHead(n)
	b.lower.classes[n.i] = c
	scope := b.scopeInfo().byNode[n.i]
	if scope == nil {
		return c
	}
	for _, l := range scope.names {
		for _, x := range l.Bindings {
			if e, ok := b.export(x); ok {
				addTo(c.Members.Known, l.Name, e, true)
			}
		}
	}
	for _, f := range b.scopeInfo().fields {
		if f.class == scope {
			if e, ok := b.export(f.Binding); ok {
				addTo(c.Fields.Known, f.Name, e, false)
			}
		}
	}
	return c
}

// classHead is the declaration of a class without what is in it.
func (b *Block) classHead(n Node) *shape.Class {
	c := &shape.Class{Name: n.Child(FieldName).Text(), Members: known(), Fields: known()}
	if n.Parent().Is(Module, BlockStmt, DecoratedDef) && n.Up(FunctionDef, ClassDef) == (Node{}) {
		c.Path = c.Name
		if b.kind == member {
			c.Path = b.class + "." + c.Name
		}
	}
	for d := range Decorators(n) {
		c.Decorators = append(c.Decorators, b.value(d))
	}
	for a := range n.Child(FieldSuperclasses).Named {
		if a.Kind() == KeywordArgument {
			c.Keywords = append(c.Keywords, a.Child(FieldName).Text())
			continue
		}
		base := b.value(a)
		c.Bases = append(c.Bases, base)
		if base.Op == shape.Item && (base.X.Str == "Generic" || base.X.Str == "Protocol") {
			for _, p := range base.Args {
				c.TypeParams = append(c.TypeParams, p.Str)
			}
		}
	}
	for p := range n.Child(FieldTypeParameters).Named {
		c.TypeParams = append(c.TypeParams, firstIdentifier(p).Text())
	}
	return c
}

// export is what a binding shows; ok is false for what binds nothing.
func (b *Block) export(x *Binding) (e export, ok bool) {
	e.name = x.Name
	if x.Annotation.Valid() && !bare(x.Annotation) {
		e.annot = b.annotation(x.Annotation)
	}
	switch x.Kind {
	case BindDelete, bindRefine:
		return e, false
	case BindType:
		if x.Value.Kind() == TypeAliasStmt {
			var spelled Node
			for c := range x.Value.Named {
				spelled = c
			}
			e.value = b.annotation(spelled)
		}
	case BindDeclare:
	default:
		if e.annot == nil {
			e.value = b.binding(x)
		} else {
			v := *x
			v.Annotation = Node{}
			e.value = b.lowerBinding(&v)
		}
	}
	return e, true
}

func known() shape.Names { return shape.Names{Known: map[string]*shape.Symbol{}} }

func addTo(m map[string]*shape.Symbol, name string, e export, classVar bool) {
	s := m[name]
	if s == nil {
		s = &shape.Symbol{}
		m[name] = s
	}
	if e.value != nil {
		s.Values = append(s.Values, e.value)
	}
	if e.annot != nil {
		s.Annotation = e.annot
	}
	s.ClassVar = s.ClassVar || classVar
}

// exports works out what the block shows to others.
func (b *Block) exports() *exported {
	x := &b.shown
	x.once.Do(func() {
		info := b.scopeInfo()
		b.lower.lock()
		defer b.lower.mu.Unlock()
		root := info.all[0]
		class := ""
		if b.kind == member {
			class = b.class
		}
		add := func(bind *Binding, class string, onSelf bool) {
			if b.kind == classHead && bind.Kind == BindClass {
				x.head = b.classHead(bind.Value)
				return
			}
			if e, ok := b.export(bind); ok {
				e.class, e.onSelf = class, onSelf
				x.list = append(x.list, e)
			}
		}
		for _, bind := range ordered(root) {
			// What the scanner took for a definition binds that name alone, however broken it is: the index goes by that.
			if b.binds == "" || bind.Name == b.binds {
				add(bind, class, false)
			}
		}
		for _, bind := range info.global {
			add(bind, "", false)
		}
		for _, f := range info.fields {
			if f.class == root {
				add(f.Binding, class, true)
			}
		}
		x.stars = info.stars
		x.spawned = b.callbacks()
	})
	return x
}

// ordered is the bindings of a scope in the order of the text.
func ordered(s *Scope) []*Binding {
	var all []*Binding
	for l := range s.Locals {
		all = append(all, l.Bindings...)
	}
	slices.SortFunc(all, func(a, b *Binding) int { return cmp.Compare(a.Node.i, b.Node.i) })
	return all
}

// handing are the methods by whose name the event loop calls one of their arguments later, and the position of that.
var handing = map[string]int{
	"call_soon": 0, "call_soon_threadsafe": 0, "add_done_callback": 0,
	"call_later": 1, "call_at": 1, "add_reader": 1, "add_writer": 1, "add_signal_handler": 1,
}

// threading are the functions by whose name one of their arguments is called in a thread: its position, and its name.
var threading = map[string]struct {
	position int
	name     string
}{
	"Thread": {1, "target"}, "Timer": {1, "function"}, "start_new_thread": {0, ""}, "submit": {0, ""}, "run_in_executor": {1, "func"},
	"to_thread": {0, ""}, "run_sync": {0, ""}, "run_in_threadpool": {0, "func"}, "sync_to_async": {0, "func"}, "add_done_callback": {0, "fn"},
	"add_job": {0, "func"}, "play": {1, "after"},
}

// handsOver finds texts that may contain one of the names.
var handsOver = newGlance(map[string]int{
	"call_soon": 3, "call_later": 3, "call_at": 3, "add_done_callback": 3, "add_reader": 2, "add_writer": 2, "add_signal_handler": 2,
	"Thread(": 0, "Timer(": 0, "start_new_thread": 5, "submit(": 1, "run_in_executor": 2, "to_thread": 2, "run_sync": 2, "run_in_threadpool": 2, "sync_to_async": 3,
	"add_job": 4, "after=": 1,
})

// callbacks are the arguments that the block gives to functions by whose name they are called later, by the event loop
// (N = 0), in a thread (N = 1), or either (N = 2).
func (b *Block) callbacks() []*shape.Value {
	var found []*shape.Value
	if !b.hands {
		return nil
	}
	for n := range b.Root().Walk {
		if n.Kind() != Call {
			continue
		}
		fn := n.Child(FieldFunction)
		name := fn
		if fn.Kind() == Attribute {
			name = fn.Child(FieldAttribute)
		}
		position, loop := handing[name.Text()]
		loop = loop && fn.Kind() == Attribute
		thread, ok := threading[name.Text()]
		if !loop && !ok {
			continue
		}
		call := b.value(n)
		if call.Op != shape.Call {
			continue
		}
		v := &shape.Value{Op: shape.Call, X: call.X}
		switch positional := len(call.Args) - len(call.Kw); {
		case ok:
			v.N = 1
			if loop {
				v.N = 2
			}
			if i := slices.Index(call.Kw, thread.name); i >= 0 {
				v.Args = call.Args[positional+i : positional+i+1]
			} else if thread.position < positional {
				v.Args = call.Args[thread.position : thread.position+1]
			}
		case position < positional:
			v.Args = call.Args[position : position+1]
		}
		if v.Args != nil {
			found = append(found, v)
		}
	}
	return found
}

// Callbacks are the calls of the block that hand a function to the event loop or to a thread: calls, with the one argument
// that will be called later if the callee is what its name looks like. N is 0 for the loop (call_soon, ...), 1 for a thread
// (to_thread, ...) and 2 for either (add_done_callback).
func (b *Block) Callbacks() []*shape.Value {
	if !b.hands {
		return nil
	}
	return b.exports().spawned
}

// HasCallbacks says whether there are any.
func (b *Block) HasCallbacks() bool { return len(b.Callbacks()) > 0 }

// makesFunction says whether a value is a function, perhaps one of several values, or what calling or casting one gives.
func makesFunction(v *shape.Value) bool {
	switch v.Op {
	case shape.Function:
		return true
	case shape.Call:
		return v.X.Op == shape.Function || slices.ContainsFunc(v.Args, func(a *shape.Value) bool { return a.Op == shape.Function })
	case shape.Union:
		return slices.ContainsFunc(v.Args, makesFunction)
	}
	return false
}

// Hash is equal for blocks that show the same to others.
func (b *Block) Hash() uint64 {
	x := b.exports()
	x.hashOnce.Do(func() {
		h, outer := shape.NewHash(), shape.NewHash()
		both := func(n uint64) {
			h.Uint(n)
			outer.Uint(n)
		}
		x.hashes = make([]hashes, len(x.list))
		for i, e := range x.list {
			got := &x.hashes[i]
			one := shape.NewHash()
			one.String(e.class)
			one.String(e.name)
			if e.name == "__all__" { // values do not know the text of strings
				one.String(b.src)
			}
			if e.value != nil && e.value.Op == shape.Function {
				one.Declaration(e.value.Func)
				for _, name := range Declaration(e.value.Func).Runs() {
					one.String(name)
				}
				result, gives := shape.NewHash(), e.value.Func.Result()
				result.Value(gives)
				got.result = result.Sum()
				if makesFunction(gives) { // what a decorator puts in place of a function is told by its body
					one.String(b.src)
				}
				if !e.value.Func.Async {
					body := shape.NewHash()
					body.String(b.src)
					got.body = body.Sum()
				}
			} else {
				if e.value != nil && e.value.Op == shape.ClassDef { // values do not know what the bodies of methods do
					one.String(b.src)
				}
				one.Value(e.value)
			}
			one.Value(e.annot)
			got.whole = one.Sum()
			both(got.whole)
			both(got.result)
			h.Uint(got.body)
		}
		rest := shape.NewHash()
		rest.Class(x.head)
		for _, s := range x.stars {
			rest.String(s)
		}
		for _, v := range x.spawned {
			rest.Value(v)
		}
		both(rest.Sum())
		both(uint64(b.words))
		x.hash, x.outer = h.Sum(), outer.Sum()
	})
	return x.hash
}

// Outer is equal for blocks that show the same to others but for what the functions in them do.
func (b *Block) Outer() uint64 {
	b.Hash()
	return b.shown.outer
}

// Functions calls yield for each plain function that the block shows to others, and the class that it is a method of, or "".
func (b *Block) Functions(yield func(class string, f *shape.Func) bool) {
	for _, e := range b.exports().list {
		if e.value != nil && e.value.Op == shape.Function && !e.value.Func.Async && !yield(e.class, e.value.Func) {
			return
		}
	}
}

// Export is a name that a block shows to others.
type Export struct {
	Class  string // the class that it belongs to; "" for names of the module
	Name   string
	Hash   uint64 // equal for exports that look the same from outside, but for what a function returns
	Result uint64 // equal for functions that return the same expressions
	Body   uint64 // equal for functions that do the same, which others see only of those that are not coroutines
	Func   bool   // it is a function
	Async  bool   // it is a coroutine function
	// Inferred says that what it means is worked out from the code of the block, and so may change when what
	// the block mentions changes.
	Inferred bool
}

// Exports calls yield for each name that the block shows to others.
func (b *Block) Exports(yield func(Export) bool) {
	hash := b.Hash()
	x := b.exports()
	if x.head != nil && !yield(Export{Name: x.head.Name, Hash: hash, Inferred: true}) {
		return
	}
	for i, e := range x.list {
		inferred := e.annot == nil
		if e.value != nil && e.value.Op == shape.Function && e.value.Func.Async && e.value.Func.Returns != nil && len(e.value.Func.Decorators) == 0 {
			inferred = false
		}
		fn := e.value != nil && e.value.Op == shape.Function
		if !yield(Export{e.class, e.name, x.hashes[i].whole, x.hashes[i].result, x.hashes[i].body, fn, fn && e.value.Func.Async, inferred}) {
			return
		}
	}
}

// Mentions says whether the text of the block contains a name as a word, or the block is a member of the class of that
// name, to which "self" leads.
func (b *Block) Mentions(name string) bool {
	return b.class != "" && b.class == name || contains(b.src, name)
}
