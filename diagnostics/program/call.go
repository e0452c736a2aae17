package program

import (
	"slices"
	"strings"

	"aiolens/diagnostics/shape"
)

func (p *Program) call(m *Module, v *shape.Value) Type {
	callee := p.Eval(m, v.X)
	args := make([]Type, len(v.Args))
	matter := slices.ContainsFunc(callee.atoms, argumentsMatter)
	for i, a := range v.Args {
		args[i] = Unknown
		if matter {
			args[i] = p.Eval(m, a)
			if i == 1 && v.X.Op == shape.Attr && (v.X.Str == "get" || v.X.Str == "pop") && blank(a) {
				args[i] = p.hollow(args[i])
			}
		}
	}
	return p.Call(callee, args, v.Kw)
}

// blank says whether an expression makes a container with nothing in it: [], set().
func blank(v *shape.Value) bool {
	return len(v.Args) == 0 && (v.Op == shape.Display || v.Op == shape.Call && v.X.Op == shape.Name)
}

// hollow is a container that holds nothing, where t would be one that is filled later: the default of dict.get adds nothing to what
// iterating the result gives.
func (p *Program) hollow(t Type) Type {
	return t.each(func(a Atom) Type {
		if a.Kind == Instance {
			switch a.Class.Name {
			case "list", "set", "frozenset", "dict":
				a.Args = make([]Type, len(a.Args))
			case "tuple":
				a.Args = []Type{{}, p.ellipsis()}
			}
		}
		return atom(a)
	})
}

// argumentsMatter says whether what calling the atom gives depends on the types of the arguments. Most calls do not,
// and their arguments need not be worked out.
func argumentsMatter(a Atom) bool {
	switch a.Kind {
	case Function:
		return a.Func.Decl.Returns != nil && a.Func.Project() || len(a.Func.Decl.TypeParams) > 0 || byArguments[a.Func.Name]
	case ClassObject:
		return len(a.Class.Decl.TypeParams) > 0 || !a.Class.Project()
	case Instance:
		return true
	}
	return false
}

// byArguments are functions whose result callFunc tells by their arguments, beyond what their signature says.
var byArguments = map[string]bool{"asyncio.gather": true, "typing.cast": true, "copy.copy": true, "copy.deepcopy": true, "next": true, "max": true, "min": true}

// Call is what calling a value gives. The last len(kw) arguments are named; "*" and "**" name unpacked ones.
func (p *Program) Call(callee Type, args []Type, kw []string) Type {
	return callee.each(func(a Atom) Type {
		switch a.Kind {
		case NoneObject:
			return Type{}
		case Function:
			return p.callFunc(a, args, kw)
		case ClassObject:
			return p.construct(a, args, kw)
		case Instance:
			f, ok := p.Member(a, "__call__")
			if !ok {
				return Unknown
			}
			return f.each(func(x Atom) Type {
				if a.Class.Name == "typing.Callable" && len(a.Args) == 2 {
					return p.from(a.Args[1], x.Func)
				}
				if x.Kind == Function {
					return p.callFunc(x, args, kw)
				}
				return Unknown
			})
		case Opaque:
			last := a.Name[strings.LastIndexByte(a.Name, '.')+1:]
			if last != "" && last[0] >= 'A' && last[0] <= 'Z' {
				return Type{open: true, atoms: []Atom{{Kind: OpaqueInstance, Name: a.Name}}}
			}
		}
		return Unknown
	})
}

func (p *Program) construct(a Atom, args []Type, kw []string) Type {
	switch a.Class.Name {
	case "type":
		if len(args) == 1 {
			return args[0].each(func(x Atom) Type {
				switch x.Kind {
				case Instance:
					x.Kind = ClassObject
					return atom(x)
				case NoneObject:
					none := p.instance("types.NoneType")
					none.atoms[0].Kind = ClassObject
					return none
				}
				return Unknown
			})
		}
		return Unknown
	case "super":
		return Unknown
	case "functools.partial":
		if len(args) > len(kw) {
			return args[0].each(func(x Atom) Type {
				if x.Kind == Function {
					return atom(x) // calling it is calling the function
				}
				return Unknown
			})
		}
	case "list", "set", "frozenset", "tuple", "collections.deque":
		item := Unknown
		if len(args) == 1 && len(kw) == 0 {
			item = p.item(args[0])
		}
		a.Args = []Type{item}
		if a.Class.Name == "tuple" {
			a.Args = append(a.Args, p.ellipsis())
		}
	case "zip":
		if slices.Contains(kw, "*") || len(args) == len(kw) {
			break
		}
		var items []Type
		for _, x := range args[:len(args)-len(kw)] {
			items = append(items, p.item(x))
		}
		a.Args = []Type{p.builtin("tuple", items...)}
	}
	if !a.Class.Project() && !p.takes(a, kw) {
		return Unknown // another version of the class is meant
	}
	a.Kind = Instance
	if len(a.Args) == 0 && len(a.Class.Decl.TypeParams) > 0 {
		// Infer type arguments from the constructor.
		by := map[string]Type{}
		if f, ok := p.Member(a, "__init__"); ok {
			for _, x := range f.atoms {
				if x.Kind == Function {
					p.infer(x, args, kw, a.Class.Decl.TypeParams, by)
				}
			}
		}
		for _, n := range a.Class.Decl.TypeParams {
			t, ok := by[n]
			if d := a.Class.Decl.TypeDefaults[n]; !ok && d != nil {
				t = p.annotation(a.Class.Module, d, nil)
			} else if !ok {
				t = Unknown
			}
			a.Args = append(a.Args, t)
		}
	}
	return atom(a)
}

// takes says whether a class may be called with arguments of some names, as far as its __init__ tells.
func (p *Program) takes(class Atom, kw []string) bool {
	if len(kw) == 0 {
		return true
	}
	init, ok := p.Member(class, "__init__")
	if !ok || init.open || len(init.atoms) != 1 || init.atoms[0].Kind != Function {
		return true
	}
	params := init.atoms[0].Func.Decl.Params
	for _, name := range kw {
		if name != "*" && name != "**" && !slices.ContainsFunc(params, func(q shape.Parameter) bool { return q.Name == name || q.Kind == shape.VarKw }) {
			return false
		}
	}
	return true
}

// callFunc is what calling a function gives.
func (p *Program) callFunc(a Atom, args []Type, kw []string) Type {
	f := a.Func
	switch f.Name {
	case "asyncio.gather":
		return p.from(p.instance("asyncio.Future", p.gathered(args, kw)), f)
	case "getattr":
		return Unknown
	case "asgiref.sync.sync_to_async":
		if len(args) == 0 || len(args) == len(kw) && !slices.Contains(kw, "func") {
			return Unknown // a decorator
		}
	}
	if byArguments[f.Name] {
		if t, ok := p.byArguments(f.Name, args, kw); ok {
			return t
		}
	}
	t, transparent := p.decorated(f, p.result(f))
	if !transparent {
		return t
	}
	if params := p.params(f); len(params) > 0 {
		by := map[string]Type{}
		p.infer(a, args, kw, params, by)
		for i, t := range a.Args {
			by[params[i]] = t
		}
		for _, n := range params {
			if _, ok := by[n]; !ok {
				by[n] = Unknown
			}
		}
		if a.Self != nil && f.Class != nil {
			for k, v := range p.selfBindings(a) {
				by[k] = v
			}
		}
		t = substitute(t, by)
	} else if a.Self != nil && f.Class != nil {
		t = substitute(t, p.selfBindings(a))
	}
	if a.Self != nil {
		t = bindSelf(t, *a.Self)
	}
	return t
}

// byArguments is what a call of one of byArguments gives; ok is false when its signature tells as much.
func (p *Program) byArguments(name string, args []Type, kw []string) (t Type, ok bool) {
	positional := len(args) - len(kw)
	switch name {
	case "typing.cast":
		if len(args) == 2 {
			return p.instances(args[0]), true
		}
	case "copy.copy", "copy.deepcopy":
		if len(args) >= 1 {
			return args[0], true
		}
	case "next":
		if len(args) == 1 {
			return p.Method(args[0], "__next__"), true
		}
		if len(args) == 2 && len(kw) == 0 {
			return p.Method(args[0], "__next__").or(args[1]), true
		}
	case "max", "min":
		if positional == 1 && !slices.Contains(kw, "default") && !slices.Contains(kw, "*") {
			return p.item(args[0]), true
		}
	}
	return Type{}, false
}

// gathered is what awaiting asyncio.gather gives. It is a list, and its items are known one by one where they are given one by one.
func (p *Program) gathered(args []Type, kw []string) Type {
	if slices.Contains(kw, "return_exceptions") || slices.Contains(kw, "**") || len(args) == 0 {
		return p.builtin("list", Unknown)
	}
	results := make([]Type, len(args))
	var all Type
	for i, t := range args {
		results[i] = p.await(t)
		all = all.or(results[i])
	}
	if len(kw) > 0 {
		return p.builtin("list", all)
	}
	return p.builtin("tuple", results...)
}

// selfBindings are the type arguments of the class that declares a method, seen through what it is bound to.
func (p *Program) selfBindings(a Atom) map[string]Type {
	classes, _ := p.lineage(*a.Self)
	for _, c := range classes {
		if c.Class == a.Func.Class {
			return bindings(c)
		}
	}
	return nil
}

// from notes the function that made it on every possibility that can be awaited.
func (p *Program) from(t Type, f *Func) Type {
	r := Type{open: t.open}
	for _, a := range t.atoms {
		if _, ok := p.Member(a, "__await__"); ok && a.Kind == Instance && a.From == nil {
			a.From = f
		}
		r.atoms = append(r.atoms, a)
	}
	return r
}

// params are the type parameters of a function: those that it declares, and the type variables in what it returns that are not
// parameters of its class.
func (p *Program) params(f *Func) []string {
	if f.Decl.Returns == nil || !f.Project() {
		return f.Decl.TypeParams
	}
	if names, ok := f.Module.params[f]; ok {
		return names
	}
	names := f.Decl.TypeParams
	var visit func(v *shape.Value)
	visit = func(v *shape.Value) {
		switch v.Op {
		case shape.Name, shape.Qual:
			name := baseName(v)
			if slices.Contains(names, name) || f.Class != nil && slices.Contains(f.Class.Decl.TypeParams, name) {
				return
			}
			if t := p.Eval(f.Module, v); !t.open && len(t.atoms) == 1 && t.atoms[0].Kind == Instance && t.atoms[0].QName() == "typing.TypeVar" {
				names = append(slices.Clip(names), name)
			}
		case shape.Item, shape.Union, shape.BinOp, shape.Display:
			if v.X != nil {
				visit(v.X)
			}
			for _, x := range v.Args {
				visit(x)
			}
		}
	}
	visit(f.Decl.Returns)
	f.Module.params[f] = names
	return names
}

// result is what calling a function gives, before its decorators and with its type parameters unset.
func (p *Program) result(f *Func) Type {
	return guard(p, f.Module.results, f, func() Type {
		params := parameters(p.params(f))
		if f.Class != nil {
			for k, v := range parameters(f.Class.Decl.TypeParams) {
				params[k] = v
			}
		}
		t := Unknown
		if f.Decl.Returns != nil {
			t = p.annotation(f.Module, f.Decl.Returns, params)
			if p.ownBase(f, t) && f.Decl.Result != nil && !f.Decl.Generator && !f.Decl.Stub {
				if own := f.Decl.Result(); own.Op == shape.Self { // more than the annotation says
					t = p.returned(f, own)
				}
			}
		}
		if t.IsUnknown() && f.Decl.Result != nil && (f.Decl.Returns == nil || f.Decl.Generator) && !f.Decl.Stub {
			t = p.returned(f, f.Decl.Result())
			if f.Decl.Async && !f.Decl.Generator && len(t.atoms) == 0 && !t.open {
				t = Unknown // it never returns
			}
		}
		if !f.Decl.Async && f.Project() && !f.Decl.Stub && f.Decl.Result != nil && t.every(func(a Atom) bool { return a.QName() == "typing.Awaitable" }) {
			// The body may tell more.
			if r := p.returned(f, f.Decl.Result()); r.every(func(a Atom) bool { return a.Kind == Instance && a.Class.Name == "typing.Coroutine" }) {
				t = r
			}
		}
		switch {
		case f.Decl.Async && !f.Decl.Generator:
			return p.from(p.instance("typing.Coroutine", Unknown, Unknown, t), f)
		case !f.Decl.Async && len(t.atoms) == 0 && !t.open:
			return Unknown
		}
		return p.from(t, f)
	})
}

// ownBase says whether a type is that of the objects of a method's class, or of a base of it.
func (p *Program) ownBase(f *Func, t Type) bool {
	return f.Class != nil && !t.open && len(t.atoms) == 1 && t.atoms[0].Kind == Instance && (t.atoms[0].Class == f.Class || p.Subclass(f.Class, t.atoms[0].Class.Name))
}

// returned is the type of what a function returns. A method that returns its own object, or makes one of its own class,
// gives one of the class that it is called on, which may be a subclass.
func (p *Program) returned(f *Func, v *shape.Value) Type {
	if f.Class == nil {
		return p.Eval(f.Module, v)
	}
	switch {
	case v.Op == shape.Union:
		var t Type
		for _, x := range v.Args {
			t = t.or(p.returned(f, x))
		}
		return t
	case v.Op == shape.Self, v.Op == shape.Call && v.X.Op == shape.Cls:
		if t := p.Eval(f.Module, v); len(t.atoms) == 1 && t.atoms[0].Kind == Instance && t.atoms[0].Class == f.Class && len(f.Class.Decl.TypeParams) == 0 {
			return atom(Atom{Kind: Opaque, Name: "$Self"})
		}
	}
	return p.Eval(f.Module, v)
}

// decorated is what calling a decorated function gives, if calling the function itself gives t. transparent says that
// the decorators leave the call as it is.
func (p *Program) decorated(f *Func, t Type) (result Type, transparent bool) {
	for i := len(f.Decl.Decorators) - 1; i >= 0; i-- {
		switch name := p.DecoratorName(f, i); {
		case keeps(name):
		case name == "contextlib.asynccontextmanager", name == "contextlib.contextmanager", name == "trio.as_safe_channel":
			class := "contextlib.AbstractContextManager"
			if name != "contextlib.contextmanager" {
				class = "contextlib.AbstractAsyncContextManager"
			}
			item := Unknown
			for _, a := range t.atoms {
				if a.Kind == Instance && len(a.Args) > 0 {
					item = a.Args[0]
				}
			}
			if name == "trio.as_safe_channel" { // the items come out of a channel
				item = p.instance("trio.abc.ReceiveChannel", item)
			}
			t = p.instance(class, item)
		case (name == "asgiref.sync.sync_to_async" || name == "channels.db.database_sync_to_async") && !f.Decl.Async && !f.Decl.Generator:
			t = p.from(p.instance("typing.Coroutine", Unknown, Unknown, t), f)
		default:
			wrapped, ok := p.wrapped(f, i)
			switch {
			case !ok && wrapped != nil && f.Decl.Async && !f.Decl.Generator && forwards(wrapped):
				continue // it hands on what it calls gives: the coroutine
			case !ok:
				return Unknown, false
			}
			if wrapped != nil { // what is behind it does not show any more
				t = p.from(p.instance("typing.Coroutine", Unknown, Unknown, Unknown), f)
			}
		}
	}
	return t, true
}

// Decorated says what decorators make of the call of a function: it runs the body there and then (plain), or it makes a
// context manager that does. Where neither is certain, unclear are the decorators of the program that have to be looked
// into; it is nil when nothing can be found out.
func (p *Program) Decorated(f *Func) (plain, manager bool, unclear []*Func) {
	plain = true
	for i := range f.Decl.Decorators {
		switch name := p.DecoratorName(f, i); {
		case name == "contextlib.contextmanager":
			manager = true
		case name == "functools.singledispatch", name == "functools.singledispatchmethod": // which body runs depends on the argument
			return false, false, nil
		case keeps(name):
		default:
			if wrapper, ok := p.wrapped(f, i); ok && wrapper == nil {
				continue
			}
			plain = false
			d := p.decorator(f, i)
			if d == nil {
				return false, false, nil
			}
			unclear = append(unclear, d)
		}
	}
	return plain && !manager, plain && manager, unclear
}

// Overload says whether the function only declares one of the ways to call another one of its name.
func (p *Program) Overload(f *Func) bool {
	for i := range f.Decl.Decorators {
		if name := p.DecoratorName(f, i); name == "typing.overload" || name == "typing_extensions.overload" {
			return true
		}
	}
	return false
}

// Property is the function that reading an attribute of a value calls; nil when that is not certain.
func (p *Program) Property(t Type, name string) *Func {
	var found *Func
	if t.open {
		return nil
	}
	for _, a := range t.atoms {
		if a.Kind == NoneObject {
			continue
		}
		if a.Kind != Instance || !a.Class.Project() {
			return nil
		}
		f := p.property(a, name)
		if f == nil || found != nil && f != found {
			return nil
		}
		found = f
	}
	return found
}

// PropertyOf is the function that reading an attribute of an instance calls; nil when that is not certain.
func (p *Program) PropertyOf(a Atom, name string) *Func { return p.property(a, name) }

func (p *Program) property(a Atom, name string) *Func {
	classes, _ := p.lineage(a)
	for _, c := range classes {
		if c.Class.Decl.Fields.Get(name) != nil {
			return nil
		}
		s := c.Class.Decl.Members.Get(name)
		if s == nil {
			continue
		}
		for _, v := range s.Values {
			if v.Op != shape.Function {
				return nil
			}
			for _, d := range v.Func.Decorators {
				if n := lastName(d); n == "property" || n == "cached_property" {
					return p.function(c.Class.Module, v.Func, c.Class)
				}
			}
		}
		return nil
	}
	return nil
}

// forwards says whether what a decorator puts in place of a function gives what a call of that function gives, and nothing else.
func forwards(wrapper *shape.Func) bool {
	if wrapper.Async || wrapper.Generator || wrapper.Result == nil {
		return false
	}
	result := wrapper.Result()
	if result.Op != shape.Call || result.X.Parameter() == "" {
		return false
	}
	return !slices.ContainsFunc(wrapper.Params, func(q shape.Parameter) bool { return q.Name == result.X.Parameter() })
}

// wrapped looks into a decorator of the program. It gives the function that the decorator puts in place of the decorated one, or
// nil when it hands that back as it was; ok is false when it does neither for certain, or that is no coroutine function. Where it
// may put one of several in place, wrapper is one that is a coroutine function, if calling each of them gives a coroutine.
func (p *Program) wrapped(f *Func, i int) (wrapper *shape.Func, ok bool) {
	d := p.decorator(f, i)
	if d == nil {
		return nil, false
	}
	all := Replacements(d.Decl)
	coroutine := f.Decl.Async && !f.Decl.Generator
	for _, r := range all {
		switch v := r.Value; {
		case v.Parameter() == r.Param:
		case v.Op == shape.Function && (len(all) == 1 || v.Func.Async && !v.Func.Generator && coroutine):
			wrapper = v.Func
		case v.Op == shape.Function && coroutine && forwards(v.Func):
		default:
			return nil, false
		}
	}
	if wrapper == nil {
		return nil, len(all) == 1
	}
	return wrapper, wrapper.Async && !wrapper.Generator
}

// decorator is the function of the program that a decorator of a function calls with it; nil when there is no telling.
func (p *Program) decorator(f *Func, i int) *Func {
	d := f.Decl.Decorators[i]
	made := d.Op == shape.Call // a call gives the function
	if made {
		d = d.X
	}
	t := p.Eval(f.Module, d)
	if t.open || len(t.atoms) != 1 || t.atoms[0].Kind != Function || !t.atoms[0].Func.Project() || t.atoms[0].Self != nil {
		return nil
	}
	found := t.atoms[0].Func
	if !made {
		return found
	}
	if found.Decl.Async || found.Decl.Generator {
		return nil
	}
	var inner *shape.Func
	for _, v := range outcomes(found.Decl) {
		switch call := f.Decl.Decorators[i]; {
		case v.Op == shape.Function && inner == nil:
			inner = v.Func
		case len(call.Args) == len(call.Kw) && decorates(v, found.Decl): // only when it gets the function itself
		default:
			return nil
		}
	}
	if inner == nil {
		return nil
	}
	return p.function(found.Module, inner, nil)
}

// Replacement is what a decorator may put in place of the function that it gets as its parameter Param.
type Replacement struct {
	Value *shape.Value
	Param string
}

// Replacements are what a decorator may put in place of a function; nil when there is no telling.
func Replacements(d *shape.Func) []Replacement {
	if d.Async || d.Generator || len(d.Params) == 0 {
		return nil
	}
	var all []Replacement
	var inner *shape.Func
	for _, v := range outcomes(d) {
		if decorates(v, d) { // def decorator(f=None, *, option=1): ... return inner(f)
			inner = v.X.Func
			for _, x := range outcomes(inner) {
				all = append(all, Replacement{x, inner.Params[0].Name})
			}
			continue
		}
		all = append(all, Replacement{v, d.Params[0].Name})
	}
	if inner != nil { // it gives the inner decorator to those who call it with options alone
		all = slices.DeleteFunc(all, func(r Replacement) bool { return r.Value.Func == inner })
	}
	return all
}

// decorates says whether a value is what a decorator, made in a function, makes of the first parameter of that function.
func decorates(v *shape.Value, in *shape.Func) bool {
	return v.Op == shape.Call && v.X.Op == shape.Function && !v.X.Func.Async && !v.X.Func.Generator && len(v.X.Func.Params) > 0 &&
		len(v.Args) == 1 && len(v.Kw) == 0 && len(in.Params) > 0 && v.Args[0].Parameter() == in.Params[0].Name
}

// outcomes are the values that a function may return, as they are before typing.cast.
func outcomes(f *shape.Func) []*shape.Value {
	if f.Result == nil {
		return nil
	}
	all := []*shape.Value{f.Result()}
	if all[0].Op == shape.Union {
		all = slices.Clone(all[0].Args)
	}
	for i, v := range all {
		if v.Op == shape.Call && len(v.Args) == 2 && (v.X.Op == shape.Name || v.X.Op == shape.Qual || v.X.Op == shape.Attr) && lastName(v.X) == "cast" { // cast(F, wrapper)
			all[i] = v.Args[1]
		}
	}
	return all
}

// DecoratorName is the qualified name of a decorator of a function; "" when unknown.
func (p *Program) DecoratorName(f *Func, i int) string {
	d := f.Decl.Decorators[i]
	if d.Op == shape.Call {
		d = d.X
	}
	if d.Op == shape.Attr && (d.Str == "setter" || d.Str == "getter" || d.Str == "deleter") {
		return "property"
	}
	t := p.Eval(f.Module, d)
	for _, a := range t.atoms {
		return a.QName()
	}
	return ""
}

// instances are instances of the classes.
func (p *Program) instances(t Type) Type {
	return t.each(func(a Atom) Type {
		switch a.Kind {
		case ClassObject:
			a.Kind = Instance
			return atom(a)
		case NoneObject:
			return atom(a)
		}
		return Unknown
	})
}

// infer finds type parameters of a function from the arguments of a call.
func (p *Program) infer(a Atom, args []Type, kw []string, params []string, by map[string]Type) {
	formal := a.Func.Decl.Params
	set := parameters(params)
	if a.Self != nil && len(formal) > 0 || a.Self == nil && a.Func.Decl.Name == "__init__" && len(formal) > 0 {
		if q := formal[0]; q.Annotation != nil && a.Self != nil {
			p.unify(p.annotation(a.Func.Module, q.Annotation, set), atom(*a.Self), by, 0)
		}
		formal = formal[1:]
	}
	if a.Func.Class != nil {
		for k, v := range parameters(a.Func.Class.Decl.TypeParams) {
			set[k] = v
		}
	}
	positional := len(args) - len(kw)
	if !slices.Contains(kw, "*") && !slices.Contains(kw, "**") {
		for i, q := range formal { // what is not given is the default
			if q.Default != nil && q.Annotation != nil && q.Annotation.Op == shape.Name && slices.Contains(params, q.Annotation.Str) && i >= positional && !slices.Contains(kw, q.Name) {
				if t := p.Eval(a.Func.Module, q.Default); !t.open {
					by[q.Annotation.Str] = t
				} else if q.Default.Str == "ellipsis" && !a.Func.Project() { // "= ...": it gives nothing then
					by[q.Annotation.Str] = Type{}
				}
			}
		}
	}
	for i, arg := range args {
		var q *shape.Parameter
		if i < positional {
			for j := range formal {
				if j == i && formal[j].Kind != shape.KeywordOnly && formal[j].Kind != shape.VarKw || formal[j].Kind == shape.VarArgs && j <= i {
					q = &formal[j]
					break
				}
			}
		} else {
			for j := range formal {
				if formal[j].Name == kw[i-positional] {
					q = &formal[j]
				}
			}
		}
		if q == nil || q.Annotation == nil {
			continue
		}
		p.unify(p.annotation(a.Func.Module, q.Annotation, set), arg, by, 0)
	}
}

// fits says whether something is plainly of one of several things that a declared type names.
func (p *Program) fits(a, f Atom) bool {
	switch {
	case f.Kind != Instance:
		return false
	case f.Class.Name == "typing.Callable":
		return a.Kind == Function || a.Kind == ClassObject
	case a.Kind != Instance:
		return false
	case f.Class.Name == "typing.Awaitable":
		_, ok := p.Member(a, "__await__")
		return ok
	}
	return p.Subclass(a.Class, f.Class.Name)
}

// part is what of an actual type is plainly of something that a declared type names, or, when taken is false, what is not.
func (p *Program) part(actual Type, taken bool, declared ...Atom) Type {
	r := Type{open: actual.open}
	for _, a := range actual.atoms {
		named := slices.ContainsFunc(declared, func(f Atom) bool { return p.fits(a, f) || a.Kind == NoneObject && f.Kind == NoneObject })
		if named == taken {
			r = r.or(atom(a))
		}
	}
	return r
}

// unify finds the type parameters in a declared type that make it fit an actual one.
func (p *Program) unify(formal, actual Type, by map[string]Type, depth int) {
	if depth > 4 {
		return
	}
	for _, f := range formal.atoms {
		switch {
		case f.Kind == Opaque && strings.HasPrefix(f.Name, "$"):
			n := f.Name[1:]
			known := actual
			if len(formal.atoms) > 1 { // T | None, T | Awaitable[T]
				known = p.part(actual, false, append(slices.Clip(formal.atoms), Atom{Kind: NoneObject})...)
			}
			switch old, ok := by[n]; {
			case ok:
				by[n] = old.or(known)
			case !known.Never():
				by[n] = known
			}
		case f.Kind == Instance && len(f.Args) > 0:
			actual := actual
			if len(formal.atoms) > 1 {
				if actual = p.part(actual, true, f); actual.Never() {
					continue
				}
			}
			var parts []Type
			switch f.Class.Name {
			case "typing.Awaitable":
				parts = []Type{p.await(actual)}
			case "typing.Coroutine":
				parts = []Type{Unknown, Unknown, p.await(actual)}
			case "typing.Iterable", "typing.Iterator", "typing.Sequence", "typing.Collection":
				parts = []Type{p.item(actual)}
			case "typing.AsyncIterable", "typing.AsyncIterator":
				parts = []Type{p.await(p.Method(p.Method(actual, "__aiter__"), "__anext__"))}
			case "typing.Callable":
				parts = []Type{Unknown, p.Call(actual, nil, nil)}
			case "contextlib.AbstractContextManager":
				parts = []Type{p.Method(actual, "__enter__")}
			case "contextlib.AbstractAsyncContextManager":
				parts = []Type{p.await(p.Method(actual, "__aenter__"))}
			default:
				for _, a := range actual.atoms {
					if a.Kind == Instance {
						classes, _ := p.lineage(a)
						for _, c := range classes {
							if c.Class == f.Class {
								parts = c.Args
							}
						}
					}
				}
			}
			for i := range parts {
				if i < len(f.Args) {
					p.unify(f.Args[i], parts[i], by, depth+1)
				}
			}
		case f.Kind == ClassObject && len(f.Args) == 1:
			p.unify(f.Args[0], p.instances(actual), by, depth+1)
		}
	}
}
