package timeouts

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed async-function-with-timeout.md
var parameterDoc string

// Parameter reports a coroutine function that takes a timeout, which its caller can set around the call.
var Parameter = &diagnostics.Rule{
	Code:     "ASYNC109",
	Name:     "async-function-with-timeout",
	Family:   "timeouts",
	Severity: diagnostics.Info,
	Optional: true, // it is right about trio's way and wrong about what most users of asyncio want
	Doc:      parameterDoc,
	On:       []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, fn python.Node) {
		if !fn.IsAsync() {
			return
		}
		param := timeoutOf(fn)
		if !param.Valid() || given(p, fn) {
			return
		}
		use := p.Library() + ".fail_after"
		if p.Library() == "asyncio" {
			use = "asyncio.timeout"
			if t := p.Settings.Target; t != (diagnostics.Version{}) && !t.AtLeast(3, 11) {
				return
			}
		}
		p.Report(param, "`"+fn.Child(python.FieldName).Text()+"` takes a timeout, which its caller can set around the call; leave it to `"+use+"()`")
	},
}

// timeoutOf is the parameter of a function that is called timeout.
func timeoutOf(fn python.Node) python.Node {
	for q := range fn.Child(python.FieldParameters).Named {
		name := q
		switch q.Kind() {
		case python.TypedParameter:
			name = q.FirstNamed()
		case python.DefaultParameter, python.TypedDefaultParameter:
			name = q.Child(python.FieldName)
		}
		if name.Kind() == python.Identifier && name.Text() == "timeout" {
			return q
		}
	}
	return python.Node{}
}

// given says whether somebody else has laid down the parameters of a method: it overrides one, says so, or is one of several
// declarations.
func given(p *diagnostics.Pass, fn python.Node) bool {
	name := fn.Child(python.FieldName).Text()
	if strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__") {
		return true
	}
	if up := fn.Parent(); up.Kind() == python.DecoratedDef {
		for d := range up.Named {
			switch decoratorName(d) {
			case "override", "overload":
				return true
			}
		}
	}
	if fn.Scope().Kind != python.ClassScope {
		return false
	}
	class, ok := p.Class()
	if !ok {
		return false
	}
	_, ok = p.Program.Super(class, class.Class, name)
	return ok
}

// decoratorName is the last name of a decorator: "fixture" for @pytest.fixture(scope="module"); "" for anything else.
func decoratorName(d python.Node) string {
	if d.Kind() != python.Decorator {
		return ""
	}
	e := d.FirstNamed()
	for e.Kind() == python.Call {
		e = e.Child(python.FieldFunction)
	}
	if e.Kind() == python.Attribute {
		e = e.Child(python.FieldAttribute)
	}
	return e.Text()
}
