package awaits

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

//go:embed async-where-sync-expected.md
var syncExpectedDoc string

// SyncExpected reports an async def where Python, or a decorator, calls a plain function.
var SyncExpected = &diagnostics.Rule{
	Code:     "AIO113",
	Name:     "async-where-sync-expected",
	Family:   "awaits",
	Severity: diagnostics.Error,
	Doc:      syncExpectedDoc,
	On:       []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, def python.Node) {
		name := def.Child(python.FieldName)
		if decorators(p, def) {
			return
		}
		if !def.IsAsync() || def.Scope().Kind != python.ClassScope {
			return
		}
		f := def.Func()
		if !untouched(p, &program.Func{Module: p.Module, Decl: f}, -1) {
			return // the decorator may make something else of it
		}
		why, ok := dunders[name.Text()]
		switch {
		case name.Text() == "__aiter__" && !f.Generator:
			why, ok = "returns a coroutine, so `async for` raises TypeError", true
		case strings.HasPrefix(name.Text(), "__a") && f.Generator && (name.Text() == "__anext__" || name.Text() == "__aenter__" || name.Text() == "__aexit__"):
			if name.Text() == "__anext__" && iterates(p, def) {
				return
			}
			p.Report(name, "`"+name.Text()+"` is an async generator because of its `yield`, which cannot be awaited; return the value")
			return
		}
		if !ok {
			return
		}
		if f.Generator {
			why = strings.Replace(why, "a coroutine", "an async generator", 1)
		}
		r := p.Report(name, "`async def "+name.Text()+"` "+why+"; make it a plain function")
		switch name.Text() {
		case "__getattr__", "__getattribute__", "__new__":
			r.Severity(diagnostics.Warning) // what it gives can be awaited
		case "__enter__", "__exit__":
			other := "__a" + name.Text()[2:]
			if p.Module != nil && !classHas(def, other) {
				r.Fix(diagnostics.Fix{Title: "Rename to `" + other + "`", Edits: []diagnostics.Edit{diagnostics.Replace(name, other)}})
			}
			return
		case "__iter__", "__next__":
			other := "__a" + name.Text()[2:]
			if !classHas(def, other) && (name.Text() == "__next__") != f.Generator && !(name.Text() == "__iter__" && !f.Generator) {
				r.Fix(diagnostics.Fix{Title: "Rename to `" + other + "`", Edits: []diagnostics.Edit{diagnostics.Replace(name, other)}})
				return
			}
		}
		if fix, ok := plainDef(def); ok {
			r.Fix(fix)
		}
	},
}

// iterates says whether __aiter__ of the class gives the asynchronous generator that its __anext__ makes: async for works.
func iterates(p *diagnostics.Pass, def python.Node) bool {
	for n := range p.Occurrences("__anext__") {
		call := n.Parent().Parent()
		if f := n.Function(); n.Field() == python.FieldAttribute && call.Kind() == python.Call && call.Parent().Kind() == python.ReturnStmt &&
			f.Child(python.FieldName).Text() == "__aiter__" && n.Block().Class() == def.Block().Class() {
			return true
		}
	}
	return false
}

// dunders are the methods that Python calls without await, and what an async def of the name does.
var dunders = map[string]string{
	"__init__":          "returns a coroutine instead of None, so making an object raises TypeError",
	"__new__":           "makes calling the class give a coroutine, not an object",
	"__del__":           "never runs: nothing awaits the coroutine",
	"__init_subclass__": "never runs: nothing awaits the coroutine",
	"__set_name__":      "never runs: nothing awaits the coroutine",
	"__post_init__":     "never runs: nothing awaits the coroutine",
	"__enter__":         "gives the with statement a coroutine that nobody awaits",
	"__exit__":          "never runs, and its coroutine counts as true, so exceptions are swallowed",
	"__len__":           "returns a coroutine instead of a number, so `len()` raises TypeError",
	"__length_hint__":   "returns a coroutine instead of a number",
	"__bool__":          "returns a coroutine instead of a bool, so every test raises TypeError",
	"__str__":           "returns a coroutine instead of a string, so `str()` raises TypeError",
	"__repr__":          "returns a coroutine instead of a string, so `repr()` raises TypeError",
	"__bytes__":         "returns a coroutine instead of bytes, so `bytes()` raises TypeError",
	"__format__":        "returns a coroutine instead of a string, so `format()` raises TypeError",
	"__hash__":          "returns a coroutine instead of a number, so `hash()` raises TypeError",
	"__int__":           "returns a coroutine instead of a number, so `int()` raises TypeError",
	"__float__":         "returns a coroutine instead of a number, so `float()` raises TypeError",
	"__complex__":       "returns a coroutine instead of a number, so `complex()` raises TypeError",
	"__index__":         "returns a coroutine instead of a number, so indexing raises TypeError",
	"__contains__":      "returns a coroutine, so `in` is always true",
	"__eq__":            "returns a coroutine, so every comparison is true",
	"__ne__":            "returns a coroutine, so every comparison is true",
	"__lt__":            "returns a coroutine, so every comparison is true",
	"__le__":            "returns a coroutine, so every comparison is true",
	"__gt__":            "returns a coroutine, so every comparison is true",
	"__ge__":            "returns a coroutine, so every comparison is true",
	"__iter__":          "returns a coroutine, so iterating raises TypeError",
	"__next__":          "makes every item a coroutine and never ends",
	"__await__":         "returns a coroutine instead of an iterator, so awaiting raises TypeError",
	"__getattr__":       "makes every attribute a coroutine",
	"__getattribute__":  "makes every attribute a coroutine",
	"__setattr__":       "never runs: nothing awaits the coroutine",
	"__delattr__":       "never runs: nothing awaits the coroutine",
	"__setitem__":       "never runs: nothing awaits the coroutine",
	"__delitem__":       "never runs: nothing awaits the coroutine",
	"__set__":           "never runs: nothing awaits the coroutine",
	"__delete__":        "never runs: nothing awaits the coroutine",
	"__dir__":           "returns a coroutine, so `dir()` raises TypeError",
	"__sizeof__":        "returns a coroutine instead of a number",
	"__reduce__":        "returns a coroutine, so pickling fails",
	"__getstate__":      "returns a coroutine, so pickling fails",
	"__setstate__":      "never runs: nothing awaits the coroutine",
}

// classHas says whether the class around a method binds a name.
func classHas(def python.Node, name string) bool { return def.Scope().Local(name) != nil }

// plainDef makes an async def without awaits of its own a plain one.
func plainDef(def python.Node) (diagnostics.Fix, bool) {
	for n := range def.Child(python.FieldBody).Walk {
		if (n.Kind() == python.Await || n.Is(python.ForStmt, python.WithStmt, python.ForInClause) && n.IsAsync()) && n.Function() == def {
			return diagnostics.Fix{}, false
		}
	}
	first := def.First()
	return diagnostics.Fix{Title: "Make it a plain function", Edits: []diagnostics.Edit{
		{Span: python.Span{Start: first.Span().Start, End: first.Next().Span().Start}},
	}}, true
}

// decorators reports decorators that do not fit the function, and says whether it did.
func decorators(p *diagnostics.Pass, def python.Node) bool {
	f := def.Func()
	i := -1
	for d := range python.Decorators(def) {
		i++
		fn := &program.Func{Module: p.Module, Decl: f}
		name := d
		if d.Kind() == python.Call {
			name = d.Child(python.FieldFunction)
		}
		qualified := p.Program.DecoratorName(fn, i)
		if !untouched(p, fn, i) {
			continue
		}
		switch {
		case qualified == "contextlib.contextmanager" && f.Async:
			r := p.Report(d, "`@contextmanager` on an async def: entering it raises TypeError; use `@asynccontextmanager`")
			exchange(p, r, name, "contextlib.asynccontextmanager")
		case qualified == "contextlib.asynccontextmanager" && !f.Async && f.Generator:
			r := p.Report(d, "`@asynccontextmanager` on a plain generator: entering it raises; use `async def`, or `@contextmanager`")
			exchange(p, r, name, "contextlib.contextmanager")
		case qualified == "contextlib.asynccontextmanager" && f.Async && !f.Generator && !f.Stub:
			p.Report(d, "`@asynccontextmanager` on a function without `yield`: entering it raises; yield once")
		case (qualified == "functools.lru_cache" || qualified == "functools.cache") && f.Async:
			what := "the coroutine, which can be awaited only once: the second caller gets RuntimeError"
			if f.Generator {
				what = "the async generator, which is empty for the second caller"
			}
			p.Report(d, "`@"+last(qualified)+"` on an async def caches "+what+"; cache the result, or a task")
		case qualified == "functools.cached_property" && f.Async:
			p.Report(d, "`@cached_property` on an async def caches the coroutine, which can be awaited only once; cache the result, or a task").Severity(diagnostics.Warning)
		case qualified == "property" && f.Async && name.Kind() == python.Attribute && (last(name.Text()) == "setter" || last(name.Text()) == "deleter"):
			p.Report(d, "an async "+last(name.Text())+" never runs: an assignment awaits nothing; make it a method")
		case qualified == "atexit.register" && f.Async:
			p.Report(d, "`atexit` calls `"+f.Name+"` as a plain function, which only makes a coroutine that never runs; register a plain function")
		default:
			continue
		}
		return true
	}
	return false
}

// untouched says whether the decorators between decorator i and the function leave it as it is.
func untouched(p *diagnostics.Pass, fn *program.Func, i int) bool {
	for k := i + 1; k < len(fn.Decl.Decorators); k++ {
		switch p.Program.DecoratorName(fn, k) {
		case "staticmethod", "classmethod", "abc.abstractmethod", "typing.override", "typing_extensions.override", "typing.final", "functools.wraps":
		default:
			return false
		}
	}
	return true
}

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// exchange offers another decorator.
func exchange(p *diagnostics.Pass, r diagnostics.Reporter, old python.Node, by string) {
	text, imports := p.Spell(by)
	r.Fix(diagnostics.Fix{Title: "Use `@" + last(by) + "`", Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(old, text)}})
}
