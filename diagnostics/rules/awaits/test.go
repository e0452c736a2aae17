package awaits

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed async-test-never-runs.md
var testDoc string

// Test reports an asynchronous test, or one of the methods around tests, that unittest calls as a plain one.
var Test = &diagnostics.Rule{
	Code:     "AIO112",
	Name:     "async-test-never-runs",
	Family:   "awaits",
	Severity: diagnostics.Error,
	Doc:      testDoc,
	On:       []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, def python.Node) {
		if !def.IsAsync() || def.Scope().Kind != python.ClassScope {
			return
		}
		name := def.Child(python.FieldName)
		test := strings.HasPrefix(name.Text(), "test")
		if !test && around[name.Text()] == "" || def.Func().Generator || !bareTest(p, def) {
			return
		}
		class, ok := p.ClassOf(def)
		if !ok || !p.Program.Subclass(class, "unittest.TestCase") {
			return
		}
		isolated, sure := runner(p, class)
		asynchronous := around[name.Text()]
		if !sure || isolated && (test || asynchronous == name.Text()) {
			return
		}
		if isolated {
			r := p.Report(name, "`async def "+name.Text()+"` never runs: `unittest` calls `"+name.Text()+"` as a plain function; call it `"+asynchronous+"`")
			if !p.Declares(class, asynchronous) {
				r.Fix(diagnostics.Fix{Title: "Rename to `" + asynchronous + "`", Edits: []diagnostics.Edit{diagnostics.Replace(name, asynchronous)}})
			}
			return
		}
		what := "and passes whatever it holds"
		if !test {
			what = "whatever it is for"
		}
		r := p.Report(name, "`async def "+name.Text()+"` never runs, "+what+": `unittest.TestCase` does not await; use `unittest.IsolatedAsyncioTestCase`")
		text, imports := p.Spell("unittest.IsolatedAsyncioTestCase")
		if len(class.Decl.Bases) != 1 || !direct(p, class) {
			return
		}
		fix := diagnostics.Fix{Title: "Use `unittest.IsolatedAsyncioTestCase`", Imports: imports, Rebased: &diagnostics.Rebase{Class: class.Decl.Name, New: text}}
		if test {
			r.Fix(fix)
		}
	},
}

// around are the methods that unittest calls around tests, and what those are called that it awaits. The methods of the
// class have no such form.
var around = map[string]string{"setUp": "asyncSetUp", "tearDown": "asyncTearDown", "asyncSetUp": "asyncSetUp", "asyncTearDown": "asyncTearDown"}

// bareTest says whether the decorators of a method, if there are any, do not run it in another way.
func bareTest(p *diagnostics.Pass, def python.Node) bool {
	for d := range python.Decorators(def) {
		if d.Kind() == python.Call {
			d = d.Child(python.FieldFunction)
		}
		t := p.Type(d)
		if len(t.Atoms()) != 1 {
			return false
		}
		name := t.Atoms()[0].QName()
		if !strings.HasPrefix(name, "unittest.") && !strings.HasPrefix(name, "pytest.mark.") {
			return false
		}
	}
	return true
}

// runner says whether tests of a class are awaited, as in IsolatedAsyncioTestCase; sure is false when the class, or one of its
// bases, may run them in a way of its own.
func runner(p *diagnostics.Pass, class *program.Class) (isolated, sure bool) {
	if !p.Program.Closed(class) {
		return false, false
	}
	if p.Program.Subclass(class, "unittest.IsolatedAsyncioTestCase") {
		isolated = true
	}
	for _, name := range []string{"run", "__call__", "debug", "_callTestMethod", "_callSetUp", "__getattribute__", "__init_subclass__", "__init__", "runTest"} {
		m, ok := p.Member(program.Atom{Kind: program.ClassObject, Class: class}, name)
		if !ok {
			continue
		}
		for _, a := range m.Atoms() {
			if a.Kind != program.Function || a.Func.Project() {
				return false, false
			}
		}
		if m.Open() {
			return false, false
		}
	}
	return isolated, !remade(p, class, 0)
}

// remade says whether decorators or a metaclass may change the class or one of its bases.
func remade(p *diagnostics.Pass, class *program.Class, depth int) bool {
	if !class.Project() {
		return !strings.HasPrefix(class.Name, "unittest.")
	}
	if len(class.Decl.Keywords) > 0 || depth > 10 {
		return true
	}
	for _, d := range class.Decl.Decorators {
		if d.Op == shape.Call {
			d = d.X
		}
		for _, a := range p.Program.Eval(class.Module, d).Atoms() {
			if name := a.QName(); !strings.HasPrefix(name, "unittest.") && !strings.HasPrefix(name, "pytest.mark.") {
				return true
			}
		}
		if p.Program.Eval(class.Module, d).IsUnknown() {
			return true
		}
	}
	for _, b := range class.Decl.Bases {
		for _, a := range p.Program.Eval(class.Module, b).Atoms() {
			if a.Class != nil && remade(p, a.Class, depth+1) {
				return true
			}
		}
	}
	return false
}

// direct says whether the only base of a class is unittest.TestCase.
func direct(p *diagnostics.Pass, class *program.Class) bool {
	t := p.Program.Eval(class.Module, class.Decl.Bases[0])
	return len(t.Atoms()) == 1 && t.Atoms()[0].QName() == "unittest.TestCase"
}
