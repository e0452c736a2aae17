package loop

import (
	_ "embed"
	"fmt"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/knowledge"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

var (
	//go:embed removed-or-deprecated-api.md
	removedDoc string
	//go:embed api-newer-than-target.md
	newerDoc string
)

// Removed reports what Python has removed or deprecated.
var Removed = &diagnostics.Rule{
	Code: "AIO604", Name: "removed-or-deprecated-api", Family: "loop", Severity: diagnostics.Error, Doc: removedDoc, Tag: diagnostics.Deprecated,
	On: []python.Kind{python.Attribute, python.KeywordArgument, python.ImportFrom, python.ImportStmt},
	Check: func(p *diagnostics.Pass, n python.Node) {
		switch n.Kind() {
		case python.Attribute:
			if _, until := knowledge.Aged(n.Child(python.FieldAttribute).Text()); until && !stored(n) && !within(n) && n.Child(python.FieldAttribute).Text() != "__init__" { // what a class inherits is reported at its bases
				if a, ok := ageOf(p, p.Type(n)); ok {
					a.removed(p, n)
				}
			}
		case python.KeywordArgument:
			if _, until := knowledge.Aged(n.Child(python.FieldName).Text()); until {
				if a, ok := argumentAge(p, n); ok {
					a.removed(p, n)
				}
			}
		case python.ImportFrom:
			for name, a := range imported(p, n) {
				if _, until := knowledge.Aged(a.last()); until {
					a.removed(p, name)
				}
			}
		case python.ImportStmt:
			for c := range n.Named {
				name := c
				if c.Kind() == python.AliasedImport {
					name = c.Child(python.FieldName)
				}
				if gone[name.Text()] {
					age{name: name.Text(), deprecated: "3.6", dropped: "3.12", instead: "asyncio"}.removed(p, name)
				}
			}
		}
	},
}

// gone are the modules for asynchronous sockets that came before asyncio. Source: docs.python.org/3/whatsnew/3.12.html.
var gone = map[string]bool{"asyncore": true, "asynchat": true, "smtpd": true}

// Newer reports what the oldest Python that the project supports does not have.
var Newer = &diagnostics.Rule{
	Code: "AIO605", Name: "api-newer-than-target", Family: "loop", Severity: diagnostics.Error, Doc: newerDoc,
	On: []python.Kind{python.Attribute, python.Identifier, python.KeywordArgument, python.ImportFrom, python.ExceptGroupClause, python.WithStmt, python.ForStmt, python.ForInClause},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if !p.Settings.Target.AtLeast(3, 5) { // unknown, or older than async def: nobody means that
			return
		}
		switch n.Kind() {
		case python.Attribute:
			if since, _ := knowledge.Aged(n.Child(python.FieldAttribute).Text()); since && !stored(n) {
				t := p.Type(n)
				if a, ok := ageOf(p, t); ok && !(t.Atoms()[0].Self != nil && p.Mentions("version_info")) { // an attribute may tell the versions apart
					a.newer(p, n)
				}
			}
		case python.Identifier:
			switch n.Text() {
			case "aiter", "anext", "ExceptionGroup", "BaseExceptionGroup":
				if reads(n) && n.Scope().Lookup(n.Text()) == nil && p.Global(n.Text()) == nil {
					if a, ok := ageOf(p, p.Type(n)); ok {
						a.newer(p, n)
					}
				}
			}
		case python.KeywordArgument:
			if since, _ := knowledge.Aged(n.Child(python.FieldName).Text()); since {
				if a, ok := argumentAge(p, n); ok {
					a.newer(p, n)
				}
			}
		case python.ImportFrom:
			for name, a := range imported(p, n) {
				if since, _ := knowledge.Aged(a.last()); since {
					a.newer(p, name)
				}
			}
		case python.ExceptGroupClause:
			age{name: "except*", since: "3.11", syntax: true}.newer(p, n.First())
		case python.WithStmt:
			if n.IsAsync() {
				for e := range diagnostics.WithExpressions(n) {
					method(p, e, "__aenter__", "async with")
				}
			}
		case python.ForStmt, python.ForInClause:
			if n.IsAsync() {
				method(p, n.Child(python.FieldRight), "__aiter__", "async for")
			}
		}
	},
}

// reads says whether an identifier reads a name.
func reads(n python.Node) bool {
	return n.Field() != python.FieldAttribute && n.Field() != python.FieldName && !n.Parent().Is(python.DottedName, python.AliasedImport,
		python.Parameters, python.LambdaParameters, python.TypedParameter, python.ListSplatPattern, python.DictionarySplatPattern)
}

// method reports a statement that calls a method which some versions of a class do not have.
func method(p *diagnostics.Pass, e python.Node, name, statement string) {
	if e.Kind() != python.Call && e.Kind() != python.Identifier {
		return
	}
	t := p.Type(e)
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Instance || t.Atoms()[0].Class.Project() {
		return
	}
	m, ok := p.Program.Member(t.Atoms()[0], name)
	if !ok {
		return
	}
	if a, ok := ageOf(p, m); ok {
		class := t.Atoms()[0].Class.Name
		if class == "asyncio._AsCompletedIterator" {
			class = "asyncio.as_completed"
		}
		a.name = statement + " " + class
		a.newer(p, e)
	}
}

// age is which versions of Python have something.
type age struct {
	name                       string // qualified
	param                      string // the parameter of it that is meant
	since, deprecated, dropped string
	instead                    string
	syntax                     bool
}

// last is the last part of the name.
func (a age) last() string { return a.name[strings.LastIndexByte(a.name, '.')+1:] }

// title names it in a message.
func (a age) title() string {
	if a.param != "" {
		return "`" + a.param + "=` of `" + a.name + "`"
	}
	return "`" + a.name + "`"
}

// ageOf is the age of what a value is: a function or class of the tables.
func ageOf(p *diagnostics.Pass, t program.Type) (age, bool) {
	if t.Open() || len(t.Atoms()) != 1 {
		return age{}, false
	}
	x := t.Atoms()[0]
	name := x.QName()
	switch x.Kind {
	case program.Function:
	case program.ClassObject:
		if x.Class.Project() {
			return age{}, false
		}
		init, _ := p.Program.Member(x, "__init__")
		if len(init.Atoms()) != 1 || init.Atoms()[0].Kind != program.Function {
			return age{}, false
		}
		x = init.Atoms()[0]
	default:
		return age{}, false
	}
	if f := x.Func.Decl.Facts; f != nil && !x.Func.Project() && concerned(name) {
		return of(f, name), true
	}
	return age{}, false
}

// concerned says whether a function or class is one for asynchronous programs. Other tools look after the rest.
func concerned(name string) bool {
	switch top, _, dotted := strings.Cut(name, "."); top {
	case "asyncio", "concurrent", "contextlib", "inspect", "nest_asyncio", "queue", "unittest", "uvloop":
		return true
	case "aiter", "anext", "ExceptionGroup", "BaseExceptionGroup":
		return !dotted
	}
	return false
}

func of(f *shape.Facts, name string) age {
	return age{name: strings.TrimPrefix(name, "builtins."), since: f.Since, deprecated: f.Deprecated, dropped: f.Dropped, instead: f.Instead}
}

// argumentAge is the age of a parameter that a call names.
func argumentAge(p *diagnostics.Pass, arg python.Node) (age, bool) {
	call := arg.Parent().Parent()
	if call.Kind() != python.Call {
		return age{}, false
	}
	c, ok := p.Callee(call)
	if !ok || c.Func == nil || c.Func.Project() {
		return age{}, false
	}
	for _, a := range c.Facts.Params {
		if a.Param == arg.Child(python.FieldName).Text() {
			return age{name: strings.TrimSuffix(c.Name, ".__init__"), param: a.Param, since: a.Since, deprecated: a.Deprecated, dropped: a.Dropped}, true
		}
	}
	return age{}, false
}

// imported calls yield for the names that an import takes from a module of the tables and what is known of their age.
func imported(p *diagnostics.Pass, stmt python.Node) func(yield func(python.Node, age) bool) {
	return func(yield func(python.Node, age) bool) {
		module := stmt.Child(python.FieldModuleName).Text()
		top, _, _ := strings.Cut(module, ".")
		if !knowledge.Has(top) {
			return
		}
		for c := range stmt.Named {
			name := c
			if c.Kind() == python.AliasedImport {
				name = c.Child(python.FieldName)
			}
			if c.Field() == python.FieldModuleName || name.Kind() != python.DottedName {
				continue
			}
			if since, until := knowledge.Aged(name.Text()); !since && !until {
				continue
			}
			m := knowledge.Module(module)
			if m == nil {
				return
			}
			s := m.Symbols.Get(name.Text())
			if s == nil || len(s.Values) != 1 {
				continue
			}
			if f := knowledge.FactsOf(m, s.Values[0]); f != nil && !yield(name, of(f, module+"."+name.Text())) {
				return
			}
		}
	}
}

// stored says whether an attribute is bound or deleted where it stands.
func stored(n python.Node) bool {
	up := n.Parent()
	return n.Field() == python.FieldLeft && up.Is(python.Assignment, python.AugmentedAssignment) || up.Kind() == python.DeleteStmt
}

// within says whether something is given to a function that is deprecated with it, and reported by itself.
func within(n python.Node) bool {
	for up := n.Parent(); up.Is(python.Call, python.ArgumentList, python.Attribute); up = up.Parent() {
		if up.Kind() == python.Call && up.Child(python.FieldFunction) != n {
			if name := diagnostics.LastName(up.Child(python.FieldFunction)); name == "set_event_loop_policy" || name == "set_child_watcher" {
				return true
			}
		}
	}
	return false
}

// unevaluated says whether an annotation is never evaluated.
func unevaluated(p *diagnostics.Pass, n python.Node) bool {
	t := n.Up(python.TypeExpr, python.FunctionDef, python.Lambda, python.Call)
	if t.Kind() != python.TypeExpr {
		return false
	}
	return p.Imports("__future__.annotations") || t.Parent().Kind() == python.Assignment && n.Function().Valid()
}

var (
	// newest is the newest Python that is released: what a later one will remove is still there.
	newest = diagnostics.Version{Major: 3, Minor: 15}
	// supported is the oldest Python that gets fixes, which is taken for that of a project that names none. Source:
	// devguide.python.org/versions.
	supported = diagnostics.Version{Major: 3, Minor: 11}
)

// reached says whether a version of Python is at least the one in the tables.
func reached(v diagnostics.Version, text string) bool {
	w, ok := diagnostics.ParseVersion(text)
	return ok && v.AtLeast(w.Major, w.Minor)
}

// removed reports what is deprecated or gone: an error where it is gone from all versions that the project supports, a warning
// where it is gone from, or deprecated in, some of them.
func (a age) removed(p *diagnostics.Pass, n python.Node) {
	if a.deprecated == "" && a.dropped == "" || unevaluated(p, n) || conditional(p, n) {
		return
	}
	target := p.Settings.Target
	if target == (diagnostics.Version{}) {
		target = supported
	}
	severity, what := diagnostics.Warning, ""
	switch {
	case a.name == "nest_asyncio.apply":
		what = "`nest_asyncio.apply` breaks `asyncio.current_task` and timeouts on Python 3.14, and is not maintained any more"
		if reached(target, a.dropped) {
			severity = diagnostics.Error
		}
	case a.dropped != "" && reached(target, a.dropped):
		severity = diagnostics.Error
		what = a.title() + " was removed in Python " + a.dropped
	case a.dropped != "" && reached(newest, a.dropped):
		what = a.title() + " is gone since Python " + a.dropped
	default:
		what = a.title() + " is deprecated since Python " + a.deprecated
		if a.dropped != "" {
			what += " and will be removed in " + a.dropped
		}
		// What the oldest Python has no replacement for has to stay for a while.
		if p.Settings.Target != (diagnostics.Version{}) && !reached(target, a.deprecated) && !replaced(a.instead, target) {
			severity = diagnostics.Info
		}
	}
	r := p.Report(n, what+"; "+a.advice()).Severity(severity)
	a.fix(p, n, r, target)
}

// replaced says whether a version of Python has what to use instead of something.
func replaced(instead string, target diagnostics.Version) bool {
	name, _, _ := strings.Cut(instead, "(")
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return false
	}
	m := knowledge.Module(name[:i])
	if m == nil {
		return false
	}
	s := m.Symbols.Get(name[i+1:])
	if s == nil || len(s.Values) != 1 {
		return false
	}
	f := knowledge.FactsOf(m, s.Values[0])
	return f == nil || f.Since == "" || reached(target, f.Since)
}

// advice says what to do instead.
func (a age) advice() string {
	switch {
	case a.param == "loop":
		return "drop it, the running loop is used"
	case a.param != "":
		return "drop it"
	case a.name == "nest_asyncio.apply":
		return "await instead of starting a loop within a loop, or run that in a thread"
	case strings.Contains(a.last(), "Watcher") || strings.Contains(a.last(), "watcher"):
		return "drop it, asyncio watches child processes by itself"
	case a.instead == "async def":
		return "use `async def`"
	case a.instead != "":
		return "use `" + a.instead + "`"
	case strings.Contains(a.last(), "policy") || strings.Contains(a.last(), "Policy"):
		return "give `asyncio.Runner` a `loop_factory` instead"
	}
	return "use something else"
}

// newer reports what the oldest supported Python does not have.
func (a age) newer(p *diagnostics.Pass, n python.Node) {
	if a.since == "" || reached(p.Settings.Target, a.since) {
		return
	}
	if !a.syntax && (unevaluated(p, n) || conditional(p, n)) {
		return
	}
	advice := "test `sys.version_info` first"
	if alternative, ok := older[a.last()]; ok && a.param == "" {
		advice = alternative
	}
	switch {
	case a.syntax:
		advice = "catch `ExceptionGroup` of the package exceptiongroup"
	case a.param != "":
		advice = "leave it out, or test `sys.version_info` first"
	}
	p.Report(n, fmt.Sprintf("%s is new in Python %s, but the project supports %s; %s, or raise `requires-python`", a.title(), a.since, p.Settings.Target, advice))
}

// older are ways to do without.
var older = map[string]string{
	"TaskGroup":          "use `asyncio.gather`, or the package taskgroup",
	"timeout":            "use `asyncio.wait_for`, or the package async-timeout",
	"timeout_at":         "use the package async-timeout",
	"Runner":             "use `asyncio.run`",
	"to_thread":          "use `loop.run_in_executor`",
	"run":                "use `loop.run_until_complete`",
	"create_task":        "use `asyncio.ensure_future`",
	"get_running_loop":   "use `asyncio.get_event_loop`",
	"ExceptionGroup":     "use the package exceptiongroup",
	"BaseExceptionGroup": "use the package exceptiongroup",
	"aclosing":           "close the generator in `finally`",
}
